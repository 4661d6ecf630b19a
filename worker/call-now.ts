import type { Context } from "hono";
import { callSweeps } from "./deliver/deliver-queue.ts";
import type { AppEnv } from "./env.ts";

/**
 * Calls for an endpoint of the caller's site to be swept after the reply, for what its owner waits to see. Without a queue the run of the
 * next minute does it.
 */
export function callNow(c: Context<AppEnv>, endpoint: string, now: number): void {
	if (!c.env.DELIVER) return;
	const { id, shard } = c.get("site");
	c.executionCtx.waitUntil(callSweeps(c.env, [{ place: { id, shard }, endpoint, calledAt: now }], Date.now).catch(() => {}));
}
