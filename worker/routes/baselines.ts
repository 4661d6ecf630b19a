import { Hono } from "hono";
import * as z from "zod";
import { dayOf } from "../../shared/day.ts";
import { sizeOf } from "../../shared/histogram.ts";
import { surveySlug } from "../../shared/identifier-contract.ts";
import { baselinesReply, keptBaseline } from "../../shared/insight-contract.ts";
import type { MetricName } from "../../shared/metrics.ts";
import { scoreOf } from "../../shared/score.ts";
import { COMPARABLE } from "../../shared/tier.ts";
import { WINDOW_FORMS } from "../../shared/window.ts";
import { ApiError } from "../api-error.ts";
import { countsBetween } from "../counts.ts";
import { baselinesOf, type KeptBaseline, keepBaseline } from "../db/baselines.ts";
import { dbFor } from "../db/db-for.ts";
import { versionsOf } from "../db/surveys.ts";
import { dailyTally } from "../db/tally.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { knownSurvey } from "../known-survey.ts";
import { verifiedByDefault } from "../score-scope.ts";
import { readWindow } from "../windowed-scopes.ts";

const path = checked("param", z.object({ survey: surveySlug.describe("The survey's name.") }));

const newBaseline = z
	.strictObject({ window: z.string().max(30).default("90d").describe(`The days to freeze: ${WINDOW_FORMS}.`) })
	.meta({ id: "NewBaseline", examples: [{ window: "90d" }] });

/** Owner: what a survey's scores are held against. */
export const baselines = new Hono<AppEnv>();

baselines.get(
	"/v1/surveys/:survey/baselines",
	describe({
		tag: "Settings",
		summary: "List a survey's baselines",
		description:
			"By rule the first 84 days and 200 answers of a version, provisional from 100 answers. One that counts all answers is not compared with a window of signed ones, nor the other way round.",
		who: "a key with the scope scores:read",
		answers: { 200: json(baselinesReply, "The newest first") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	path,
	async (c) => {
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const slug = c.req.valid("param").survey;
		await knownSurvey(db, site.id, slug);
		const versions = (await versionsOf(db, site.id)).filter(({ survey }) => survey === slug);
		const metricOf = (version: number) => versions.find((each) => each.version === version)?.metric ?? "nps";
		const kept = await baselinesOf(db, site.id, slug);
		return c.json({ baselines: kept.map((baseline) => baselineView(metricOf(baseline.version), baseline)) });
	},
);

baselines.post(
	"/v1/surveys/:survey/baselines",
	describe({
		tag: "Settings",
		summary: "Set a new baseline",
		description:
			"Freezes the answers of a window as what later scores are held against. In a site that signs, those are the signed ones. The old baseline is kept in the list.",
		who: "a key with the scope settings:write",
		body: bodyOf(newBaseline),
		answers: { 201: json(keptBaseline, "The baseline") },
		problems: ["invalid_request", "not_found", "conflict"],
	}),
	requireKey("settings:write"),
	path,
	async (c) => {
		const { window: name } = await parseBody(c.req.raw, newBaseline);
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const survey = await knownSurvey(db, site.id, c.req.valid("param").survey);
		const window = readWindow(site, name);
		if (window.to > dayOf(Date.now(), site.timezone)) throw ApiError.invalid("window", "must not reach into days to come");
		const verified = verifiedByDefault(site);
		const scope = { survey: survey.slug, versions: [survey.version], verified };
		const days = await dailyTally(db, site.id, scope, ["", ""], window.from, window.to);
		const { histogram } = countsBetween(days, window);
		if (sizeOf(histogram) < COMPARABLE)
			throw new ApiError("conflict", {
				faults: [{ field: "window", detail: `must hold at least ${COMPARABLE} answers to this version` }],
			});
		const { version } = survey;
		const { from, to } = window;
		const setAt = Date.now();
		const baseline: KeptBaseline = { version, from, to, histogram, verified, status: "frozen", setBy: "owner", setAt };
		await keepBaseline(db, site.id, survey.slug, baseline);
		return c.json(baselineView(survey.metric, baseline), 201);
	},
);

function baselineView(metric: MetricName, { version, verified, status, setBy, setAt, from, to, histogram }: KeptBaseline) {
	const { value, responses } = scoreOf(metric, histogram);
	return { version, verified, status, set_by: setBy, set_at: new Date(setAt).toISOString(), from, to, value, responses };
}
