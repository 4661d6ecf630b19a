import type { Erasable } from "../keys/tombstone-id.ts";
import type { SiteId } from "../site.ts";

/** Keeps a message that a queue has given up; the same one twice is kept once. */
export async function insertDeadLetter(db: D1Database, id: string, body: string, sentAt: number): Promise<void> {
	await db
		.prepare("INSERT INTO dead_letter (id, body, sent_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
		.bind(id, body, sentAt)
		.run();
}

/** A body without what an erased ask has empty, where it is JSON at all. */
const EMPTIED = `json_set(body, '$.revision.comment', NULL, '$.revision.transaction', NULL, '$.revision.customer', NULL, '$.revision.page', NULL)`;

/** Takes customer, transaction, comment and page out of the letters of a site that name this customer or this transaction. */
export async function eraseDeadLetters(db: D1Database, siteId: SiteId, kind: Erasable, value: string): Promise<void> {
	await db
		.prepare(
			`UPDATE dead_letter SET body = ${EMPTIED}
			WHERE iif(json_valid(body), json_extract(body, '$.site') = ?1 AND json_extract(body, '$.revision.' || ?2) = ?3, 0)`,
		)
		.bind(siteId, kind, value)
		.run();
}

/** A message that a queue has given up. */
export interface DeadLetter {
	readonly id: string;
	/** As it was sent, in JSON. */
	readonly body: string;
}

/** The next `limit` letters by their ids, after `after`; one that is no JSON names nobody. */
export async function lettersAfter(db: D1Database, after: string, limit: number): Promise<DeadLetter[]> {
	const { results } = await db
		.prepare("SELECT id, body FROM dead_letter WHERE id > ?1 AND json_valid(body) ORDER BY id LIMIT ?2")
		.bind(after, limit)
		.all<DeadLetter>();
	return results;
}

/** Takes customer, transaction, comment and page out of a letter. */
export async function eraseDeadLetter(db: D1Database, id: string): Promise<void> {
	await db.prepare(`UPDATE dead_letter SET body = ${EMPTIED} WHERE id = ?1`).bind(id).run();
}
