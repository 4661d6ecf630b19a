import type { Day } from "../../shared/day.ts";
import type { Erasable } from "../keys/tombstone-id.ts";
import type { SiteId } from "../site.ts";

/** A message that a queue has given up, as it was sent. Times are Unix milliseconds. */
export interface DeadLetter {
	readonly id: string;
	/** JSON. It may hold what a shopper wrote. */
	readonly body: string;
	readonly sentAt: number;
	/** Whose it is; null where it cannot be told. */
	readonly site: SiteId | null;
	/** Why it could not be kept when that was last tried; empty where nobody knows. */
	readonly reason: string;
	/** 0 for never. */
	readonly triedAt: number;
}

/** Where the last page ended. */
export interface LetterPosition {
	readonly sentAt: number;
	readonly id: string;
}

const COLUMNS = "id, body, sent_at AS sentAt, site, reason, tried_at AS triedAt";

/** Keeps a message that a queue has given up; the same one twice is kept once. A site that there is not is none. */
export async function insertDeadLetter(db: D1Database, letter: DeadLetter): Promise<void> {
	await db
		.prepare(
			`INSERT INTO dead_letter (id, body, sent_at, site, reason, tried_at)
			VALUES (?1, ?2, ?3, (SELECT site FROM place WHERE site = ?4), ?5, ?6) ON CONFLICT DO NOTHING`,
		)
		.bind(letter.id, letter.body, letter.sentAt, letter.site, letter.reason, letter.triedAt)
		.run();
}

/** At most `limit` dead letters sent after `after`, the oldest first. */
export async function deadLetters(db: D1Database, after: LetterPosition, limit: number): Promise<DeadLetter[]> {
	const { results } = await db
		.prepare(
			`SELECT ${COLUMNS} FROM dead_letter INDEXED BY dead_letter_sent
			WHERE (sent_at, id) > (?1, ?2) ORDER BY sent_at, id LIMIT ?3`,
		)
		.bind(after.sentAt, after.id, limit)
		.all<DeadLetter>();
	return results;
}

/** The dead letter with this id, or null. */
export async function deadLetterById(db: D1Database, id: string): Promise<DeadLetter | null> {
	return db.prepare(`SELECT ${COLUMNS} FROM dead_letter WHERE id = ?1`).bind(id).first<DeadLetter>();
}

/** At most `limit` dead letters, those first whose last try is the longest ago: one that cannot be kept stands in nobody's way. */
export async function deadLettersToTry(db: D1Database, limit: number): Promise<DeadLetter[]> {
	const { results } = await db
		.prepare(`SELECT ${COLUMNS} FROM dead_letter INDEXED BY dead_letter_turn ORDER BY tried_at, sent_at LIMIT ?1`)
		.bind(limit)
		.all<DeadLetter>();
	return results;
}

/** Removes dead letters. @returns how many there were */
export async function deleteDeadLetters(db: D1Database, ids: readonly string[]): Promise<number> {
	const { results } = await db
		.prepare("DELETE FROM dead_letter WHERE id IN (SELECT value FROM json_each(?1)) RETURNING id")
		.bind(JSON.stringify(ids))
		.all();
	return results.length;
}

/** Notes why dead letters could not be kept this time. */
export async function noteReasons(
	db: D1Database,
	failed: readonly { readonly id: string; readonly reason: string }[],
	now: number,
): Promise<void> {
	await db
		.prepare(
			`UPDATE dead_letter SET tried_at = ?2, reason = json_extract(one.value, '$.reason')
			FROM json_each(?1) AS one WHERE dead_letter.id = json_extract(one.value, '$.id')`,
		)
		.bind(JSON.stringify(failed), now)
		.run();
}

/** How many dead letters there are, of at most `most` that are looked at, and when the oldest was sent; null where there is none. */
export async function countDeadLetters(
	db: D1Database,
	most: number,
): Promise<{ readonly count: number; readonly oldest: number | null }> {
	const row = await db
		.prepare(
			`SELECT count(*) AS count, min(sent_at) AS oldest FROM (
				SELECT sent_at FROM dead_letter INDEXED BY dead_letter_sent ORDER BY sent_at LIMIT ?1)`,
		)
		.bind(most)
		.first<{ count: number; oldest: number | null }>();
	return row ?? { count: 0, oldest: null };
}

/** The names in a letter, as paths of JSON; its body without them; whether it has any. */
const NAMES = ["comment", "customer", "transaction", "page", "callback"].map((name) => `$.revision.${name}`);
const EMPTIED = `json_replace(body, ${NAMES.map((path) => `'${path}', NULL`).join(", ")})`;
const NAMED = `coalesce(${NAMES.map((path) => `json_extract(body, '${path}')`).join(", ")}) IS NOT NULL`;

/**
 * Takes customer, transaction, comment, page and call back out of the letters of a site that name this customer or this transaction, or
 * are of one of these asks.
 */
export async function eraseDeadLetters(
	db: D1Database,
	siteId: SiteId,
	kind: Erasable,
	value: string,
	asks: readonly string[],
): Promise<void> {
	await db
		.prepare(
			`UPDATE dead_letter SET body = ${EMPTIED}
			WHERE iif(json_valid(body), json_extract(body, '$.site') = ?1 AND (json_extract(body, '$.revision.' || ?2) = ?3
				OR json_extract(body, '$.revision.id') IN (SELECT value FROM json_each(?4))), 0)`,
		)
		.bind(siteId, kind, value, JSON.stringify(asks))
		.run();
}

/** Removes the letters of one ask of a site. */
export async function deleteLettersOf(db: D1Database, siteId: SiteId, ask: string): Promise<void> {
	await db
		.prepare(
			`DELETE FROM dead_letter INDEXED BY dead_letter_site
			WHERE site = ?1 AND iif(json_valid(body), json_extract(body, '$.revision.id') = ?2, 0)`,
		)
		.bind(siteId, ask)
		.run();
}

/** The next `limit` letters by their ids, after `after`; one that is no JSON names nobody. */
export async function lettersAfter(db: D1Database, after: string, limit: number): Promise<Pick<DeadLetter, "id" | "body">[]> {
	const { results } = await db
		.prepare("SELECT id, body FROM dead_letter WHERE id > ?1 AND json_valid(body) ORDER BY id LIMIT ?2")
		.bind(after, limit)
		.all<Pick<DeadLetter, "id" | "body">>();
	return results;
}

/** Takes customer, transaction, comment, page and call back out of a letter. False where it has none of them. */
export async function eraseDeadLetter(db: D1Database, id: string): Promise<boolean> {
	const { results } = await db
		.prepare(`UPDATE dead_letter SET body = ${EMPTIED} WHERE id = ?1 AND ${NAMED} RETURNING id`)
		.bind(id)
		.all();
	return results.length > 0;
}

/**
 * A site's retention in its dead letters, by the day of the ask: before `rawFrom` they go, before `namedFrom` they lose what names a
 * shopper. One that names no day goes as a whole, for nobody knows what is in it.
 * @returns how many went or changed
 */
export async function forgetInDeadLetters(db: D1Database, siteId: SiteId, namedFrom: Day, rawFrom: Day): Promise<number> {
	const day = "json_extract(body, '$.revision.day')";
	const dated = "json_type(body, '$.revision.day') = 'text'";
	const [gone, nameless] = await db.batch([
		db
			.prepare(
				`DELETE FROM dead_letter INDEXED BY dead_letter_site
				WHERE site = ?1 AND iif(${dated}, ${day} < ?2, date(sent_at / 1000, 'unixepoch') < ?3) RETURNING id`,
			)
			.bind(siteId, rawFrom, namedFrom),
		db
			.prepare(
				`UPDATE dead_letter INDEXED BY dead_letter_site SET body = ${EMPTIED}
				WHERE site = ?1 AND ${dated} AND ${day} < ?2 AND ${NAMED}
				RETURNING id`,
			)
			.bind(siteId, namedFrom),
	]);
	return (gone?.results.length ?? 0) + (nameless?.results.length ?? 0);
}

/** Removes at most `limit` dead letters sent before `before` (Unix milliseconds) that belong to no site: nobody's retention covers them. */
export async function forgetStrayLetters(db: D1Database, before: number, limit: number): Promise<number> {
	const { results } = await db
		.prepare(
			`DELETE FROM dead_letter WHERE id IN (
				SELECT id FROM dead_letter INDEXED BY dead_letter_stray WHERE site IS NULL AND sent_at < ?1 ORDER BY sent_at LIMIT ?2)
			RETURNING id`,
		)
		.bind(before, limit)
		.all();
	return results.length;
}
