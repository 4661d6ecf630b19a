import { ApiError } from "./api-error.ts";
import { dbFor } from "./db/db-for.ts";
import { siteById } from "./db/sites.ts";
import type { Env } from "./env.ts";
import { log } from "./log.ts";
import type { Place, Site } from "./site.ts";

/**
 * The site that lives at a place of the directory's.
 * @throws ApiError 503 where its shard is not among the bindings, or is bound to a database in which the site does not live
 */
export async function siteAt(env: Env, place: Place): Promise<Site> {
	const site = await siteById(dbFor(env, place), place.id);
	if (site?.shard === place.shard) return site;
	log({ event: "site_missing", site: place.id, shard: place.shard });
	throw ApiError.unavailable();
}
