import type { EventType } from "../../shared/event-contract.ts";
import { type DeliveryState, REPLAYED_AT_ONCE } from "../../shared/webhook-contract.ts";
import { REPLAYABLE_MS } from "../expire.ts";
import type { SiteId } from "../site.ts";

/** One delivery as it is kept. */
export interface DeliveryRow {
	id: string;
	endpoint: string;
	type: EventType;
	subject: string;
	state: DeliveryState;
	created_at: number;
	due_at: number;
	tries: number;
	/** What came of each attempt, as JSON. */
	attempts: string;
	ended_at: number | null;
}

/** A place in the list: when a delivery was made (Unix milliseconds), and its id. */
export interface DeliveryPosition {
	readonly createdAt: number;
	readonly id: string;
}

const COLUMNS = "id, endpoint, type, subject, state, created_at, due_at, tries, attempts, ended_at";

/** At most `limit` deliveries for an endpoint before a place, newest first. Each state is a run of an index, read as far as the limit goes. */
export async function listDeliveries(
	db: D1Database,
	siteId: SiteId,
	endpoint: string,
	states: readonly DeliveryState[],
	before: DeliveryPosition | null,
	limit: number,
): Promise<DeliveryRow[]> {
	const sorted = "ORDER BY created_at DESC, id DESC LIMIT ?5";
	const runs = states.map(
		(state) => `SELECT * FROM (SELECT ${COLUMNS} FROM delivery INDEXED BY delivery_state
			WHERE site = ?1 AND endpoint = ?2 AND state = '${state}' AND (created_at, id) < (?3, ?4) ${sorted})`,
	);
	const { results } = await db
		.prepare(`${runs.join(" UNION ALL ")} ${sorted}`)
		.bind(siteId, endpoint, before?.createdAt ?? Number.MAX_SAFE_INTEGER, before?.id ?? "", limit)
		.all<DeliveryRow>();
	return results;
}

/** A site's delivery with its event as JSON, or null. */
export async function deliveryById(db: D1Database, siteId: SiteId, id: string): Promise<(DeliveryRow & { body: string }) | null> {
	return db
		.prepare(`SELECT ${COLUMNS}, body FROM delivery WHERE site = ?1 AND id = ?2`)
		.bind(siteId, id)
		.first<DeliveryRow & { body: string }>();
}

/**
 * Makes a delivery of type `test` for an endpoint that is active, due at once; while one is pending there is no second.
 * @returns the id of the one that is pending; null where the endpoint is not active
 */
export async function insertTest(
	db: D1Database,
	siteId: SiteId,
	endpoint: string,
	{ id, body, now }: { readonly id: string; readonly body: string; readonly now: number },
): Promise<string | null> {
	const [, , pending] = await db.batch<{ id: string }>([
		db
			.prepare(
				`INSERT INTO delivery (site, id, endpoint, type, subject, body, created_at, due_at) SELECT ?1, ?3, ?2, 'test', ?3, ?4, ?5, ?5
				WHERE EXISTS (SELECT 1 FROM endpoint WHERE site = ?1 AND id = ?2 AND active = 1) AND NOT EXISTS (
					SELECT 1 FROM delivery INDEXED BY delivery_state WHERE site = ?1 AND endpoint = ?2 AND state = 'pending' AND type = 'test')`,
			)
			.bind(siteId, endpoint, id, body, now),
		makeDue(db, siteId, endpoint, now),
		db
			.prepare(
				`SELECT id FROM delivery INDEXED BY delivery_state WHERE site = ?1 AND endpoint = ?2 AND state = 'pending' AND type = 'test'
				AND EXISTS (SELECT 1 FROM endpoint WHERE site = ?1 AND id = ?2 AND active = 1) LIMIT 1`,
			)
			.bind(siteId, endpoint),
	]);
	return pending?.results[0]?.id ?? null;
}

/** Sends a delivery anew, under its id: it is pending and due at once. @returns false where it ended longer ago than it can be replayed */
export async function replayDelivery(
	db: D1Database,
	siteId: SiteId,
	{ id, endpoint }: DeliveryRow,
	now: number,
): Promise<boolean> {
	const [replayed] = await db.batch([
		db
			.prepare(
				`UPDATE delivery SET state = 'pending', due_at = ?3, tries = 0, ended_at = NULL
				WHERE site = ?1 AND id = ?2 AND (ended_at IS NULL OR ended_at > ?4) RETURNING id`,
			)
			.bind(siteId, id, now, now - REPLAYABLE_MS),
		makeDue(db, siteId, endpoint, now),
	]);
	return replayed?.results.length === 1;
}

/**
 * Sends anew what has ended in this state and was made from `from` to `to` (Unix milliseconds, the second not included), oldest first, at
 * most a thousand behind `after`.
 * @returns how many, and where to go on; null where none is left
 */
export async function replayRange(
	db: D1Database,
	siteId: SiteId,
	endpoint: string,
	range: { readonly state: "dead" | "delivered"; readonly from: number; readonly to: number },
	after: DeliveryPosition | null,
	now: number,
): Promise<{ readonly replayed: number; readonly next: DeliveryPosition | null }> {
	const first = after ?? { createdAt: range.from, id: "" };
	const [updated] = await db.batch<{ id: string; created_at: number }>([
		db
			.prepare(
				`UPDATE delivery SET state = 'pending', due_at = ?8, tries = 0, ended_at = NULL WHERE site = ?1 AND id IN (
					SELECT id FROM delivery INDEXED BY delivery_state
					WHERE site = ?1 AND endpoint = ?2 AND state = ?3 AND (created_at, id) > (?4, ?5) AND created_at < ?6 AND ended_at > ?7
					ORDER BY created_at, id LIMIT ?9)
				RETURNING id, created_at`,
			)
			.bind(siteId, endpoint, range.state, first.createdAt, first.id, range.to, now - REPLAYABLE_MS, now, REPLAYED_AT_ONCE),
		makeDue(db, siteId, endpoint, now),
	]);
	const replayed = updated?.results ?? [];
	const last = replayed.toSorted((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1)).at(-1);
	return {
		replayed: replayed.length,
		next: last && replayed.length === REPLAYED_AT_ONCE ? { createdAt: last.created_at, id: last.id } : null,
	};
}

/** A statement that makes an endpoint due, unless it is paused; what its target asked for is heeded. */
export function makeDue(db: D1Database, siteId: SiteId, endpoint: string, now: number): D1PreparedStatement {
	return db
		.prepare(
			`UPDATE endpoint SET next_at = min(coalesce(next_at, ${Number.MAX_SAFE_INTEGER}), max(?3, coalesce(paused_until, 0)))
			WHERE site = ?1 AND id = ?2 AND active = 1`,
		)
		.bind(siteId, endpoint, now);
}

/** How the deliveries of one database fare. Times are Unix milliseconds. */
export interface DeliveryHealth {
	readonly pending: number;
	readonly dead: number;
	/** When the oldest of the pending ones that were counted was made. */
	readonly oldest: number | null;
	/** Since when the endpoint that waits longest for a sweep has been due. */
	readonly dueSince: number | null;
	/** Events that are due and that no run has told yet, and since when the one that waits longest has been due. */
	readonly untold: number;
	readonly untoldSince: number | null;
}

/** How a database's deliveries fare, of every site; at most `most` of each state, and of events, are counted. */
export async function deliveryHealth(db: D1Database, now: number, most: number): Promise<DeliveryHealth> {
	const row = await db
		.prepare(
			`SELECT pending.n AS pending, pending.oldest, dead.n AS dead,
				(SELECT min(next_at) FROM endpoint INDEXED BY endpoint_next WHERE next_at <= ?1 AND active = 1 AND coalesce(paused_until, 0) <= ?1) AS dueSince,
				untold.n AS untold, untold.since AS untoldSince
			FROM (SELECT count(*) AS n, min(created_at) AS oldest
					FROM (SELECT created_at FROM delivery INDEXED BY delivery_pending WHERE state = 'pending' LIMIT ?2)) AS pending,
				(SELECT count(*) AS n FROM (SELECT 1 FROM delivery INDEXED BY delivery_dead WHERE state = 'dead' LIMIT ?2)) AS dead,
				(SELECT count(*) AS n, min(due_at) AS since
					FROM (SELECT due_at FROM event_due INDEXED BY event_due_at WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2)) AS untold`,
		)
		.bind(now, most)
		.first<DeliveryHealth>();
	return row ?? { pending: 0, dead: 0, oldest: null, dueSince: null, untold: 0, untoldSince: null };
}
