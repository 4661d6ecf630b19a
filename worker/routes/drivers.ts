import { Hono } from "hono";
import { etag } from "hono/etag";
import * as z from "zod";
import { driverReport } from "../../shared/driver-impact.ts";
import { type Drivers, driversReply } from "../../shared/insight-contract.ts";
import type { Window } from "../../shared/window.ts";
import { countsOf } from "../counts.ts";
import { tallyByValue } from "../db/tally.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import type { ScoreScope } from "../score-scope.ts";
import type { Site } from "../site.ts";
import { coverage } from "../survey-score.ts";
import { windowedQuery, windowedScopes } from "../windowed-scopes.ts";

/** Owner: which reasons go with a high or a low score. */
export const drivers = new Hono<AppEnv>().get(
	"/v1/drivers",
	describe({
		tag: "Scores",
		summary: "Weigh the reasons",
		description:
			"For every reason its reach, its contrast and its impact on the score, among answers with at least one reason. Association, not cause.",
		who: "a key with the scope scores:read",
		answers: { 200: json(driversReply, "One entry per survey"), 304: { description: "Unchanged since the ETag you hold" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	etag(),
	checked("query", z.strictObject(windowedQuery)),
	async (c) => {
		const { db, site, window, asked } = await windowedScopes(c, c.req.valid("query"));
		return c.json({ drivers: await Promise.all(asked.map((each) => driversOf(db, site, each, window))) });
	},
);

async function driversOf(db: D1Database, site: Site, asked: ScoreScope, window: Window): Promise<Drivers> {
	const { survey, scope } = asked;
	const ids = survey.drivers.map(({ id }) => id);
	const found = await tallyByValue(db, site.id, scope, "driver", ["*", ...ids], window.from, window.to);
	const histogramOf = (id: string) => countsOf(found.get(id) ?? []).histogram;
	const report = driverReport(survey.metric, histogramOf("*"), Object.fromEntries(ids.map((id) => [id, histogramOf(id)])));
	return { ...coverage(site, asked, window), ...report, drivers: [...report.drivers] };
}
