import { directoryOf } from "./db/db-for.ts";
import { placeById, placeByPublicKey } from "./db/places.ts";
import type { Env } from "./env.ts";
import type { Place, SiteId } from "./site.ts";

const MOST = 10_000;
const places = new Map<string, Place>();

/** Where a site lives, by its id; null where the directory has no such site. A site never moves: what was read once is believed for ever. */
export function placeOf(env: Env, siteId: SiteId): Promise<Place | null> {
	return remembered(siteId, () => placeById(directoryOf(env), siteId));
}

/** Where the site behind a public key lives, or null; believed for ever too. */
export function placeOfKey(env: Env, publicKey: string): Promise<Place | null> {
	return remembered(publicKey, () => placeByPublicKey(directoryOf(env), publicKey));
}

/** Absence is not remembered: a site may be made. */
async function remembered(name: string, read: () => Promise<Place | null>): Promise<Place | null> {
	const known = places.get(name);
	if (known) return known;
	const place = await read();
	if (place === null) return null;
	if (places.size >= MOST) places.delete(places.keys().next().value ?? "");
	places.set(name, place);
	return place;
}
