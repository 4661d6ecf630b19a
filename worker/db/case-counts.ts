import type { Day } from "../../shared/day.ts";
import type { Wait } from "../../shared/time-to-contact.ts";
import type { SiteId } from "../site.ts";

/** Cases of one kind that are counted; what is beyond is said to be there. */
export const MOST_COUNTED = 10_000;

/** Names of assignees that are given. */
const MOST_ASSIGNEES = 50;

/** The cases that are not resolved, at most 10,001 looked at. */
export interface Unresolved {
	readonly unresolved: number;
	readonly overdue: number;
	readonly assignees: readonly string[];
}

/** The cases opened in a window, the newest 10,001 at most: how long each waited, and how many are resolved. */
export interface Opened {
	readonly waits: readonly Wait[];
	readonly resolved: number;
}

/** Counts a site's cases: those not resolved, due before `today` or not, and those opened from `from` until before `to` (Unix milliseconds). */
export async function countCases(
	db: D1Database,
	siteId: SiteId,
	{ today, from, to, now }: { readonly today: Day; readonly from: number; readonly to: number; readonly now: number },
): Promise<Unresolved & Opened> {
	const waiting = `SELECT due_on, assignee FROM case_file INDEXED BY case_state WHERE site = ?1 AND state IN ('open', 'contacted') LIMIT ${MOST_COUNTED + 1}`;
	const [counts, names, opened] = await db.batch<Record<string, number | string | null>>([
		db.prepare(`SELECT count(*) AS unresolved, coalesce(sum(due_on < ?2), 0) AS overdue FROM (${waiting})`).bind(siteId, today),
		db
			.prepare(`SELECT DISTINCT assignee FROM (${waiting}) WHERE assignee IS NOT NULL ORDER BY assignee LIMIT ?2`)
			.bind(siteId, MOST_ASSIGNEES),
		db
			.prepare(
				`SELECT count(*) AS opened, coalesce(sum(state = 'resolved'), 0) AS resolved,
					json_group_array(json_array(coalesce(contacted_at, resolved_at, ?4) - opened_at, contacted_at IS NOT NULL)) AS waits
				FROM (SELECT opened_at, contacted_at, resolved_at, state FROM case_file INDEXED BY case_opened
					WHERE site = ?1 AND opened_at >= ?2 AND opened_at < ?3 ORDER BY opened_at DESC LIMIT ${MOST_COUNTED + 1})`,
			)
			.bind(siteId, from, to, now),
	]);
	const waits: [ms: number, contacted: number][] = JSON.parse(String(opened?.results[0]?.["waits"] ?? "[]"));
	return {
		unresolved: Number(counts?.results[0]?.["unresolved"]),
		overdue: Number(counts?.results[0]?.["overdue"]),
		assignees: (names?.results ?? []).map(({ assignee }) => String(assignee)),
		waits: waits.map(([ms, contacted]) => ({ ms: Math.max(0, ms), contacted: contacted === 1 })),
		resolved: Number(opened?.results[0]?.["resolved"]),
	};
}
