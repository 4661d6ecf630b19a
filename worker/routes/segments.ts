import { Hono } from "hono";
import { etag } from "hono/etag";
import * as z from "zod";
import { responseRate } from "../../shared/funnel.ts";
import { type Segments, segmentsReply } from "../../shared/insight-contract.ts";
import { scoreOf } from "../../shared/score.ts";
import { segmentReport } from "../../shared/segment-report.ts";
import { BY_EMAIL, CHANNELS } from "../../shared/segments.ts";
import type { Window } from "../../shared/window.ts";
import { countsBetween, countsOf } from "../counts.ts";
import { dailyTally, tallyByValue } from "../db/tally.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { type ScoreScope, valuesOfSegment } from "../score-scope.ts";
import type { Site } from "../site.ts";
import { coverage } from "../survey-score.ts";
import { windowedQuery, windowedScopes } from "../windowed-scopes.ts";

const query = z.strictObject({
	...windowedQuery,
	key: z
		.string()
		.max(40)
		.describe("channel, locale, device, delay, or a key the owner declared.")
		.meta({ examples: ["device"] }),
});

/** Owner: how the values of a segment differ. */
export const segments = new Hono<AppEnv>().get(
	"/v1/segments",
	describe({
		tag: "Scores",
		summary: "Compare the values of a segment",
		description: "Each value with its score, its response rate and its difference from everybody else.",
		who: "a key with the scope scores:read",
		answers: { 200: json(segmentsReply, "One entry per survey"), 304: { description: "Unchanged since the ETag you hold" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	etag(),
	checked("query", query),
	async (c) => {
		const { key, ...query } = c.req.valid("query");
		const values = valuesOfSegment(c.get("site"), key, "key");
		const { db, site, window, asked } = await windowedScopes(c, query);
		return c.json({ segments: await Promise.all(asked.map((each) => compareValues(db, site, each, window, key, values))) });
	},
);

async function compareValues(
	db: D1Database,
	site: Site,
	asked: ScoreScope,
	window: Window,
	key: string,
	values: readonly string[],
): Promise<Segments> {
	const { survey, scope, pair } = asked;
	const { from, to } = window;
	const read = (imports: "without" | "only", of: string, list: readonly string[]) =>
		tallyByValue(db, site.id, { ...scope, imports }, of, list, from, to);
	const [days, shown, imported, channels] = await Promise.all([
		dailyTally(db, site.id, scope, pair, from, to),
		read("without", key, values),
		scope.verified === "only" ? new Map() : read("only", key, values),
		read("without", "channel", CHANNELS),
	]);
	const { histogram } = countsBetween(days, window);
	const { value, interval, tier, responses } = scoreOf(survey.metric, histogram);
	const { funnel } = countsOf([...channels].flatMap(([channel, outcomes]) => (channel === BY_EMAIL ? [] : outcomes)));
	const emailed = countsOf(channels.get(BY_EMAIL) ?? []).funnel.shown;
	const mixed = key !== "channel" && emailed > 0;
	const counts = new Map(
		values.flatMap((name) => {
			const asked = shown.get(name) ?? [];
			const brought = imported.get(name) ?? [];
			if (asked.length + brought.length === 0) return [];
			const { histogram } = countsOf([...asked, ...brought]);
			return [[name, { histogram, funnel: key === "delay" ? null : countsOf(asked).funnel, mixed }] as const];
		}),
	);
	const everybody = { value, interval, tier, responses, shown: funnel.shown, response_rate: responseRate(funnel), emailed };
	return { ...coverage(site, asked, window), key, everybody, values: segmentReport(survey.metric, histogram, counts) };
}
