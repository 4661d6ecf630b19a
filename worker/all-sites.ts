import { directoryOf } from "./db/db-for.ts";
import { placedSites } from "./db/places.ts";
import { shardsOf } from "./db/shards.ts";
import { sitesIn } from "./db/sites.ts";
import type { Env } from "./env.ts";
import type { Site } from "./site.ts";

/** Every site of every shard that the directory knows, oldest first. */
export async function allSites(env: Env): Promise<Site[]> {
	const [placed, ...sites] = await Promise.all([placedSites(directoryOf(env)), ...shardsOf(env).map(({ db }) => sitesIn(db))]);
	return sites
		.flat()
		.filter(({ id }) => placed.has(id))
		.sort((a, b) => a.createdAt - b.createdAt);
}
