import { Hono } from "hono";
import { etag } from "hono/etag";
import * as z from "zod";
import { driversReply } from "../../shared/insight-contract.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { surveyDrivers } from "../survey-drivers.ts";
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
		return c.json({ drivers: await Promise.all(asked.map((each) => surveyDrivers(db, site, each, window))) });
	},
);
