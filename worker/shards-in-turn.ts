import { type Shard, shardsOf } from "./db/shards.ts";
import type { Env } from "./env.ts";

/** Shards gone through in one run: with what is then done in them, within the queries D1 allows an invocation. */
const SHARDS_A_RUN = 40;

/** Milliseconds between two scheduled runs: see wrangler.toml. */
export const RUN_MS = 5 * 60 * 1000;

/** The shards in the order in which the run of `now` goes through them: each run begins one further on, so that none is always last. */
export function shardsInTurn(env: Env, now: number): Shard[] {
	const shards = shardsOf(env);
	const first = Math.floor(now / RUN_MS) % shards.length;
	return [...shards.slice(first), ...shards.slice(0, first)].slice(0, SHARDS_A_RUN);
}
