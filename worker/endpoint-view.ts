import { COUNTED_DELIVERIES, type DeliveryView, type WebhookView } from "../shared/webhook-contract.ts";
import type { DeliveryRow } from "./db/delivery-log.ts";
import type { DeliveryCounts, Endpoint } from "./db/endpoints.ts";

const moment = (at: number) => new Date(at).toISOString();
const momentOrNull = (at: number | null) => (at === null ? null : moment(at));

/** An endpoint as who manages it sees it: never its credentials. */
export function endpointView(endpoint: Endpoint & DeliveryCounts): WebhookView {
	const { counts, oldestPending, last } = endpoint;
	return {
		id: endpoint.id,
		kind: endpoint.kind,
		name: endpoint.name,
		settings: { ...endpoint.settings },
		hint: endpoint.hint || null,
		events: [...endpoint.events],
		filter: endpoint.filter,
		comments: endpoint.comments,
		active: endpoint.active,
		ended: endpoint.ended,
		failing_since: momentOrNull(endpoint.failingSince),
		created_at: moment(endpoint.createdAt),
		deliveries: {
			...counts,
			complete: Object.values(counts).every((n) => n < COUNTED_DELIVERIES),
			oldest_pending: momentOrNull(oldestPending),
			last: last && { ...last, created_at: moment(last.created_at) },
		},
	};
}

/** A delivery as it is listed: without what was told. */
export function deliveryView(row: DeliveryRow): DeliveryView {
	return {
		id: row.id,
		webhook: row.endpoint,
		type: row.type,
		subject: row.subject,
		state: row.state,
		created_at: moment(row.created_at),
		due_at: row.state === "pending" ? moment(row.due_at) : null,
		ended_at: momentOrNull(row.ended_at),
		tries: row.tries,
		attempts: JSON.parse(row.attempts),
	};
}
