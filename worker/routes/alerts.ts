import { Hono } from "hono";
import * as z from "zod";
import { addDays, dayOf } from "../../shared/day.ts";
import { day } from "../../shared/identifier-contract.ts";
import { alertsReply } from "../../shared/insight-contract.ts";
import { dbFor } from "../db/db-for.ts";
import { episodesOf } from "../db/episodes.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { episodeView } from "../episode-view.ts";

const query = z.strictObject({
	state: z.enum(["open", "all"]).default("all").describe("Only alerts that are open, or also those that cleared."),
	since: day.optional().describe("Opened on this day or later; without it a year."),
});

/** Owner: when a score changed. */
export const alerts = new Hono<AppEnv>().get(
	"/v1/alerts",
	describe({
		tag: "Scores",
		summary: "List the alerts, newest first",
		description:
			"Each day the last 28 days are compared with the 84 before them, for every survey (|z| > 3) and every value of its segments (|z| > 3.8). An alert clears at |z| < 1.5. Where nothing changes, a survey has about 0.25 false alarms a year, 0.45 with eight busy values of its segments.",
		who: "a key with the scope scores:read",
		answers: { 200: json(alertsReply, "At most 500") },
		problems: ["invalid_request"],
	}),
	requireKey("scores:read"),
	checked("query", query),
	async (c) => {
		const { state, since } = c.req.valid("query");
		const site = c.get("site");
		const from = since ?? addDays(dayOf(Date.now(), site.timezone), -365);
		const found = await episodesOf(dbFor(c.env, site), site.id, { since: from, open: state === "open" });
		return c.json({ alerts: found.map(episodeView) });
	},
);
