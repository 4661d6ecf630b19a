import { addDays, type Day } from "../../shared/day.ts";
import { type Dekad, dekadAfter, dekadOf } from "../../shared/dekad.ts";
import { valuesOf } from "../../shared/metrics.ts";
import type { Outcome } from "../../shared/outcome.ts";
import type { SiteId } from "../site.ts";

/** Every outcome there is, whatever the metric, in the order in which they are packed. */
export const OUTCOMES: readonly Outcome[] = [...valuesOf("nps").map(String), "dismissed", "ignored"];

/** SQL: for each of OUTCOMES in turn, how many asks and how many of them with a comment, summed over rows that have these columns. */
export function sumsOf(outcome: string, n: string, commented: string): string {
	return OUTCOMES.map((o) => `sum(iif(${outcome} = '${o}', ${n}, 0)), sum(iif(${outcome} = '${o}', ${commented}, 0))`).join(", ");
}

/** SQL: the dekads of a site's tally, whose id is ?1, before this one are packed. */
export const PACKED_UNTIL = "coalesce((SELECT day FROM packed_until WHERE site = ?1), '')";

/** SQL: the dekad of a day. */
export function dekadOfDay(day: string): string {
	return `substr(${day}, 1, 8) || iif(substr(${day}, 9) < '11', '01', iif(substr(${day}, 9) < '21', '11', '21'))`;
}

/**
 * A statement that has the tally read itself from the dekad of a day on: for what changes the tally and no ask, whose triggers do it.
 * `day` is SQL; where it is null nothing changes. `more` are the values of it, from ?2 on.
 */
export function unpackFrom(db: D1Database, siteId: SiteId, day: string, ...more: unknown[]): D1PreparedStatement {
	return db
		.prepare(
			`UPDATE packed_until SET day = past.dekad FROM (SELECT ${dekadOfDay("first")} AS dekad FROM (SELECT ${day} AS first)) AS past
			WHERE site = ?1 AND day > past.dekad`,
		)
		.bind(siteId, ...more);
}

/** Days that must have passed since a dekad before it is packed: one more than the triggers leave alone. */
const SETTLED_DAYS = 10;

/** Where the packing of a site stands. */
interface Standing {
	/** The day before which all is settled. */
	readonly settled: Day;
	/** The dekads before this one are packed; empty where none is. */
	readonly until: Dekad | "";
	/** The first day that was counted; null where there is none. */
	readonly first: Day | null;
}

/** What came of packing. */
export interface Packing {
	/** Rows packed anew. */
	readonly packed: number;
	/** Rows of the database that were read for it. */
	readonly rows: number;
	/** Whether nothing is left to pack. */
	readonly finished: boolean;
}

const NOTHING: Packing = { packed: 0, rows: 0, finished: true };

/**
 * Packs the tally of a site's next dekads, at most so many, as far as their days are settled. What a dekad holds is read in the statement
 * that packs it; where one of its days changes later, the site is set back to it. So what is packed always says what its days say.
 */
export async function packTally(db: D1Database, siteId: SiteId, dekads: number): Promise<Packing> {
	const standing = await db
		.prepare(
			`SELECT date('now', '-${SETTLED_DAYS} days') AS settled, ${PACKED_UNTIL} AS until, (SELECT min(first) FROM (
				SELECT (SELECT min(day) FROM tally
					WHERE site = v.site AND survey = v.survey AND version = v.version AND key = '' AND value = '') AS first
				FROM survey_version AS v WHERE v.site = ?1)) AS first`,
		)
		.bind(siteId)
		.first<Standing>();
	if (!standing?.first) return NOTHING;
	const { settled, until, first } = standing;
	const from = until > first ? until : dekadOf(first);
	let next = from;
	for (let i = 0; i < dekads && dekadAfter(next) <= settled; i++) next = dekadAfter(next);
	if (next === from) return NOTHING;
	const [packed] = await db.batch([
		db.prepare(PACK).bind(siteId, from, addDays(next, -1)),
		db
			.prepare(
				`INSERT INTO packed_until (site, day) SELECT ?1, ?3 WHERE ${PACKED_UNTIL} = ?2 ON CONFLICT (site) DO UPDATE SET day = excluded.day`,
			)
			.bind(siteId, until, next),
	]);
	return { packed: packed?.results.length ?? 0, rows: packed?.meta.rows_read ?? 0, finished: dekadAfter(next) > settled };
}

/** The tally has no order by day, so its pairs are gone through one by one, each sought behind the one before. */
const PACK = `
	INSERT INTO tally_dekad (site, survey, version, key, value, dekad, sums, days)
	WITH RECURSIVE pair (c) AS (
		SELECT (SELECT json_array(survey, version, key, value) FROM tally WHERE site = ?1 ORDER BY survey, version, key, value LIMIT 1)
		UNION ALL
		SELECT (SELECT json_array(survey, version, key, value) FROM tally
			WHERE site = ?1 AND (survey, version, key, value) > (c ->> 0, c ->> 1, c ->> 2, c ->> 3)
			ORDER BY survey, version, key, value LIMIT 1) FROM pair WHERE c IS NOT NULL
	)
	SELECT ?1, t.survey, t.version, t.key, t.value,
		${dekadOfDay("day")} AS dekad,
		json_array(${sumsOf("outcome", "n", "commented")}), json_group_array(json_array(day, outcome, n, commented))
	FROM pair CROSS JOIN tally AS t
		ON t.site = ?1 AND t.survey = c ->> 0 AND t.version = c ->> 1 AND t.key = c ->> 2 AND t.value = c ->> 3 AND t.day BETWEEN ?2 AND ?3
	GROUP BY t.survey, t.version, t.key, t.value, dekad
	ON CONFLICT DO UPDATE SET sums = excluded.sums, days = excluded.days WHERE days <> excluded.days RETURNING 1 AS packed`;
