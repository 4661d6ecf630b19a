import { addMonths, dayOf } from "../shared/day.ts";
import { forgetInDeadLetters } from "./db/dead-letters.ts";
import { deleteOldAsks, forgetIdentities } from "./db/retention.ts";
import type { Site } from "./site.ts";
import type { Turn } from "./take-turns.ts";

/** Asks deleted, and asks that lose their names, in one turn, each at most. */
const ASKS = 1_000;

/**
 * A piece of a site's retention, by its own days: asks older than its months are deleted, whose counts stay; younger ones lose what
 * names a shopper, whose score stays. So do its dead letters, in the directory.
 */
export async function retainSite(db: D1Database, directory: D1Database, site: Site, now: number): Promise<Turn> {
	const today = dayOf(now, site.timezone);
	const rawFrom = addMonths(today, -site.retention.rowsMonths);
	const namedFrom = addMonths(today, -site.retention.identitiesMonths);
	const deleted = await deleteOldAsks(db, site.id, rawFrom, ASKS);
	const { looked, forgotten } = await forgetIdentities(db, site.id, namedFrom, ASKS);
	const finished = deleted < ASKS && looked < ASKS;
	const letters = finished ? await forgetInDeadLetters(directory, site.id, namedFrom, rawFrom) : 0;
	return { rows: deleted + looked, finished, did: { deleted, forgotten, letters } };
}
