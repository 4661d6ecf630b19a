import type { Erasable, TombstoneIds } from "../keys/tombstone-id.ts";
import type { SiteId } from "../site.ts";
import { ERASED_COLUMNS, erasedAt, insertTombstones, type Tombstone } from "./tombstones.ts";

const EMPTIED = ERASED_COLUMNS.map((name) => `${name} = NULL`).join(", ");

/** How the asks of each are found. */
const FOUND = {
	customer: { index: "ask_customer", column: "customer" },
	transaction: { index: "ask_transaction", column: '"transaction"' },
} as const satisfies Record<Erasable, { index: string; column: string }>;

/**
 * Keeps the tombstone of a customer or a transaction: it does to what arrives from now on, and was shown before, what `eraseAsks` does to
 * what is there.
 * @returns the ids of the asks that name it
 */
export async function entomb(
	db: D1Database,
	siteId: SiteId,
	kind: Erasable,
	value: string,
	tombstone: Tombstone,
): Promise<string[]> {
	const { index, column } = FOUND[kind];
	const [, naming] = await db.batch<{ id: string }>([
		insertTombstones(db, siteId, [tombstone]),
		db.prepare(`SELECT id FROM ask INDEXED BY ${index} WHERE site = ?1 AND ${column} = ?2`).bind(siteId, value),
	]);
	return naming?.results.map(({ id }) => id) ?? [];
}

/**
 * Erases a customer or a transaction: every ask that names it, signed or claimed, loses customer, transaction, comment and page. Its
 * score, reasons and segments stay in the numbers, nameless. Segments hold declared values only, never a person.
 * @returns how many asks were erased
 */
export async function eraseAsks(db: D1Database, siteId: SiteId, kind: Erasable, value: string, now: number): Promise<number> {
	const { index, column } = FOUND[kind];
	const { results } = await db
		.prepare(`UPDATE ask INDEXED BY ${index} SET ${EMPTIED}, erased_at = ?3 WHERE site = ?1 AND ${column} = ?2 RETURNING id`)
		.bind(siteId, value, now)
		.all();
	return results.length;
}

/** What of a revision says what was done to its ask. Times are Unix milliseconds. */
export interface Fated {
	/** As the ask is kept. */
	readonly id: string;
	readonly shownAt: number;
	readonly receivedAt: number;
}

/** What was done to an ask: by its owner, or to whom it names. */
export type Fate = "deleted" | "erased" | null;

/** What was done to the ask of a revision, by its id and by the tombstones of whom the revision names. */
export async function fateOf(
	db: D1Database,
	siteId: SiteId,
	{ id, shownAt, receivedAt }: Fated,
	[customer, transaction]: TombstoneIds,
): Promise<Fate> {
	const erased = { site: "?1", id: "?2", shownAt: "?3", receivedAt: "?4", customer: "?5", transaction: "?6" };
	const row = await db
		.prepare(
			`SELECT EXISTS (SELECT 1 FROM tombstone WHERE site = ?1 AND id = ?2) AS deleted,
				coalesce((SELECT erased_at FROM ask WHERE site = ?1 AND id = ?2), ${erasedAt(erased)}) IS NOT NULL AS erased`,
		)
		.bind(siteId, id, shownAt, receivedAt, customer, transaction)
		.first<{ deleted: number; erased: number }>();
	return row?.deleted ? "deleted" : row?.erased ? "erased" : null;
}

/** An ask that names somebody or something. */
export interface NamingAsk {
	readonly id: string;
	readonly customer: string | null;
	readonly transaction: string | null;
	readonly shown_at: number;
}

/** The next `limit` asks of a site by their ids, after `after`, whether they name anything or not. */
export async function asksAfter(db: D1Database, siteId: SiteId, after: string, limit: number): Promise<NamingAsk[]> {
	const { results } = await db
		.prepare('SELECT id, customer, "transaction", shown_at FROM ask WHERE site = ?1 AND id > ?2 ORDER BY id LIMIT ?3')
		.bind(siteId, after, limit)
		.all<NamingAsk>();
	return results;
}

/** When those were erased that a tombstone of the site names. Each is asked by an id, with the tombstones it would have. */
export async function erasuresAmong(
	db: D1Database,
	siteId: SiteId,
	named: readonly (readonly [id: string, ...TombstoneIds])[],
): Promise<Map<string, number>> {
	const { results } = await db
		.prepare(
			`SELECT json_extract(named.value, '$[0]') AS id, max(tombstone.created_at) AS at FROM json_each(?2) AS named
			CROSS JOIN tombstone ON tombstone.site = ?1
				AND tombstone.id IN (json_extract(named.value, '$[1]'), json_extract(named.value, '$[2]'))
			GROUP BY 1`,
		)
		.bind(siteId, JSON.stringify(named))
		.all<Tombstone>();
	return new Map(results.map(({ id, at }) => [id, at]));
}

/** Erases asks by their ids. Gives how many. */
export async function eraseAsksById(db: D1Database, siteId: SiteId, ids: readonly string[], now: number): Promise<number> {
	const { results } = await db
		.prepare(`UPDATE ask SET ${EMPTIED}, erased_at = ?3 WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2)) RETURNING id`)
		.bind(siteId, JSON.stringify(ids), now)
		.all();
	return results.length;
}
