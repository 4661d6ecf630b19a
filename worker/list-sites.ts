import { directoryOf } from "./db/db-for.ts";
import { type PlacePosition, placesAfter } from "./db/places.ts";
import { isShardName } from "./db/shards.ts";
import { sitesById } from "./db/sites.ts";
import type { Env } from "./env.ts";
import type { Site } from "./site.ts";

/** A page of the sites that the directory knows, and where the next begins; null at the end. */
export interface ListedSites {
	readonly sites: readonly Site[];
	readonly next: PlacePosition | null;
}

/** At most `limit` sites behind `after`, oldest first: one query to the directory and one a shard. Those of a shard that the Worker lacks are left out. */
export async function listSites(env: Env, after: PlacePosition, limit: number): Promise<ListedSites> {
	const found = await placesAfter(directoryOf(env), after, limit + 1);
	const places = found.slice(0, limit);
	const shards = Map.groupBy(places, ({ shard }) => shard);
	const sites = await Promise.all(
		[...shards].map(([shard, placed]) => {
			const db = isShardName(shard) ? env[shard] : undefined;
			return db
				? sitesById(
						db,
						placed.map(({ id }) => id),
					)
				: [];
		}),
	);
	const byId = new Map(sites.flat().map((site) => [site.id, site]));
	return {
		sites: places.flatMap(({ id }) => byId.get(id) ?? []),
		next: found.length > limit ? (places.at(-1) ?? null) : null,
	};
}
