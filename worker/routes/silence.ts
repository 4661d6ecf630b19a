import { Hono } from "hono";
import { etag } from "hono/etag";
import * as z from "zod";
import { silenceReply } from "../../shared/insight-contract.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { surveySilence } from "../survey-silence.ts";
import { windowedQuery, windowedScopes } from "../windowed-scopes.ts";

/** Owner: what customers do not say. */
export const silence = new Hono<AppEnv>().get(
	"/v1/silence",
	describe({
		tag: "Scores",
		summary: "Weigh the silence",
		description: "Who was shown the question and did not answer, and what their score would have to be for the goal to fail.",
		who: "a key with the scope scores:read",
		answers: { 200: json(silenceReply, "One entry per survey"), 304: { description: "Unchanged since the ETag you hold" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	etag(),
	checked("query", z.strictObject(windowedQuery)),
	async (c) => {
		const { db, site, window, asked } = await windowedScopes(c, c.req.valid("query"));
		return c.json({ silence: await Promise.all(asked.map((each) => surveySilence(db, site, each, window))) });
	},
);
