import { query } from "./query.ts";
import { DIRECTORY, type Shard } from "./shards.ts";
import type { Wrangler } from "./wrangler.ts";

/** A site that the deployed Worker serves. */
export interface SiteThere {
	readonly id: string;
	readonly name: string;
	readonly public_key: string;
	readonly created_at: number;
}

/** Every site there is, of all shards, oldest first. What the directory does not name was never wholly made and is none. */
export async function sitesThere(wrangler: Wrangler, shards: readonly Shard[]): Promise<SiteThere[]> {
	const placed = await query<{ site: string }>(wrangler, DIRECTORY, "SELECT site FROM place");
	const ids = new Set(placed.map(({ site }) => site));
	const found: SiteThere[] = [];
	if (ids.size === 0) return found;
	for (const { binding } of shards)
		found.push(...(await query<SiteThere>(wrangler, binding, "SELECT id, name, public_key, created_at FROM site")));
	return found.filter(({ id }) => ids.has(id)).sort((a, b) => a.created_at - b.created_at);
}
