import type { Day } from "../../shared/day.ts";
import type { SiteId } from "../site.ts";
import { unpackFrom } from "./pack-tally.ts";

/** Where a recount goes on: the first day, the last of about so many asks, and how many those are. */
export interface Slice {
	readonly first: Day;
	/** Null where there are no asks from `first` on. */
	readonly last: Day | null;
	/** Less than asked for where these are all that is left. */
	readonly asks: number;
}

/** The next days of a site's recount: those of its next `asks` asks, the last day whole. */
export async function nextSlice(db: D1Database, siteId: SiteId, asks: number): Promise<Slice> {
	const slice = await db
		.prepare(
			`WITH start AS (SELECT max(recount_day, coalesce(raw_from, '')) AS day FROM site WHERE id = ?1)
			SELECT (SELECT day FROM start) AS first, max(day) AS last, count(*) AS asks FROM (
				SELECT day FROM ask INDEXED BY ask_day WHERE site = ?1 AND day >= (SELECT day FROM start) ORDER BY day LIMIT ?2)`,
		)
		.bind(siteId, asks)
		.first<Slice>();
	return slice ?? { first: "", last: null, asks: 0 };
}

/** Notes the day a site's recount goes on from; an empty one begins again. */
export async function keepRecountDay(db: D1Database, siteId: SiteId, day: Day): Promise<void> {
	await db.prepare("UPDATE site SET recount_day = ?2 WHERE id = ?1").bind(siteId, day).run();
}

/** What a day of the tally held that a recount of its asks did not bear out. */
export interface Difference {
	readonly day: Day;
	/** Above 0 what the tally had too many of, below 0 what it lacked. */
	readonly n: number;
	readonly commented: number;
}

/**
 * What the tally holds of some days less what a recount of their asks comes to, wherever that is not 0. One statement, so one state of
 * the database: an answer that arrives meanwhile is in both or in neither. The tally has no order by day, so its pairs are gone through
 * one by one, each sought behind the one before. Asks that count alike are counted before they are taken apart.
 */
const DIFFERENCES = `
	WITH RECURSIVE days AS (SELECT max(?2, coalesce(raw_from, '')) AS first FROM site WHERE id = ?1),
	pair (c) AS (
		SELECT (SELECT json_array(survey, version, key, value) FROM tally WHERE site = ?1 ORDER BY survey, version, key, value LIMIT 1)
		UNION ALL
		SELECT (SELECT json_array(survey, version, key, value) FROM tally WHERE site = ?1 AND (survey, version, key, value) >
			(json_extract(c, '$[0]'), json_extract(c, '$[1]'), json_extract(c, '$[2]'), json_extract(c, '$[3]'))
			ORDER BY survey, version, key, value LIMIT 1) FROM pair WHERE c IS NOT NULL
	),
	kept AS (
		SELECT t.survey, t.version, t.key, t.value, t.day, t.outcome, t.n, t.commented FROM pair CROSS JOIN tally t
		ON t.site = ?1 AND t.survey = json_extract(c, '$[0]') AND t.version = json_extract(c, '$[1]') AND t.key = json_extract(c, '$[2]')
			AND t.value = json_extract(c, '$[3]') AND t.day BETWEEN (SELECT first FROM days) AND ?3
	),
	alike AS (
		SELECT survey, version, pairs, day, outcome, count(*) AS n, sum(commented) AS commented FROM ask INDEXED BY ask_day
		WHERE site = ?1 AND day BETWEEN (SELECT first FROM days) AND ?3 GROUP BY survey, version, pairs, day, outcome
	),
	counted AS (
		SELECT survey, version, json_extract(one.value, '$[0]') AS key, json_extract(one.value, '$[1]') AS value, day, outcome, n, commented
		FROM alike CROSS JOIN json_each(alike.pairs) AS one
	)
	SELECT survey, version, key, value, day, outcome, sum(n) AS n, sum(commented) AS commented FROM (
		SELECT * FROM kept UNION ALL SELECT survey, version, key, value, day, outcome, -n, -commented FROM counted)
	GROUP BY survey, version, key, value, day, outcome HAVING sum(n) <> 0 OR sum(commented) <> 0`;

/**
 * Recounts the asks of a site from `first` to `last`, both included, days that retention has passed left out; keeps every difference of
 * the tally under the name `recount`, and mends it in the same batch.
 * @returns the differences, all mended, and how many rows the database read to find them
 */
export async function mendTally(
	db: D1Database,
	siteId: SiteId,
	{ first, last }: { readonly first: Day; readonly last: Day },
	recount: string,
	now: number,
): Promise<{ readonly differences: readonly Difference[]; readonly rows: number }> {
	const [found] = await db.batch<Difference>([
		db
			.prepare(
				`INSERT INTO tally_difference (site, recount, survey, version, key, value, day, outcome, n, commented, found_at)
				SELECT ?1, ?4, survey, version, key, value, day, outcome, n, commented, ?5 FROM (${DIFFERENCES}) RETURNING day, n, commented`,
			)
			.bind(siteId, first, last, recount, now),
		db
			.prepare(
				`INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented)
				SELECT site, survey, version, key, value, day, outcome, -n, -commented FROM tally_difference WHERE site = ?1 AND recount = ?2
				ON CONFLICT DO UPDATE SET n = n + excluded.n, commented = commented + excluded.commented`,
			)
			.bind(siteId, recount),
		unpackFrom(db, siteId, "(SELECT min(day) FROM tally_difference WHERE site = ?1 AND recount = ?2)", recount),
	]);
	return { differences: found?.results ?? [], rows: found?.meta.rows_read ?? 0 };
}

/** The differences of one day of a site's tally, as they were found and mended. */
export interface MendedDay {
	readonly site: SiteId;
	/** What the site is called; null where it is gone. */
	readonly name: string | null;
	readonly day: Day;
	/** Unix milliseconds. */
	readonly foundAt: number;
	/** Rows of the tally that were wrong. */
	readonly rows: number;
	/** Asks, and asks with a comment, by which they were, whichever way; an ask is in several rows. */
	readonly asks: number;
	readonly commented: number;
}

/** At most `limit` days mended since `since` (Unix milliseconds), of any site, the latest first. */
export async function mendedDays(db: D1Database, since: number, limit: number): Promise<MendedDay[]> {
	const { results } = await db
		.prepare(
			`SELECT site, (SELECT name FROM site WHERE id = found.site) AS name, day, found_at AS foundAt, count(*) AS rows, sum(abs(n)) AS asks, sum(abs(commented)) AS commented
			FROM (SELECT site, day, found_at, n, commented FROM tally_difference INDEXED BY tally_difference_found
				WHERE found_at >= ?1 ORDER BY found_at DESC LIMIT 1000) AS found
			GROUP BY found_at, site, day ORDER BY found_at DESC, site, day LIMIT ?2`,
		)
		.bind(since, limit)
		.all<MendedDay>();
	return results;
}

/** Forgets at most `limit` differences found before `before` (Unix milliseconds). */
export async function forgetDifferences(db: D1Database, before: number, limit: number): Promise<number> {
	const { results } = await db
		.prepare(
			`DELETE FROM tally_difference WHERE (site, recount, survey, version, key, value, day, outcome) IN (
				SELECT site, recount, survey, version, key, value, day, outcome FROM tally_difference INDEXED BY tally_difference_found
				WHERE found_at < ?1 LIMIT ?2)
			RETURNING site`,
		)
		.bind(before, limit)
		.all();
	return results.length;
}
