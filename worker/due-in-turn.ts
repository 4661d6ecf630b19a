import type { Env } from "./env.ts";
import { log } from "./log.ts";
import { shardsInTurn } from "./shards-in-turn.ts";

/** Something that is due, and the database it lives in. */
export interface Due<Thing> {
	readonly db: D1Database;
	readonly thing: Thing;
}

/**
 * What is due in all shards, at most `limit` of it: the first of each shard in turn, then the second of each, and so on, so that none waits
 * for another however much that has due. One query a shard; a shard that fails is said in the log and passed over.
 * @param read what is due in one shard, the longest due first
 */
export async function dueInTurn<Thing>(
	env: Env,
	now: number,
	limit: number,
	read: (db: D1Database) => Promise<readonly Thing[]>,
): Promise<Due<Thing>[]> {
	const lists = await Promise.all(
		shardsInTurn(env, now).map(async ({ name, db }) => {
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
