import { query } from "./query.ts";
import { DIRECTORY, type Shard } from "./shards.ts";
import type { Wrangler } from "./wrangler.ts";

/** Fails where sites live in a shard that wrangler.toml does not have (any more): the Worker would answer 503 for each of them. */
export async function assertBound(wrangler: Wrangler, shards: readonly Shard[]): Promise<void> {
	const lived = await query<{ shard: string; sites: number }>(
		wrangler,
		DIRECTORY,
		"SELECT shard, count(*) AS sites FROM place GROUP BY shard",
	);
	const missing = lived.filter(({ shard }) => !shards.some(({ binding }) => binding === shard));
	if (missing.length === 0) return;
	const lost = missing.map(({ shard, sites }) => `${shard} (sites: ${sites})`).join(", ");
	throw new Error(
		`wrangler.toml lacks databases in which sites live: ${lost}. Nothing new is deployed. Put their [[d1_databases]] back.`,
	);
}
