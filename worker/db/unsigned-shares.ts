import type { Day } from "../../shared/day.ts";
import type { SiteId } from "../site.ts";

/** A site that signs its orders. */
export interface SigningSite {
	readonly id: SiteId;
	readonly name: string;
	readonly timezone: string;
}

/** At most `limit` sites that sign, in the order of their ids, behind `after`. */
export async function signingSites(db: D1Database, after: SiteId, limit: number): Promise<SigningSite[]> {
	const { results } = await db
		.prepare(
			`SELECT id, name, timezone FROM site INDEXED BY site_signing WHERE token_mode <> 'off' AND id > ?1 ORDER BY id LIMIT ?2`,
		)
		.bind(after, limit)
		.all<SigningSite>();
	return results;
}

/** Days of one site, both included. */
export interface SiteDays {
	readonly site: SiteId;
	readonly from: Day;
	readonly to: Day;
}

/** A site's answers to the latest version of its surveys, and those of them that came unsigned. */
export interface UnsignedShare {
	readonly site: SiteId;
	readonly answers: number;
	readonly unsigned: number;
}

/** How many answers of each site came unsigned on its days, from the tally; sites without an answer are missing. */
export async function unsignedShares(db: D1Database, sites: readonly SiteDays[]): Promise<UnsignedShare[]> {
	const { results } = await db
		.prepare(
			`SELECT s.site, sum(t.n) AS answers, sum(iif(t.value = 'no', t.n, 0)) AS unsigned
			FROM (SELECT json_extract(value, '$.site') AS site, json_extract(value, '$.from') AS first, json_extract(value, '$.to') AS last
				FROM json_each(?1)) AS s
			CROSS JOIN survey v ON v.site = s.site
			CROSS JOIN tally t ON t.site = v.site AND t.survey = v.slug AND t.version = v.version AND t.key = 'verified'
				AND t.value IN ('yes', 'no') AND t.day BETWEEN s.first AND s.last
			WHERE t.outcome NOT IN ('dismissed', 'ignored') GROUP BY s.site`,
		)
		.bind(JSON.stringify(sites))
		.all<UnsignedShare>();
	return results;
}
