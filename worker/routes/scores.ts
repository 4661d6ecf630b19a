import { Hono } from "hono";
import { accepts } from "hono/accepts";
import { etag } from "hono/etag";
import * as z from "zod";
import { scoresReply } from "../../shared/score-contract.ts";
import { WINDOW_FORMS } from "../../shared/window.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { scopeQuery, scoreScopes } from "../score-scope.ts";
import { scoresCsv } from "../scores-csv.ts";
import { surveyScores } from "../survey-score.ts";
import { readWindow } from "../windowed-scopes.ts";

/** Windows one call may ask for. */
const MOST = 8;

const query = z.strictObject({
	...scopeQuery,
	window: z
		.string()
		.max(200)
		.default("30d")
		.describe(`${WINDOW_FORMS}; several with a comma between. Days are local to the site; today is included.`),
});

/** Owner: rolling scores, with what they rest on. */
export const scores = new Hono<AppEnv>().get(
	"/v1/scores",
	describe({
		tag: "Scores",
		summary: "Read the scores of one or several windows",
		description:
			"One entry per survey and window, each with the window of equal length before it. Reads at most days × outcomes rows, whatever the number of answers. As CSV with Accept: text/csv.",
		who: "a key with the scope scores:read",
		answers: {
			200: json(scoresReply, "The scores", "text/csv"),
			304: { description: "Unchanged since the ETag you hold" },
		},
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("scores:read"),
	etag(),
	checked("query", query),
	async (c) => {
		const { window, ...scope } = c.req.valid("query");
		const site = c.get("site");
		const windows = window.split(",").map((name) => readWindow(site, name));
		if (windows.length > MOST) throw ApiError.invalid("window", `must be at most ${MOST} windows`);
		const db = dbFor(c.env, site);
		const asked = await scoreScopes(db, site, scope);
		const found = (await Promise.all(asked.map((each) => surveyScores(db, site, each, windows)))).flat();
		const type = accepts(c, { header: "Accept", supports: ["application/json", "text/csv"], default: "application/json" });
		if (type === "text/csv") return c.body(scoresCsv(found), 200, { "Content-Type": "text/csv; charset=utf-8", Vary: "Accept" });
		return c.json({ scores: found }, 200, { Vary: "Accept" });
	},
);
