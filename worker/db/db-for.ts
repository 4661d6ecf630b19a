import { ApiError } from "../api-error.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import type { Place } from "../site.ts";
import { type Meter, metered } from "./metered.ts";
import { DIRECTORY, isShardName, shardsOf } from "./shards.ts";

/**
 * The database that holds a site's data: the one way to it. Every table in it is keyed by site first.
 * @throws ApiError 503 where the Worker lacks that binding: the site is there, and no other database is asked in its place
 */
export function dbFor(env: Env, { id, shard }: Place): D1Database {
	const db = isShardName(shard) ? env[shard] : undefined;
	if (db) return db;
	log({ event: "shard_missing", site: id, shard });
	throw ApiError.unavailable();
}

/** The database that knows every site by its public key and by its API keys, and where each lives. */
export function directoryOf(env: Env): D1Database {
	return env[DIRECTORY];
}

/** The same environment, with every database behind one meter. */
export function meteredEnv(env: Env, meter: Meter): Env {
	return { ...env, ...Object.fromEntries(shardsOf(env).map(({ name, db }) => [name, metered(db, meter)])) };
}
