import { Hono } from "hono";
import { etag } from "hono/etag";
import * as z from "zod";
import { addDays, dayOf, daysIn } from "../../shared/day.ts";
import { day } from "../../shared/identifier-contract.ts";
import { type Series, seriesReply } from "../../shared/insight-contract.ts";
import { rollingHistograms } from "../../shared/rolling.ts";
import { scoreOf } from "../../shared/score.ts";
import { LONGEST_WINDOW, ROLLING } from "../../shared/window.ts";
import { ApiError } from "../api-error.ts";
import { histogramsOf } from "../counts.ts";
import { dbFor } from "../db/db-for.ts";
import { dailyTally } from "../db/tally.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { type ScoreScope, scopeQuery, scoreScopes } from "../score-scope.ts";
import type { Site } from "../site.ts";
import { coverage } from "../survey-score.ts";

const NAMES = Object.keys(ROLLING) as [keyof typeof ROLLING, ...(keyof typeof ROLLING)[]];

const query = z.strictObject({
	...scopeQuery,
	window: z.enum(NAMES).default("30d").describe("How many days each point covers."),
	from: day.optional().describe("First day; without it 90 days up to `to`."),
	to: day.optional().describe("Last day; without it today."),
	step: z
		.enum(["day", "week", "month"])
		.default("day")
		.describe("A point for every day, every Sunday, or every last day of a month; always for the last day."),
});

/** Owner: the rolling score of each day. */
export const series = new Hono<AppEnv>().get(
	"/v1/scores/series",
	describe({
		tag: "Scores",
		summary: "Read the rolling score of every day of a range",
		description: `At most ${LONGEST_WINDOW} days.`,
		who: "a key with the scope scores:read",
		answers: { 200: json(seriesReply, "One series per survey"), 304: { description: "Unchanged since the ETag you hold" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	etag(),
	checked("query", query),
	async (c) => {
		const { window, from, to, step, ...scope } = c.req.valid("query");
		const site = c.get("site");
		const last = to ?? dayOf(Date.now(), site.timezone);
		const first = from ?? addDays(last, -89);
		if (first > last) throw ApiError.invalid("from", "must not be after to");
		if (daysIn(first, last) > LONGEST_WINDOW) throw ApiError.invalid("from", `must be at most ${LONGEST_WINDOW} days before to`);
		const db = dbFor(c.env, site);
		const asked = await scoreScopes(db, site, scope);
		const range = { from: first, to: last, step, window };
		return c.json({ series: await Promise.all(asked.map((each) => seriesOf(db, site, each, range))) });
	},
);

type Range = Pick<Series, "from" | "to" | "step"> & { readonly window: keyof typeof ROLLING };

async function seriesOf(db: D1Database, site: Site, asked: ScoreScope, { from, to, step, window }: Range): Promise<Series> {
	const days = ROLLING[window];
	const tally = await dailyTally(db, site.id, asked.scope, asked.pair, addDays(from, 1 - days), to);
	const points = rollingHistograms(histogramsOf(tally), days, from, to, step).map(({ day, histogram }) => {
		const { value, interval, tier, responses } = scoreOf(asked.survey.metric, histogram);
		return { day, value, interval, tier, responses };
	});
	const { window: _, ...covered } = coverage(site, asked, { name: window, from, to });
	return { ...covered, window: { name: window, days }, from, to, timezone: site.timezone, step, points };
}
