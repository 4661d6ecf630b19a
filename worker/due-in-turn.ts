import { shardsOf } from "./db/shards.ts";
import type { Env } from "./env.ts";
import { log } from "./log.ts";

/** Shards asked in one run, each one query: with what is then done, within the queries D1 allows an invocation. */
const SHARDS_A_RUN = 40;

/** Milliseconds between two scheduled runs: see wrangler.toml. */
const RUN_MS = 5 * 60 * 1000;

/** Something that is due, and the database it lives in. */
export interface Due<Thing> {
	readonly db: D1Database;
	readonly thing: Thing;
}

/**
 * What is due in all shards, at most `limit` of it: the first of each shard, then the second of each, and so on. Every run begins one shard
 * further on, so that none waits for another however much that has due. A shard that fails is said in the log and passed over.
 * @param read what is due in one shard, the longest due first
 */
export async function dueInTurn<Thing>(
	env: Env,
	now: number,
	limit: number,
	read: (db: D1Database) => Promise<readonly Thing[]>,
): Promise<Due<Thing>[]> {
	const shards = shardsOf(env);
	const first = Math.floor(now / RUN_MS) % shards.length;
	const turn = [...shards.slice(first), ...shards.slice(0, first)].slice(0, SHARDS_A_RUN);
	const lists = await Promise.all(
		turn.map(async ({ name, db }) => {
			try {
				return (await read(db)).map((thing) => ({ db, thing }));
			} catch (error) {
				log({ event: "shard_failed", shard: name, error: error instanceof Error ? error.message : String(error) });
				return [];
			}
		}),
	);
	return Array.from({ length: limit }, (_, i) => lists.flatMap((list) => list[i] ?? []))
		.flat()
		.slice(0, limit);
}
