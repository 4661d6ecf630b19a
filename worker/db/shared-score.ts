import type { SiteId } from "../site.ts";

/** A shared score as it was last computed; `value` is null where there were no answers. */
export interface SharedScoreRow {
	version: number;
	/** Which answers it counts. */
	verified: "all" | "only";
	value: number | null;
	responses: number;
	computed_at: number;
}

/** The shared score of a survey as it was last computed, or null. */
export async function keptSharedScore(db: D1Database, siteId: SiteId, survey: string): Promise<SharedScoreRow | null> {
	return db
		.prepare("SELECT version, verified, value, responses, computed_at FROM shared_score WHERE site = ?1 AND survey = ?2")
		.bind(siteId, survey)
		.first<SharedScoreRow>();
}

/** Keeps a shared score, unless a newer one than `notAfter` of the same version and answers was kept meanwhile. */
export async function keepSharedScore(
	db: D1Database,
	siteId: SiteId,
	survey: string,
	row: SharedScoreRow,
	notAfter: number,
): Promise<void> {
	await db
		.prepare(
			`INSERT INTO shared_score (site, survey, version, value, responses, computed_at, verified) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?8)
			ON CONFLICT (site, survey) DO UPDATE SET version = ?3, value = ?4, responses = ?5, computed_at = ?6, verified = ?8
			WHERE shared_score.version <> ?3 OR shared_score.verified <> ?8 OR shared_score.computed_at <= ?7`,
		)
		.bind(siteId, survey, row.version, row.value, row.responses, row.computed_at, notAfter, row.verified)
		.run();
}
