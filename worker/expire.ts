import { addMonths, dayOf } from "../shared/day.ts";
import { IDENTITIES_MONTHS } from "../shared/limits.ts";
import { forgetStrayLetters } from "./db/dead-letters.ts";
import { forgetIngestWaits } from "./db/ingest-waits.ts";
import { forgetDifferences } from "./db/recount.ts";
import { forgetDeliveries } from "./db/sweeps.ts";
import { expireTombstones } from "./db/tombstones.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Rows of one kind removed in one run, at most. */
const ROWS = 1_000;

/** Milliseconds for which the operator can see what a recount found. */
const DIFFERENCES_MS = 30 * DAY_MS;

/** Milliseconds for which it is known how long messages lay in the queue. */
const WAITS_MS = 7 * DAY_MS;

/** Milliseconds after its end in which a delivery can be replayed. */
export const REPLAYABLE_MS = 30 * DAY_MS;

/** Removes what has had its time from a database of sites; the run does a bounded part. @returns how many rows of each kind went */
export async function expire(db: D1Database, now: number, mayCall: (calls: number) => boolean): Promise<Record<string, number>> {
	if (!mayCall(3)) return {};
	return {
		differences: await forgetDifferences(db, now - DIFFERENCES_MS, ROWS),
		tombstones: await expireTombstones(db, now, ROWS),
		deliveries: await forgetDeliveries(db, now - REPLAYABLE_MS, ROWS),
	};
}

/** Removes what has had its time from the directory. */
export async function expireInDirectory(
	directory: D1Database,
	now: number,
	mayCall: (calls: number) => boolean,
): Promise<Record<string, number>> {
	if (!mayCall(2)) return {};
	const lettersFrom = Date.parse(addMonths(dayOf(now, "UTC"), -IDENTITIES_MONTHS));
	return {
		waits: await forgetIngestWaits(directory, now - WAITS_MS),
		letters: await forgetStrayLetters(directory, lettersFrom, ROWS),
	};
}
