import { JUDGED_AFTER_MS } from "../../shared/limits.ts";
import { type DueEvent, dueEvents, keepDeliveries, type NewDelivery, postpone } from "../db/due-events.ts";
import { type ListeningEndpoint, listeningEndpoints } from "../db/listening-endpoints.ts";
import { randomBase62 } from "../keys/key.ts";
import { destinationOf } from "./destinations.ts";
import { eventOf } from "./event-of.ts";
import { passes } from "./filter.ts";

/**
 * Makes deliveries of what is due in one database, at most `limit` events: one for each endpoint that wants it. Three ways to the database at
 * most; doing it again, or twice at once, tells nothing twice.
 */
export async function routeEvents(db: D1Database, now: number, limit: number): Promise<{ events: number; deliveries: number }> {
	const due = await dueEvents(db, now, limit);
	if (due.length === 0) return { events: 0, deliveries: 0 };
	const rests = (event: DueEvent) => !event.type.startsWith("answer.") || !(event.updated_at > now - JUDGED_AFTER_MS);
	const [told, restless] = [due.filter(rests), due.filter((event) => !rests(event))];
	const endpoints = Map.groupBy(await listeningEndpoints(db, [...new Set(told.map(({ site }) => site))]), ({ site }) => site);
	const deliveries = told.flatMap((event) => deliveriesOf(event, endpoints.get(event.site) ?? [], now));
	await db.batch([...keepDeliveries(db, deliveries, told, now), ...(restless.length > 0 ? [postpone(db, restless)] : [])]);
	return { events: told.length, deliveries: deliveries.length };
}

function deliveriesOf(due: DueEvent, endpoints: readonly ListeningEndpoint[], now: number): NewDelivery[] {
	return endpoints.flatMap((endpoint) => {
		const event = endpoint.events.includes(due.type) ? eventOf(due, endpoint.comments, endpoint.origin, now) : null;
		const destination = destinationOf(endpoint.kind);
		if (!event || !destination?.takes.includes(due.type)) return [];
		if (!passes(endpoint.filter, event) || !destination.accepts(event, endpoint.settings)) return [];
		const { site, subject, type, updated_at, nameless } = due;
		const id = `msg_${randomBase62(24)}`;
		return [{ site, id, endpoint: endpoint.id, type, subject, updatedAt: updated_at, nameless, body: JSON.stringify(event) }];
	});
}
