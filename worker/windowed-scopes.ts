import type { Context } from "hono";
import * as z from "zod";
import { dayOf } from "../shared/day.ts";
import { parseWindow, WINDOW_FORMS, type Window } from "../shared/window.ts";
import { ApiError } from "./api-error.ts";
import { dbFor } from "./db/db-for.ts";
import type { AppEnv } from "./env.ts";
import { type ScoreScope, scopeQuery, scoreScopes } from "./score-scope.ts";
import type { Site } from "./site.ts";

const { segment: _, ...scope } = scopeQuery;

/** The parameters of a figure of whole surveys over one window. */
export const windowedQuery = {
	...scope,
	window: z.string().max(30).default("90d").describe(`${WINDOW_FORMS}. Days are local to the site; today is included.`),
};

/** What such a figure covers, and where it is counted. */
export interface WindowedScopes {
	readonly db: D1Database;
	readonly site: Site;
	readonly window: Window;
	readonly asked: readonly ScoreScope[];
}

/** Reads those parameters for the site of the key. @throws ApiError that names the one that is wrong, and what would be right */
export async function windowedScopes(
	c: Context<AppEnv>,
	{ window: name, ...query }: z.infer<z.ZodObject<typeof windowedQuery>>,
): Promise<WindowedScopes> {
	const site = c.get("site");
	const window = readWindow(site, name);
	const db = dbFor(c.env, site);
	return { db, site, window, asked: await scoreScopes(db, site, { ...query, segment: undefined }) };
}

/** A window in the site's own days. @throws ApiError that says how one is spelled */
export function readWindow(site: Site, name: string): Window {
	const window = parseWindow(name, dayOf(Date.now(), site.timezone));
	if (!window) throw ApiError.invalid("window", `must be ${WINDOW_FORMS}`);
	return window;
}
