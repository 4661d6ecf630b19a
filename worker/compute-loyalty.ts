import { addDays, type Day, dayOf } from "../shared/day.ts";
import { LOYALTY_DAYS } from "../shared/limits.ts";
import { cohortCounts, countLoyalty, firstSignedDay, keepLoyalty, loyaltyPart } from "./db/loyalty.ts";
import type { Site } from "./site.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days of first answers that are looked at together. */
const COHORT_DAYS = 180;

/** Answers counted in one step, and steps of one night. */
const ANSWERS_A_STEP = 5_000;
const STEPS_A_NIGHT = 4;

/**
 * Counts who came back, once a night: goes on through the site's answers, each judged once, when its 180 days are over, and then a
 * number that names nobody; and keeps what the last 180 of those days come to. Doing it again counts nothing twice.
 * @returns whether the night got to the end; otherwise the next goes on, and the report covers the days it has got to
 */
export async function computeLoyalty(db: D1Database, site: Site, now: number): Promise<{ answers: number; finished: boolean }> {
	const until = now - LOYALTY_DAYS * DAY_MS;
	const range = { start: until - (COHORT_DAYS + 2) * DAY_MS, until, limit: ANSWERS_A_STEP };
	let answers = 0;
	let finished = false;
	let reached = until;
	for (let step = 0; step < STEPS_A_NIGHT && !finished; step++) {
		const part = await loyaltyPart(db, site.id, range);
		if (part.upTo) await countLoyalty(db, site.id, part.after, part.upTo);
		answers += part.answers;
		finished = part.answers < ANSWERS_A_STEP;
		reached = finished || !part.upTo ? until : part.upTo.shownAt;
	}
	const to = addDays(dayOf(reached, site.timezone), -1);
	const from = addDays(to, 1 - COHORT_DAYS);
	const counts = await cohortCounts(db, site.id, from, to);
	const firstOn = finished && counts.length === 0 && site.tokenMode !== "off" ? await firstDayOf(db, site) : null;
	await keepLoyalty(db, site.id, { computedOn: dayOf(now, site.timezone), complete: finished, from, to, firstOn, counts });
	return { answers, finished };
}

/** The day on which the first customers' time is over: their own day, 180 whole days, and the night that counts them. */
async function firstDayOf(db: D1Database, site: Site): Promise<Day | null> {
	const day = await firstSignedDay(db, site.id);
	return day === null ? null : addDays(day, LOYALTY_DAYS + 1);
}
