import { JUDGED_AFTER_MS } from "../../shared/limits.ts";
import { type DueEvent, dueEvents, giveUp, keepDeliveries, type NewDelivery, putBack } from "../db/due-events.ts";
import { SHARE } from "../db/event-lines.ts";
import { type ListeningEndpoint, listeningEndpoints, type UnreadableEndpoint } from "../db/listening-endpoints.ts";
import { randomBase62 } from "../keys/key.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";
import { destinationOf } from "./destinations.ts";
import { eventOf } from "./event-of.ts";
import { passes } from "./filter.ts";

/** Characters of the deliveries that one batch makes, but for those of its last event: a database takes no more at once. */
const BATCH_CHARS = 4_000_000;

/** What one round of telling did. */
export interface Routed {
	readonly events: number;
	/** Events that were given up. */
	readonly ended: number;
	readonly deliveries: number;
	/** Whether more may be due. */
	readonly more: boolean;
	/** Why events could not be told somewhere. */
	readonly failures: readonly string[];
}

/**
 * Makes deliveries of what is due in one database, one for each endpoint that wants it: of at most `limit` events, and of no further one once
 * there are as many deliveries. An event that cannot be told somewhere is told elsewhere, said, and put back for a later run, for three days.
 * Three ways to the database at most; doing it again, or twice at once, tells nothing twice.
 */
export async function routeEvents(db: D1Database, now: number, limit: number): Promise<Routed> {
	const due = await dueEvents(db, now, limit);
	if (due.length === 0) return { events: 0, ended: 0, deliveries: 0, more: false, failures: [] };
	const rests = (event: DueEvent) => !event.type.startsWith("answer.") || !(event.updated_at > now - JUDGED_AFTER_MS);
	const sites = [...new Set(due.filter(rests).map(({ site }) => site))];
	const endpoints = Map.groupBy(await listeningEndpoints(db, sites), ({ site }) => site);
	const read: DueEvent[] = [];
	const told: DueEvent[] = [];
	const failed = new Set<DueEvent>();
	const failures = new Map<string, string>();
	const deliveries: NewDelivery[] = [];
	let chars = 0;
	for (const event of due) {
		if (chars > BATCH_CHARS || deliveries.length >= limit) break;
		read.push(event);
		if (!rests(event)) continue;
		for (const endpoint of endpoints.get(event.site) ?? []) {
			try {
				const delivery = deliveryOf(event, endpoint, now);
				if (!delivery) continue;
				deliveries.push(delivery);
				chars += delivery.body.length;
			} catch (error) {
				failed.add(event);
				const reason = reasonOf(error);
				const { site, subject, type } = event;
				if (!failures.has(endpoint.id)) log({ event: "event_failed", site, subject, type, endpoint: endpoint.id, reason });
				failures.set(endpoint.id, `${type} ${subject} of the site ${site} cannot be told to ${endpoint.id}: ${reason}`);
			}
		}
		if (!failed.has(event)) told.push(event);
	}
	const results = await db.batch([
		...keepDeliveries(db, deliveries, told, now),
		putBack(db, read, failed, now),
		...(failed.size > 0 ? [giveUp(db, failed, now)] : []),
	]);
	const ended = failed.size > 0 ? (results.at(-1)?.results ?? []) : [];
	for (const event of ended) log({ event: "event_given_up", ...Object(event) });
	return {
		events: told.length,
		ended: ended.length,
		deliveries: deliveries.length,
		more: due.length >= Math.min(limit, SHARE) || read.length < due.length,
		failures: [...failures.values()],
	};
}

/** What one endpoint is told of an event; null where it does not want it. @throws where event or endpoint cannot be read */
function deliveryOf(due: DueEvent, endpoint: ListeningEndpoint | UnreadableEndpoint, now: number): NewDelivery | null {
	if ("error" in endpoint) throw endpoint.error;
	const event = endpoint.events.includes(due.type) ? eventOf(due, endpoint.comments, endpoint.origin, now) : null;
	const destination = destinationOf(endpoint.kind);
	if (!event || !destination?.takes.includes(due.type)) return null;
	if (!passes(endpoint.filter, event, due.delay) || !destination.accepts(event, endpoint.settings)) return null;
	const { site, subject, type, updated_at, nameless } = due;
	const id = `msg_${randomBase62(24)}`;
	return { site, id, endpoint: endpoint.id, type, subject, updatedAt: updated_at, nameless, body: JSON.stringify(event) };
}
