import type { Day } from "../../shared/day.ts";
import type { Outcome } from "../../shared/outcome.ts";
import type { SiteId } from "../site.ts";

/** What the tally holds of one day: per outcome how many asks, and how many of them with a comment. */
export interface DayTally {
	readonly day: Day;
	readonly counts: readonly (readonly [outcome: Outcome, n: number, commented: number])[];
}

/** Which asks: one version of one survey, everybody (`["", ""]`) or one value of one key. */
export interface TallySlice {
	readonly survey: string;
	readonly version: number;
	readonly pair: readonly [key: string, value: string];
}

interface DayTallyRow {
	day: string;
	counts: string;
}

/**
 * The tally from `from` to `to`, both included, day by day; days without an ask are missing. Reads days × outcomes rows,
 * whatever the number of answers: grouped along the primary key, so that no sorter reads them twice.
 */
export async function dailyTally(db: D1Database, siteId: SiteId, slice: TallySlice, from: Day, to: Day): Promise<DayTally[]> {
	const { results } = await db
		.prepare(
			`SELECT day, json_group_array(json_array(outcome, n, commented)) AS counts FROM tally
			WHERE site = ?1 AND survey = ?2 AND version = ?3 AND key = ?4 AND value = ?5 AND day BETWEEN ?6 AND ?7
			GROUP BY day`,
		)
		.bind(siteId, slice.survey, slice.version, ...slice.pair, from, to)
		.all<DayTallyRow>();
	return results.map(({ day, counts }) => ({ day, counts: JSON.parse(counts) }));
}
