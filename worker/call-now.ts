import type { Context } from "hono";
import { queueSweeps } from "./deliver/deliver-queue.ts";
import type { AppEnv } from "./env.ts";

/**
 * Calls for an endpoint of the caller's site to be swept after the reply, for what its owner waits to see. Without a queue, and
 * where it takes nothing, the run of the next minute does it.
 */
export function callNow(c: Context<AppEnv>, endpoint: string, now: number): void {
	const { id, shard } = c.get("site");
	c.executionCtx.waitUntil(queueSweeps(c.env, [{ place: { id, shard }, endpoint, calledAt: now }]));
}
