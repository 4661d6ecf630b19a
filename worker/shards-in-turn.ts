import { type Shard, shardsOf } from "./db/shards.ts";
import type { Env } from "./env.ts";

/** Shards gone through in one run: with what is then done in them, within the queries D1 allows an invocation. */
const SHARDS_A_RUN = 40;

/** Milliseconds between two scheduled runs of a kind: see wrangler.toml. */
export const MINUTE_MS = 60 * 1000;
export const RUN_MS = 5 * MINUTE_MS;

/** Ways to the database that Cloudflare's free plan lets an invocation take; who is given more is on the paid one. */
export const FREE_CALLS = 50;

/** Ways to the database in one run where the settings do not say. */
const CALLS = 45;

/** Ways to the database that one run may take. */
export function callsOf({ D1_CALLS }: Env): number {
	return Number(D1_CALLS) || CALLS;
}

/** The shards in the order in which the run of `now` goes through them: each run, `everyMs`, begins one further on, so that none is always last. */
export function shardsInTurn(env: Env, now: number, everyMs: number): Shard[] {
	const shards = shardsOf(env);
	const first = Math.floor(now / everyMs) % shards.length;
	return [...shards.slice(first), ...shards.slice(0, first)].slice(0, SHARDS_A_RUN);
}
