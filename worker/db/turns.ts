import type { Site, SiteId } from "../site.ts";
import { COLUMNS, type SiteRow, siteOf } from "./sites.ts";

/** What the scheduled run does site by site. */
export const CHORES = ["evaluate", "retain", "recount"] as const;

export type ChoreName = (typeof CHORES)[number];

/**
 * The site that has waited longest for its turn at a chore, or null where none waits. It is out of the line until `until`: should the
 * turn end everything, another site is first in the next run.
 */
export async function claimTurn(db: D1Database, chore: ChoreName, now: number, until: number): Promise<Site | null> {
	const row = await db
		.prepare(
			`UPDATE site SET ${chore}_at = ?2 WHERE id = (
				SELECT id FROM site INDEXED BY site_${chore} WHERE ${chore}_at <= ?1 ORDER BY ${chore}_at LIMIT 1)
			RETURNING ${COLUMNS}`,
		)
		.bind(now, until)
		.first<SiteRow>();
	return row && siteOf(row);
}

/** Ends a turn that went well. A chore that is not finished waits from the day it began to. */
export async function endTurn(db: D1Database, chore: ChoreName, siteId: SiteId, at: number, finished: boolean): Promise<void> {
	await db.batch([
		db
			.prepare(`UPDATE site SET ${chore}_at = ?2, ${chore}_due = iif(?3, ?2, ${chore}_due) WHERE id = ?1`)
			.bind(siteId, at, finished ? 1 : 0),
		db.prepare("DELETE FROM chore_failure WHERE site = ?1 AND chore = ?2").bind(siteId, chore),
	]);
}

/** Notes a turn that failed, for the operator. */
export async function failTurn(db: D1Database, chore: ChoreName, siteId: SiteId, now: number, reason: string): Promise<void> {
	await db
		.prepare(
			`INSERT INTO chore_failure (site, chore, since, at, times, reason) VALUES (?1, ?2, ?3, ?3, 1, ?4)
			ON CONFLICT (site, chore) DO UPDATE SET at = ?3, times = times + 1, reason = ?4`,
		)
		.bind(siteId, chore, now, reason)
		.run();
}

/** A chore that has failed and not succeeded since, with what its site is called. Times are Unix milliseconds. */
export interface Failure {
	readonly site: SiteId;
	readonly name: string | null;
	readonly chore: ChoreName;
	readonly since: number;
	readonly at: number;
	readonly times: number;
	readonly reason: string;
}

/** At most `limit` chores that fail, of any site. */
export async function failures(db: D1Database, limit: number): Promise<Failure[]> {
	const { results } = await db
		.prepare(
			`SELECT site, (SELECT name FROM site WHERE id = chore_failure.site) AS name, chore, since, at, times, reason
			FROM chore_failure LIMIT ?1`,
		)
		.bind(limit)
		.all<Failure>();
	return results;
}

/** How many sites wait for a chore, and since when (Unix milliseconds) the longest does; null where none waits. */
export interface Line {
	readonly sites: number;
	readonly since: number | null;
}

/** The line of sites before each chore, of which at most `most` are looked at. */
export async function lines(db: D1Database, now: number, most: number): Promise<Record<ChoreName, Line>> {
	const [evaluate, retain, recount] = await db.batch<Line>(
		CHORES.map((chore) =>
			db
				.prepare(
					`SELECT count(*) AS sites, min(since) AS since FROM (
						SELECT max(${chore}_due, created_at) AS since FROM site INDEXED BY site_${chore} WHERE ${chore}_at <= ?1 LIMIT ?2)`,
				)
				.bind(now, most),
		),
	);
	const nobody: Line = { sites: 0, since: null };
	return {
		evaluate: evaluate?.results[0] ?? nobody,
		retain: retain?.results[0] ?? nobody,
		recount: recount?.results[0] ?? nobody,
	};
}
