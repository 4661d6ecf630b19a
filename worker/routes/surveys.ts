import { Hono } from "hono";
import * as z from "zod";
import { surveySlug } from "../../shared/identifier-contract.ts";
import { newSurvey as newSurveyBody, survey, surveyPatch, surveysReply } from "../../shared/survey-contract.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { insertSurvey, surveysOf, updateSurvey } from "../db/surveys.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { knownSurvey } from "../known-survey.ts";
import { listedSurveys } from "../listed-surveys.ts";
import { changedSurvey, newSurvey, questionOf } from "../new-survey.ts";
import { surveyView } from "../settings-view.ts";
import { forgetSite } from "../site-cache.ts";
import { untilKept } from "../until-kept.ts";

/** Surveys one site may have. */
const MOST = 20;

const path = checked("param", z.object({ survey: surveySlug.describe("The survey's name.") }));

/** Owner: what is asked, and how. */
export const surveys = new Hono<AppEnv>();

surveys.get(
	"/v1/surveys",
	describe({
		tag: "Settings",
		summary: "List the surveys",
		who: "a key with the scope scores:read",
		answers: { 200: json(surveysReply, "Oldest first") },
	}),
	requireKey("scores:read"),
	async (c) => {
		const site = c.get("site");
		return c.json({ surveys: await listedSurveys(dbFor(c.env, site), site.id) });
	},
);

surveys.get(
	"/v1/surveys/:survey",
	describe({
		tag: "Settings",
		summary: "Read a survey",
		who: "a key with the scope scores:read",
		answers: { 200: json(survey, "The survey at its latest version") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	path,
	async (c) => {
		const site = c.get("site");
		return c.json(surveyView(await knownSurvey(dbFor(c.env, site), site.id, c.req.valid("param").survey)));
	},
);

surveys.post(
	"/v1/surveys",
	describe({
		tag: "Settings",
		summary: "Make a survey",
		who: "a key with the scope settings:write",
		body: bodyOf(newSurveyBody),
		answers: { 201: json(survey, "The survey") },
		problems: ["invalid_request", "conflict"],
	}),
	requireKey("settings:write"),
	async (c) => {
		const given = await parseBody(c.req.raw, newSurveyBody);
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const known = await surveysOf(db, site.id);
		if (known.some(({ slug }) => slug === given.slug))
			throw new ApiError("conflict", { faults: [{ field: "slug", detail: "must not be another survey's" }] });
		if (known.length >= MOST) throw new ApiError("conflict", { detail: `A site has at most ${MOST} surveys` });
		const made = newSurvey(given, Date.now());
		await db.batch(insertSurvey(db, site, made, questionOf(site, made)));
		forgetSite(site.publicKey);
		return c.json(surveyView(made), 201);
	},
);

surveys.patch(
	"/v1/surveys/:survey",
	describe({
		tag: "Settings",
		summary: "Change a survey",
		description:
			"What is left out stays. Another metric, display or question makes a new version: its answers are scored apart. `expected_version` refuses the change instead.",
		who: "a key with the scope settings:write",
		body: bodyOf(surveyPatch),
		answers: { 200: json(survey, "The survey as it now is") },
		problems: ["invalid_request", "not_found", "conflict"],
	}),
	requireKey("settings:write"),
	path,
	async (c) => {
		const patch = await parseBody(c.req.raw, surveyPatch);
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const changed = await untilKept(async () => {
			const survey = changedSurvey(site, await knownSurvey(db, site.id, c.req.valid("param").survey), patch);
			if (patch.expected_version !== undefined && survey.version !== patch.expected_version)
				throw new ApiError("conflict", {
					faults: [{ field: "expected_version", detail: `would not hold: this change leaves version ${survey.version}` }],
				});
			const question = questionOf(site, survey);
			return (
				(await updateSurvey(db, site, survey, { question, mended: patch.same_question ?? false, now: Date.now() })) && survey
			);
		});
		forgetSite(site.publicKey);
		return c.json(surveyView(changed));
	},
);
