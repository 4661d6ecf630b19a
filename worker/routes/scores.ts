import { Hono } from "hono";
import * as z from "zod";
import { scoresReply, surveySlug } from "../../shared/contract.ts";
import { dayOf } from "../../shared/day.ts";
import { METRIC_NAMES } from "../../shared/metrics.ts";
import { parseWindow, WINDOW_FORMS } from "../../shared/window.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { surveysOf } from "../db/surveys.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { surveyScore } from "../survey-score.ts";

const query = z.strictObject({
	survey: surveySlug.optional().describe("Only this survey."),
	metric: z.enum(METRIC_NAMES).optional().describe("Only surveys of this metric."),
	window: z.string().max(30).default("30d").describe(`${WINDOW_FORMS}. Days are local to the site; today is included.`),
});

/** Owner: rolling scores, with what they rest on. */
export const scores = new Hono<AppEnv>().get(
	"/v1/scores",
	describe({
		tag: "Scores",
		summary: "Read the scores of a window",
		description:
			"One entry per survey, each with the window of equal length before it. Reads days × outcomes rows, whatever the number of answers.",
		who: "a key with the scope scores:read",
		answers: { 200: json(scoresReply, "The scores") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	checked("query", query),
	async (c) => {
		const { survey: slug, metric, window: text } = c.req.valid("query");
		const site = c.get("site");
		const window = parseWindow(text, dayOf(Date.now(), site.timezone));
		if (!window) throw ApiError.invalid("window", `must be ${WINDOW_FORMS}`);
		const db = dbFor(c.env, site.id);
		const surveys = await surveysOf(db, site.id);
		if (slug && !surveys.some((survey) => survey.slug === slug))
			throw ApiError.notFound("survey", `must be one of ${surveys.map((survey) => survey.slug).join(", ")}`);
		const asked = surveys.filter((survey) => (!slug || survey.slug === slug) && (!metric || survey.metric === metric));
		return c.json({ scores: await Promise.all(asked.map((survey) => surveyScore(db, site, survey, window))) });
	},
);
