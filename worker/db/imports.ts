import type { ImportView } from "../../shared/import-contract.ts";
import type { SiteId } from "../site.ts";

/** An import as it is kept. */
export interface ImportRow {
	id: string;
	source: ImportView["source"];
	name: string;
	survey: string | null;
	fingerprint: string | null;
	columns: string | null;
	mapping: string;
	state: ImportView["state"];
	next_line: number;
	stored: number;
	counted: number;
	duplicate: number;
	refused: number;
	blank: number;
	dropped: string;
	undone: number;
	undone_to: string;
	created_at: number;
	updated_at: number;
}

/** The columns of an `ImportRow`. */
export const IMPORT_COLUMNS = `id, source, name, survey, fingerprint, columns, mapping, state, next_line, stored, counted, duplicate, refused, blank, dropped,
	undone, undone_to, created_at, updated_at`;

/** Imports that are listed, at most. */
const LISTED = 100;

/** The newest imports of a site. */
export async function importsOf(db: D1Database, siteId: SiteId): Promise<ImportRow[]> {
	const { results } = await db
		.prepare(
			`SELECT ${IMPORT_COLUMNS} FROM import_job INDEXED BY import_job_created WHERE site = ?1 ORDER BY created_at DESC LIMIT ${LISTED}`,
		)
		.bind(siteId)
		.all<ImportRow>();
	return results;
}

/** The import of a site with this id, or null. */
export async function importById(db: D1Database, siteId: SiteId, id: string): Promise<ImportRow | null> {
	return db.prepare(`SELECT ${IMPORT_COLUMNS} FROM import_job WHERE site = ?1 AND id = ?2`).bind(siteId, id).first<ImportRow>();
}

/** Begins an import. */
export async function insertImport(
	db: D1Database,
	siteId: SiteId,
	row: Pick<ImportRow, "id" | "source" | "name" | "survey" | "fingerprint" | "columns" | "mapping" | "next_line" | "created_at">,
): Promise<void> {
	await db
		.prepare(
			`INSERT INTO import_job (site, id, source, name, survey, fingerprint, columns, mapping, state, next_line, created_at, updated_at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'open', ?9, ?10, ?10)`,
		)
		.bind(
			siteId,
			row.id,
			row.source,
			row.name,
			row.survey,
			row.fingerprint,
			row.columns,
			row.mapping,
			row.next_line,
			row.created_at,
		)
		.run();
}

/** Ends an import that is open: it takes no more lines. */
export async function finishImport(db: D1Database, siteId: SiteId, id: string, now: number): Promise<void> {
	await db
		.prepare("UPDATE import_job SET state = 'finished', updated_at = ?3 WHERE site = ?1 AND id = ?2 AND state = 'open'")
		.bind(siteId, id, now)
		.run();
}

/** Answers looked at in one step of taking an import back. */
const STEP = 1_000;

/**
 * Takes the next answers of an import out of the site and its numbers, and forgets that they were brought, so that they may come again.
 * What retention has passed stays counted, and stays known. Each step goes on where the last one ended; the last leaves it `undone`.
 */
export async function undoImport(
	db: D1Database,
	siteId: SiteId,
	{ id, undone_to }: ImportRow,
	now: number,
): Promise<ImportRow | null> {
	const end = await db
		.prepare(
			"SELECT max(id) AS id, count(*) AS n FROM (SELECT id FROM imported WHERE site = ?1 AND id > ?2 ORDER BY id LIMIT ?3)",
		)
		.bind(siteId, undone_to, STEP)
		.first<{ id: string | null; n: number }>();
	const last = end?.id ?? undone_to;
	const among = "site = ?1 AND id > ?3 AND id <= ?4 AND import = ?2";
	const range = [siteId, id, undone_to, last] as const;
	const rows = await db.batch<ImportRow>([
		db
			.prepare(
				`UPDATE imported SET kept = 2 WHERE ${among} AND EXISTS (SELECT 1 FROM ask WHERE site = ?1 AND id = imported.id
					AND day >= coalesce((SELECT raw_from FROM site WHERE id = ?1), ''))`,
			)
			.bind(...range),
		db.prepare(`DELETE FROM ask WHERE site = ?1 AND id IN (SELECT id FROM imported WHERE ${among} AND kept = 2)`).bind(...range),
		db
			.prepare(
				`UPDATE import_job SET undone = undone + (SELECT count(*) FROM imported WHERE ${among} AND kept = 2),
					undone_to = ?4, state = ?5, updated_at = ?6
				WHERE site = ?1 AND id = ?2 AND undone_to = ?3 AND state <> 'undone' RETURNING ${IMPORT_COLUMNS}`,
			)
			.bind(...range, (end?.n ?? 0) < STEP ? "undone" : "undoing", now),
		db.prepare(`DELETE FROM imported WHERE ${among} AND kept = 2`).bind(...range),
	]);
	return rows[2]?.results[0] ?? null;
}
