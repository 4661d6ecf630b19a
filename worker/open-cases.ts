import { addDays, type Day, dayOf } from "../shared/day.ts";
import { METRICS } from "../shared/metrics.ts";
import { dueAnswers, type JudgedLow, openAndSettle } from "./db/due-cases.ts";

/** Local days after its opening by which somebody should have seen to a case, unless they say otherwise. */
const DUE_DAYS = 2;

/**
 * Days after the showing from which no case opens by itself: a browser may deliver a week late, and the scheduled run may stand still for
 * another; what is older was loaded from elsewhere.
 */
const OLDEST_DAYS = 14;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day a case is due that is opened `now`. */
export function dueDay(now: number, timezone: string): Day {
	return addDays(dayOf(now, timezone), DUE_DAYS);
}

/**
 * Judges the answers of one database that have rested for 90 seconds, at most `limit`: those that are low get a case, unless their survey
 * opens none by itself. Two ways to the database; doing it again, or twice at once, opens nothing twice.
 * @returns how many were judged, how many cases were opened, and whether more may be due
 */
export async function openCases(
	db: D1Database,
	now: number,
	limit: number,
): Promise<{ judged: number; opened: number; more: boolean }> {
	const due = await dueAnswers(db, now, limit);
	if (due.length === 0) return { judged: 0, opened: 0, more: false };
	const low = due.flatMap(({ site, ask, timezone, metric, score, shown_at, open_cases }): JudgedLow[] => {
		if (timezone === null || metric === null || score === null || shown_at === null || open_cases !== 1) return [];
		if (score > METRICS[metric].low || now - shown_at > OLDEST_DAYS * DAY_MS) return [];
		return [{ site, ask, score, dueOn: dueDay(now, timezone) }];
	});
	const [opened] = await db.batch(openAndSettle(db, low, due, now));
	return { judged: due.length, opened: opened?.results.length ?? 0, more: due.length === limit };
}
