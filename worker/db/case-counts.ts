import type { Day } from "../../shared/day.ts";
import type { Wait } from "../../shared/time-to-contact.ts";
import type { SiteId } from "../site.ts";

/** Cases counted of those opened in a window, and of those not resolved outside of it; what is beyond is said to be there. */
const MOST_COUNTED = 10_000;

/** Names of assignees that are given. */
const MOST_ASSIGNEES = 50;

/** What is counted of a site's cases. */
export interface CaseCounts {
	readonly unresolved: number;
	readonly overdue: number;
	/** Who sees to those that are not resolved. */
	readonly assignees: readonly string[];
	/** Of the cases opened in the window: how long each waited, and how many are resolved. */
	readonly waits: readonly Wait[];
	readonly resolved: number;
	/** False where there are more than were counted; of the window the newest are. */
	readonly complete: boolean;
}

interface Counted {
	n: number;
	unresolved: number;
	overdue: number;
	/** JSON: names. */
	assignees: string;
}

const UNRESOLVED = "state IN ('open', 'contacted')";

/** SQL: of cases that are there, how many, how many not resolved, how many of those due before ?2, and who sees to them. */
const COUNTS = `count(*) AS n, count(*) FILTER (WHERE ${UNRESOLVED}) AS unresolved,
	count(*) FILTER (WHERE ${UNRESOLVED} AND due_on < ?2) AS overdue,
	json_group_array(DISTINCT assignee) FILTER (WHERE ${UNRESOLVED} AND assignee IS NOT NULL) AS assignees`;

/**
 * Counts a site's cases: those not resolved, due before `today` or not, and those opened from `from` until before `to` (Unix milliseconds).
 * Each is read once: those of the window, then those outside of it that are not resolved.
 */
export async function countCases(
	db: D1Database,
	siteId: SiteId,
	{ today, from, to, now }: { readonly today: Day; readonly from: number; readonly to: number; readonly now: number },
): Promise<CaseCounts> {
	const some = `ORDER BY opened_at DESC LIMIT ${MOST_COUNTED + 1}`;
	const outside = (state: string, when: string) =>
		`SELECT * FROM (SELECT state, due_on, assignee FROM case_file INDEXED BY case_state WHERE site = ?1 AND state = '${state}' AND ${when} ${some})`;
	const [opened, others] = await db.batch<Counted & { resolved: number; waits: string }>([
		db
			.prepare(
				`SELECT ${COUNTS}, count(*) FILTER (WHERE state = 'resolved') AS resolved,
					json_group_array(json_array(coalesce(contacted_at, resolved_at, ?5) - opened_at, contacted_at IS NOT NULL)) AS waits
				FROM (SELECT * FROM case_file INDEXED BY case_opened WHERE site = ?1 AND opened_at >= ?3 AND opened_at < ?4 ${some})`,
			)
			.bind(siteId, today, from, to, now),
		db
			.prepare(
				`SELECT ${COUNTS} FROM (${["open", "contacted"]
					.flatMap((state) => [outside(state, "opened_at < ?3"), outside(state, "opened_at >= ?4")])
					.join(" UNION ALL ")} LIMIT ${MOST_COUNTED + 1})`,
			)
			.bind(siteId, today, from, to),
	]);
	const [within, beyond] = [opened?.results[0], others?.results[0]];
	const both = [within, beyond].filter((each) => each !== undefined);
	const sum = (of: (counted: Counted) => number) => both.reduce((total, each) => total + of(each), 0);
	const names = new Set(both.flatMap(({ assignees }): string[] => JSON.parse(assignees)));
	const waits: [ms: number, contacted: number][] = JSON.parse(within?.waits ?? "[]");
	return {
		unresolved: sum(({ unresolved }) => unresolved),
		overdue: sum(({ overdue }) => overdue),
		assignees: [...names].sort().slice(0, MOST_ASSIGNEES),
		waits: waits.map(([ms, contacted]) => ({ ms: Math.max(0, ms), contacted: contacted === 1 })),
		resolved: within?.resolved ?? 0,
		complete: both.every(({ n }) => n <= MOST_COUNTED),
	};
}
