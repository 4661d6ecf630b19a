import type { Place, Site, SiteId } from "../site.ts";

interface PlaceRow {
	site: string;
	shard: string;
}

/** Where the site with this id lives, or null. Of the directory alone, like all here. */
export async function placeById(directory: D1Database, siteId: SiteId): Promise<Place | null> {
	return placeOfRow(await directory.prepare("SELECT site, shard FROM place WHERE site = ?1").bind(siteId).first<PlaceRow>());
}

/** Where the site lives whose tag carries this public key, or null. */
export async function placeByPublicKey(directory: D1Database, publicKey: string): Promise<Place | null> {
	const query = directory.prepare("SELECT site, shard FROM place WHERE public_key = ?1");
	return placeOfRow(await query.bind(publicKey).first<PlaceRow>());
}

/** Where the site lives whose id comes next after this one, or null. */
export async function placeAfter(directory: D1Database, siteId: SiteId): Promise<Place | null> {
	const query = directory.prepare("SELECT site, shard FROM place WHERE site > ?1 ORDER BY site LIMIT 1");
	return placeOfRow(await query.bind(siteId).first<PlaceRow>());
}

/** Where a site stands in the list of all: when it was made (Unix milliseconds), and its id. */
export interface PlacePosition {
	readonly createdAt: number;
	readonly id: SiteId;
}

/** At most `limit` sites made after a position, oldest first, with the shard each lives in. */
export async function placesAfter(
	directory: D1Database,
	after: PlacePosition,
	limit: number,
): Promise<(PlacePosition & { readonly shard: string })[]> {
	const { results } = await directory
		.prepare(
			`SELECT site AS id, shard, created_at AS createdAt FROM place INDEXED BY place_created
			WHERE (created_at, site) > (?1, ?2) ORDER BY created_at, site LIMIT ?3`,
		)
		.bind(after.createdAt, after.id, limit)
		.all<PlacePosition & { shard: string }>();
	return results;
}

/** How many sites live in each shard; one that has none is not in it. Reads a row a site. */
export async function sitesByShard(directory: D1Database): Promise<Map<string, number>> {
	const query = directory.prepare("SELECT shard, count(*) AS sites FROM place GROUP BY shard");
	const { results } = await query.all<{ shard: string; sites: number }>();
	return new Map(results.map(({ shard, sites }) => [shard, sites]));
}

/** A statement that names a new site in the directory: from then on it is found. The same one twice is named once. */
export function insertPlace(directory: D1Database, site: Site): D1PreparedStatement {
	return directory
		.prepare("INSERT INTO place (site, public_key, shard, created_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (site) DO NOTHING")
		.bind(site.id, site.publicKey, site.shard, site.createdAt);
}

function placeOfRow(row: PlaceRow | null): Place | null {
	return row && { id: row.site, shard: row.shard };
}
