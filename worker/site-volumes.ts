import { addDays, dayOf } from "../shared/day.ts";
import { dbFor } from "./db/db-for.ts";
import { type Volume, type VolumeScope, volumesOf } from "./db/volumes.ts";
import type { Env } from "./env.ts";
import type { Site, SiteId } from "./site.ts";

/** The volumes of sites over their last `days` local days, today included: one query a database. A site without an ask is missing. */
export async function siteVolumes(
	env: Env,
	sites: readonly Site[],
	days: number,
	now: number,
): Promise<ReadonlyMap<SiteId, Volume>> {
	const scopes = new Map<D1Database, VolumeScope[]>();
	for (const site of sites) {
		const db = dbFor(env, site);
		const to = dayOf(now, site.timezone);
		scopes.set(db, [...(scopes.get(db) ?? []), { id: site.id, from: addDays(to, 1 - days), to }]);
	}
	const found = await Promise.all([...scopes].map(([db, each]) => volumesOf(db, each)));
	return new Map(found.flatMap((volumes) => [...volumes]));
}
