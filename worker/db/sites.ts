import type { Locale } from "../../shared/locales/index.ts";
import type { Site, SiteId } from "../site.ts";

/** A site as it is stored. */
export interface SiteRow {
	id: string;
	shard: string;
	public_key: string;
	name: string;
	timezone: string;
	locale: Locale;
	locales: string;
	default_survey: string;
	origins: string;
	segments: string;
	token_mode: Site["tokenMode"];
	token_days: number;
	ingest: Site["ingest"];
	identities_months: number;
	rows_months: number;
	raw_from: string | null;
	created_at: number;
	changes: number;
}

/** The columns of a `SiteRow`. */
export const COLUMNS = `id, shard, public_key, name, timezone, locale, locales, default_survey, origins, segments, token_mode, token_days, ingest,
	identities_months, rows_months, raw_from, created_at, changes`;

/** A site of its row. */
export function siteOf(row: SiteRow): Site {
	return {
		id: row.id,
		shard: row.shard,
		publicKey: row.public_key,
		name: row.name,
		timezone: row.timezone,
		locale: row.locale,
		locales: JSON.parse(row.locales),
		defaultSurvey: row.default_survey,
		origins: JSON.parse(row.origins),
		segments: JSON.parse(row.segments),
		tokenMode: row.token_mode,
		tokenDays: row.token_days,
		ingest: row.ingest,
		retention: { identitiesMonths: row.identities_months, rowsMonths: row.rows_months },
		rawFrom: row.raw_from,
		createdAt: row.created_at,
		changes: row.changes,
	};
}

/** The site with this id, or null. */
export async function siteById(db: D1Database, siteId: SiteId): Promise<Site | null> {
	const row = await db.prepare(`SELECT ${COLUMNS} FROM site WHERE id = ?1`).bind(siteId).first<SiteRow>();
	return row && siteOf(row);
}

/** The sites with these ids that are in this database, in no order. */
export async function sitesById(db: D1Database, ids: readonly SiteId[]): Promise<Site[]> {
	const { results } = await db
		.prepare(`SELECT ${COLUMNS} FROM site WHERE id IN (SELECT value FROM json_each(?1))`)
		.bind(JSON.stringify(ids))
		.all<SiteRow>();
	return results.map(siteOf);
}

/** A statement that keeps a new site. */
export function insertSite(db: D1Database, site: Site): D1PreparedStatement {
	return db
		.prepare(
			`INSERT INTO site (${COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)`,
		)
		.bind(
			site.id,
			site.shard,
			site.publicKey,
			site.name,
			site.timezone,
			site.locale,
			JSON.stringify(site.locales),
			site.defaultSurvey,
			JSON.stringify(site.origins),
			JSON.stringify(site.segments),
			site.tokenMode,
			site.tokenDays,
			site.ingest,
			site.retention.identitiesMonths,
			site.retention.rowsMonths,
			site.rawFrom,
			site.createdAt,
			site.changes,
		);
}

/**
 * Keeps what an owner may change of a site; its keys have ways of their own. Another retention has its turn at once. False when it
 * was changed since it was read (`changes`): then nothing was kept.
 */
export async function updateSite(db: D1Database, siteId: SiteId, site: Site): Promise<boolean> {
	const row = await db
		.prepare(
			`UPDATE site SET changes = changes + 1, name = ?2, timezone = ?3, locale = ?4, locales = ?5, default_survey = ?6, origins = ?7,
				segments = ?8, token_mode = ?9, token_days = ?10, ingest = ?11, identities_months = ?12, rows_months = ?13,
				retain_at = iif(identities_months = ?12 AND rows_months = ?13, retain_at, 0)
			WHERE id = ?1 AND changes = ?14 RETURNING id`,
		)
		.bind(
			siteId,
			site.name,
			site.timezone,
			site.locale,
			JSON.stringify(site.locales),
			site.defaultSurvey,
			JSON.stringify(site.origins),
			JSON.stringify(site.segments),
			site.tokenMode,
			site.tokenDays,
			site.ingest,
			site.retention.identitiesMonths,
			site.retention.rowsMonths,
			site.changes,
		)
		.first();
	return row !== null;
}
