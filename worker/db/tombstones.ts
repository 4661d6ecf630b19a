import { EDIT_WINDOW_MS } from "../../shared/limits.ts";
import type { SiteId } from "../site.ts";

/** Milliseconds a tombstone stands: thirteen months at their longest. */
export const TOMBSTONE_MS = 397 * 24 * 60 * 60 * 1000;

/** What was deleted, by the id of its ask, or erased, by a keyed hash (worker/keys/tombstone-id.ts). */
export interface Tombstone {
	readonly id: string;
	/** Unix milliseconds. */
	readonly at: number;
}

/** The columns of an ask that an erased one has empty. */
export const ERASED_COLUMNS: readonly string[] = ["comment", '"transaction"', "customer", "page"];

/** What of a revision says whether it was erased, each as SQL. */
interface RevisionSql {
	readonly site: string;
	readonly id: string;
	readonly shownAt: string;
	readonly receivedAt: string;
	/** Ids of tombstones, or null. */
	readonly customer: string;
	readonly transaction: string;
}

/**
 * SQL for when the customer or the transaction of a revision was erased, if its ask was shown by then; otherwise null, for what was
 * shown later is a new relationship. An age that was cut to the greatest that is believed says only that it was shown long ago.
 */
export function erasedAt({ site, id, shownAt, receivedAt, customer, transaction }: RevisionSql): string {
	const shown = `coalesce((SELECT shown_at FROM ask WHERE site = ${site} AND id = ${id}), ${shownAt})`;
	return `(SELECT max(created_at) FROM tombstone WHERE site = ${site} AND id IN (${customer}, ${transaction})
		AND (created_at >= ${shown} OR ${receivedAt} - ${shownAt} >= ${EDIT_WINDOW_MS}))`;
}

/** A statement that keeps tombstones of a site; of two with one id the later. */
export function insertTombstones(db: D1Database, siteId: SiteId, tombstones: readonly Tombstone[]): D1PreparedStatement {
	return db
		.prepare(
			`INSERT INTO tombstone (site, id, created_at)
			SELECT ?1, json_extract(value, '$.id'), json_extract(value, '$.at') FROM json_each(?2) WHERE true
			ON CONFLICT (site, id) DO UPDATE SET created_at = excluded.created_at WHERE excluded.created_at > tombstone.created_at`,
		)
		.bind(siteId, JSON.stringify(tombstones));
}

/** Whether the site has erased anybody or any transaction. */
export async function hasErased(db: D1Database, siteId: SiteId): Promise<boolean> {
	const row = await db
		.prepare(
			`SELECT 1 FROM tombstone WHERE site = ?1 AND id >= 'customer/' AND id < 'customer0'
			UNION ALL SELECT 1 FROM tombstone WHERE site = ?1 AND id >= 'transaction/' AND id < 'transaction0' LIMIT 1`,
		)
		.bind(siteId)
		.first();
	return row !== null;
}

/**
 * Removes at most `limit` tombstones that have stood for thirteen months, of every site in this database, the oldest first.
 * @returns how many it removed; fewer than `limit` when none is left
 */
export async function expireTombstones(db: D1Database, now: number, limit: number): Promise<number> {
	const { results } = await db
		.prepare(
			`DELETE FROM tombstone WHERE (site, id) IN
				(SELECT site, id FROM tombstone INDEXED BY tombstone_created WHERE created_at < ?1 ORDER BY created_at LIMIT ?2)
			RETURNING id`,
		)
		.bind(now - TOMBSTONE_MS, limit)
		.all();
	return results.length;
}
