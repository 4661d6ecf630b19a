import { directoryOf } from "./db/db-for.ts";
import { sitesByShard } from "./db/places.ts";
import { type ShardName, shardsOf } from "./db/shards.ts";
import type { Env } from "./env.ts";

/**
 * The shard for a new site: the one with the fewest sites, for nobody knows yet how busy the new one will be; among equals the one whose
 * database is smallest. D1 says its bytes with whatever is asked, so that measuring reads no row; one that does not answer comes last.
 */
export async function emptiestShard(env: Env): Promise<ShardName> {
	const sites = await sitesByShard(directoryOf(env));
	const sitesOf = (name: ShardName) => sites.get(name) ?? 0;
	const shards = shardsOf(env);
	const fewest = Math.min(...shards.map(({ name }) => sitesOf(name)));
	const equals = shards.filter(({ name }) => sitesOf(name) === fewest);
	const [first = shards[0], ...others] = equals;
	if (!first) throw new Error("The Worker has no database");
	if (others.length === 0) return first.name;
	const sizes = await Promise.all(equals.map(async ({ name, db }) => ({ name, bytes: await bytesOf(db) })));
	return sizes.reduce((least, each) => (each.bytes < least.bytes ? each : least)).name;
}

async function bytesOf(db: D1Database): Promise<number> {
	try {
		return (await db.prepare("SELECT 1").run()).meta.size_after;
	} catch {
		return Number.POSITIVE_INFINITY;
	}
}
