import type { EventType } from "../../shared/event-contract.ts";
import type { SiteId } from "../site.ts";

/** An endpoint that has something to be sent. */
export interface DueEndpoint {
	readonly site: SiteId;
	readonly endpoint: string;
}

/** An endpoint that one sweep holds. */
export interface HeldEndpoint {
	readonly site: SiteId;
	readonly id: string;
	readonly kind: string;
	readonly settings: string;
	readonly sealed: string;
	readonly origin: string;
	/** Whether comments go there: 0 or 1. */
	readonly comments: number;
	/** Since when nothing got through (Unix milliseconds), and whether something that failed then is still to be sent: 0 or 1. */
	readonly failing_since: number | null;
	readonly trying: number;
	/** Until when it is held (Unix milliseconds): what ends the hold names it. */
	readonly leased_until: number;
}

/** A delivery that is due. */
export interface PendingDelivery {
	readonly id: string;
	readonly type: EventType;
	readonly body: string;
	readonly due_at: number;
	readonly tries: number;
	readonly attempts: string;
}

/** What came of one attempt. */
export interface Attempt {
	readonly at: string;
	readonly outcome: "delivered" | "failed" | "refused" | "gone";
	readonly status: number | null;
	/** In our own words; null where it was delivered. */
	readonly reason: string | null;
	/** Milliseconds it took. */
	readonly ms: number;
}

/** Attempts of one delivery that are kept, the newest. */
const KEPT_ATTEMPTS = 30;

/** Whether a delivery is due as it was when its attempt began: a replay makes it due anew. */
const AS_READ = "due_at = ?7 AND tries = ?8";

/** At most `limit` endpoints of this database, of any site, that have something due by `now` and that no sweep holds. */
export async function dueEndpoints(db: D1Database, now: number, limit: number): Promise<DueEndpoint[]> {
	const { results } = await db
		.prepare(
			`SELECT site, id AS endpoint FROM endpoint INDEXED BY endpoint_next WHERE next_at <= ?1 AND active = 1
				AND coalesce(leased_until, 0) <= ?1 AND coalesce(paused_until, 0) <= ?1 ORDER BY next_at LIMIT ?2`,
		)
		.bind(now, limit)
		.all<DueEndpoint>();
	return results;
}

/** Holds an endpoint that is due until `until`, for one sweep alone; null where it is not due, or held by another. */
export async function holdEndpoint(
	db: D1Database,
	siteId: SiteId,
	endpoint: string,
	now: number,
	until: number,
): Promise<HeldEndpoint | null> {
	return db
		.prepare(
			`UPDATE endpoint SET leased_until = ?4 WHERE site = ?1 AND id = ?2 AND active = 1 AND next_at <= ?3
				AND coalesce(leased_until, 0) <= ?3 AND coalesce(paused_until, 0) <= ?3
			RETURNING site, id, kind, settings, sealed, origin, comments, failing_since, leased_until, failing_since IS NOT NULL AND EXISTS (
				SELECT 1 FROM delivery INDEXED BY delivery_pending WHERE site = ?1 AND endpoint = ?2 AND state = 'pending' AND tries > 0
			) AS trying`,
		)
		.bind(siteId, endpoint, now, until)
		.first<HeldEndpoint>();
}

/** At most `limit` deliveries of an endpoint that are due, the longest waiting first. */
export async function pendingDeliveries(
	db: D1Database,
	siteId: SiteId,
	endpoint: string,
	now: number,
	limit: number,
): Promise<PendingDelivery[]> {
	const { results } = await db
		.prepare(
			`SELECT id, type, body, due_at, tries, attempts FROM delivery INDEXED BY delivery_pending
			WHERE site = ?1 AND endpoint = ?2 AND state = 'pending' AND due_at <= ?3 ORDER BY due_at LIMIT ?4`,
		)
		.bind(siteId, endpoint, now, limit)
		.all<PendingDelivery>();
	return results;
}

/**
 * A statement that keeps what came of an attempt; `again` is when the next one is due, null where there is none. What was replayed meanwhile
 * stays due as it is.
 */
export function keepAttempt(
	db: D1Database,
	siteId: SiteId,
	delivery: PendingDelivery,
	attempt: Attempt,
	again: number | null,
	now: number,
): D1PreparedStatement {
	const attempts = JSON.stringify([...JSON.parse(delivery.attempts), attempt].slice(-KEPT_ATTEMPTS));
	const state = again !== null ? "pending" : attempt.outcome === "delivered" ? "delivered" : "dead";
	return db
		.prepare(
			`UPDATE delivery SET attempts = ?4, state = iif(${AS_READ}, ?3, state), tries = iif(${AS_READ}, ?8 + 1, tries),
				due_at = iif(${AS_READ}, coalesce(?5, due_at), due_at), ended_at = iif(${AS_READ}, ?6, ended_at)
			WHERE site = ?1 AND id = ?2 AND state = 'pending'`,
		)
		.bind(siteId, delivery.id, state, attempts, again, again === null ? now : null, delivery.due_at, delivery.tries);
}

/** How a sweep leaves its endpoint. Times are Unix milliseconds. */
export interface Release {
	/** Since when nothing got through; null once something did. */
	readonly failingSince: number | null;
	readonly pausedUntil: number | null;
	/** Why nothing is sent there any more. */
	readonly ended: "gone" | "failing" | null;
}

/**
 * Lets go of an endpoint: it is due again when the next of its deliveries is. One that has ended sends nothing more, and what was pending is
 * dead. @returns when it is due next, or null
 */
export async function releaseEndpoint(
	db: D1Database,
	{ site, id, leased_until }: HeldEndpoint,
	{ failingSince, pausedUntil, ended }: Release,
	now: number,
): Promise<number | null> {
	const statements = [
		db
			.prepare(
				`UPDATE endpoint SET leased_until = NULL, failing_since = ?4, paused_until = ?5, active = iif(?6 IS NULL, active, 0),
					ended = coalesce(?6, ended), next_at = (SELECT min(due_at) FROM delivery INDEXED BY delivery_pending
						WHERE delivery.site = ?1 AND delivery.endpoint = ?2 AND state = 'pending')
				WHERE site = ?1 AND id = ?2 AND leased_until = ?3 RETURNING next_at`,
			)
			.bind(site, id, leased_until, failingSince, pausedUntil, ended),
	];
	if (ended !== null)
		statements.unshift(
			db
				.prepare("UPDATE delivery SET state = 'dead', ended_at = ?3 WHERE site = ?1 AND endpoint = ?2 AND state = 'pending'")
				.bind(site, id, now),
		);
	const results = await db.batch<{ next_at: number | null }>(statements);
	return results.at(-1)?.results[0]?.next_at ?? null;
}

/** Removes at most `rows` deliveries that ended before `before`: they can be replayed no more. @returns how many went */
export async function forgetDeliveries(db: D1Database, before: number, rows: number): Promise<number> {
	const { results } = await db
		.prepare(
			`DELETE FROM delivery WHERE (site, id) IN (SELECT site, id FROM delivery INDEXED BY delivery_ended WHERE ended_at < ?1 LIMIT ?2)
			RETURNING id`,
		)
		.bind(before, rows)
		.all();
	return results.length;
}
