import { createMiddleware } from "hono/factory";
import { meteredEnv } from "./db/db-for.ts";
import { newMeter } from "./db/metered.ts";
import type { AppEnv } from "./env.ts";

/**
 * Tells whoever showed a key what the reply cost, as `Server-Timing`: queries, rows and the database's own milliseconds, up to the first
 * byte of the reply, and the whole time in the Worker. A Worker's clock stands still while it computes, so that time is the time it
 * waited. A page's answer says nothing of it: how a merchant's database fares, and what it holds, is no stranger's to know; nor is its
 * database metered.
 */
export const serverTiming = createMiddleware<AppEnv>(async (c, next) => {
	if (!c.req.header("authorization")) return next();
	const meter = newMeter();
	const began = Date.now();
	c.env = meteredEnv(c.env, meter);
	await next();
	if (!c.get("key") && !c.get("operator")) return;
	const { queries, rowsRead, rowsWritten, ms } = meter;
	const cost = `${queries} queries, ${rowsRead} rows read, ${rowsWritten} written`;
	c.header("Server-Timing", `db;dur=${Math.round(ms * 100) / 100};desc="${cost}", total;dur=${Date.now() - began}`);
});
