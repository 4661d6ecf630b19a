import type { EventType } from "../../shared/event-contract.ts";
import { COUNTED_DELIVERIES, type DeliveryState, type EventFilter } from "../../shared/webhook-contract.ts";
import type { SiteId } from "../site.ts";

/** What an owner declares of an endpoint. */
export interface EndpointSettings {
	readonly name: string;
	/** By the schema of its kind. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** Its credentials, sealed about `{site}.endpoint.{id}`. */
	readonly sealed: string;
	/** Their last four characters; empty where there are none. */
	readonly hint: string;
	readonly events: readonly EventType[];
	readonly filter: EventFilter;
	readonly comments: boolean;
	/** The Worker's own address when it was last declared. */
	readonly origin: string;
}

/** Somewhere it is told, as it is kept. */
export interface Endpoint extends EndpointSettings {
	readonly id: string;
	readonly kind: string;
	readonly createdAt: number;
	readonly changes: number;
	readonly active: boolean;
	readonly ended: "owner" | "gone" | "failing" | null;
	readonly failingSince: number | null;
}

/** What is kept of an endpoint's deliveries: each state counted up to a thousand, and the newest. */
export interface DeliveryCounts {
	readonly counts: Readonly<Record<DeliveryState, number>>;
	readonly oldestPending: number | null;
	readonly last: {
		readonly id: string;
		readonly type: EventType;
		readonly state: DeliveryState;
		readonly created_at: number;
	} | null;
}

interface EndpointRow {
	id: string;
	kind: string;
	name: string;
	settings: string;
	sealed: string;
	hint: string;
	events: string;
	filter: string;
	comments: number;
	origin: string;
	created_at: number;
	changes: number;
	active: number;
	ended: Endpoint["ended"];
	failing_since: number | null;
	pending: number;
	delivered: number;
	dead: number;
	oldest_pending: number | null;
	last: string | null;
}

const RUN = (state: DeliveryState) =>
	`FROM delivery INDEXED BY delivery_state WHERE site = e.site AND endpoint = e.id AND state = '${state}'`;
const COUNT = (state: DeliveryState) => `(SELECT count(*) FROM (SELECT 1 ${RUN(state)} LIMIT ${COUNTED_DELIVERIES})) AS ${state}`;
const NEWEST = (state: DeliveryState) =>
	`SELECT * FROM (SELECT id, type, state, created_at ${RUN(state)} ORDER BY created_at DESC LIMIT 1)`;

const SELECT = `SELECT id, kind, name, settings, sealed, hint, events, filter, comments, origin, created_at, changes, active, ended, failing_since,
	${COUNT("pending")}, ${COUNT("delivered")}, ${COUNT("dead")}, (SELECT min(created_at) ${RUN("pending")}) AS oldest_pending,
	(SELECT json_object('id', id, 'type', type, 'state', state, 'created_at', created_at)
		FROM (${NEWEST("pending")} UNION ALL ${NEWEST("delivered")} UNION ALL ${NEWEST("dead")}) ORDER BY created_at DESC LIMIT 1) AS last
	FROM endpoint e`;

/** A site's endpoints with what is kept of their deliveries, oldest first. */
export async function endpointsOf(db: D1Database, siteId: SiteId): Promise<(Endpoint & DeliveryCounts)[]> {
	const { results } = await db.prepare(`${SELECT} WHERE site = ?1 ORDER BY created_at, id`).bind(siteId).all<EndpointRow>();
	return results.map(endpointOf);
}

/** A site's endpoint, or null. */
export async function endpointById(db: D1Database, siteId: SiteId, id: string): Promise<(Endpoint & DeliveryCounts) | null> {
	const row = await db.prepare(`${SELECT} WHERE site = ?1 AND id = ?2`).bind(siteId, id).first<EndpointRow>();
	return row && endpointOf(row);
}

/** The kind that automation tools make; the others are an owner's. */
const HOOK = "hook";

/** Keeps a new endpoint, unless the site has `most` of its sort already, hooks or others. @returns whether it was kept */
export async function insertEndpoint(
	db: D1Database,
	siteId: SiteId,
	{ id, kind, createdAt, ...declared }: Pick<Endpoint, "id" | "kind" | "createdAt"> & EndpointSettings,
	most: number,
): Promise<boolean> {
	const row = await db
		.prepare(
			`INSERT INTO endpoint (site, id, kind, created_at, name, settings, sealed, hint, events, filter, comments, origin)
			SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12
			WHERE (SELECT count(*) FROM endpoint WHERE site = ?1 AND (kind = '${HOOK}') = (?3 = '${HOOK}')) < ?13 RETURNING id`,
		)
		.bind(siteId, id, kind, createdAt, ...valuesOf(declared), most)
		.first();
	return row !== null;
}

/**
 * Keeps what was changed, unless somebody else's change came in between. `active` pauses or resumes; null leaves that as it is. What
 * resumes goes on with what is pending, as if nothing had failed.
 * @param changes how often it had been changed when it was read
 */
export async function updateEndpoint(
	db: D1Database,
	siteId: SiteId,
	{ id, changes, ...declared }: Pick<Endpoint, "id" | "changes"> & EndpointSettings,
	active: boolean | null,
): Promise<boolean> {
	const row = await db
		.prepare(
			`UPDATE endpoint SET name = ?4, settings = ?5, sealed = ?6, hint = ?7, events = ?8, filter = ?9, comments = ?10, origin = ?11,
				changes = changes + 1, active = coalesce(?12, active),
				ended = iif(?12 = 1, NULL, iif(?12 = 0 AND active = 1, 'owner', ended)),
				failing_since = iif(?12 = 1, NULL, failing_since), paused_until = iif(?12 = 1, NULL, paused_until),
				next_at = iif(?12 = 1, (SELECT min(due_at) FROM delivery INDEXED BY delivery_pending
					WHERE site = ?1 AND endpoint = ?2 AND state = 'pending'), iif(?12 = 0, NULL, next_at))
			WHERE site = ?1 AND id = ?2 AND changes = ?3 RETURNING id`,
		)
		.bind(siteId, id, changes, ...valuesOf(declared), active === null ? null : Number(active))
		.first();
	return row !== null;
}

/** Deletes an endpoint and every delivery for it. False when the site has none such. */
export async function deleteEndpoint(db: D1Database, siteId: SiteId, id: string): Promise<boolean> {
	return (await db.prepare("DELETE FROM endpoint WHERE site = ?1 AND id = ?2 RETURNING id").bind(siteId, id).first()) !== null;
}

function valuesOf({ name, settings, sealed, hint, events, filter, comments, origin }: EndpointSettings) {
	const json = JSON.stringify;
	return [name, json(settings), sealed, hint, json(events), json(filter), Number(comments), origin] as const;
}

function endpointOf(row: EndpointRow): Endpoint & DeliveryCounts {
	return {
		id: row.id,
		kind: row.kind,
		name: row.name,
		settings: JSON.parse(row.settings),
		sealed: row.sealed,
		hint: row.hint,
		events: JSON.parse(row.events),
		filter: JSON.parse(row.filter),
		comments: row.comments === 1,
		origin: row.origin,
		createdAt: row.created_at,
		changes: row.changes,
		active: row.active === 1,
		ended: row.ended,
		failingSince: row.failing_since,
		counts: { pending: row.pending, delivered: row.delivered, dead: row.dead },
		oldestPending: row.oldest_pending,
		last: row.last === null ? null : JSON.parse(row.last),
	};
}
