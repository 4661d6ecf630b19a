import { addDays, type Day } from "../shared/day.ts";
import { packTally } from "./db/pack-tally.ts";
import { keepRecountDay, mendTally, nextSlice } from "./db/recount.ts";
import { randomBase62 } from "./keys/key.ts";
import { log } from "./log.ts";
import type { Site } from "./site.ts";
import type { Turn } from "./take-turns.ts";

/** Asks recounted in one turn, and the rest of their last day. */
const ASKS = 2_000;

/** Dekads packed in one turn: three months. */
const DEKADS = 9;

/** Later than any day. */
const FOREVER: Day = "9999-12-31";

/**
 * A piece of a site's recount: the tally of its next days is held against the asks of those days, and mended where it differs. That it
 * ever does is a defect of ours, so each day is said in the log. What is long past is packed on the way.
 */
export async function recountSite(db: D1Database, site: Site, now: number): Promise<Turn> {
	const { first, last, asks } = await nextSlice(db, site.id, ASKS);
	const end = asks < ASKS || last === null ? FOREVER : last;
	const days = new Map<Day, { rows: number; asks: number; commented: number }>();
	const recount = await mendTally(db, site.id, { first, last: end }, randomBase62(12), now);
	for (const { day, n, commented } of recount.differences) {
		const sum = days.get(day) ?? { rows: 0, asks: 0, commented: 0 };
		days.set(day, { rows: sum.rows + 1, asks: sum.asks + Math.abs(n), commented: sum.commented + Math.abs(commented) });
	}
	for (const [day, sum] of days) log({ event: "tally_mended", site: site.id, day, ...sum });
	const packing = await packTally(db, site.id, DEKADS);
	const finished = end === FOREVER && packing.finished;
	await keepRecountDay(db, site.id, finished ? "" : end === FOREVER ? FOREVER : addDays(end, 1));
	return { rows: recount.rows + packing.rows, finished, did: { mended_days: days.size, packed: packing.packed } };
}
