import type { EventType } from "../../shared/event-contract.ts";
import type { EventFilter } from "../../shared/webhook-contract.ts";
import type { SiteId } from "../site.ts";

/** An endpoint as events are judged by. */
export interface ListeningEndpoint {
	readonly site: SiteId;
	readonly id: string;
	readonly kind: string;
	readonly settings: unknown;
	readonly events: readonly EventType[];
	readonly filter: EventFilter;
	/** Whether comments go there. */
	readonly comments: boolean;
	/** The Worker's own address. */
	readonly origin: string;
}

/** An endpoint whose row cannot be read, and why. */
export interface UnreadableEndpoint {
	readonly site: SiteId;
	readonly id: string;
	readonly error: unknown;
}

interface EndpointRow {
	site: string;
	id: string;
	kind: string;
	settings: string;
	events: string;
	filter: string;
	comments: number;
	origin: string;
}

/** The endpoints of some sites that are to be told of anything. */
export async function listeningEndpoints(
	db: D1Database,
	siteIds: readonly SiteId[],
): Promise<(ListeningEndpoint | UnreadableEndpoint)[]> {
	const { results } = await db
		.prepare(
			`SELECT site, id, kind, settings, events, filter, comments, origin FROM endpoint
			WHERE site IN (SELECT value FROM json_each(?1)) AND active = 1`,
		)
		.bind(JSON.stringify(siteIds))
		.all<EndpointRow>();
	return results.map((row) => {
		try {
			return {
				...row,
				settings: JSON.parse(row.settings),
				events: JSON.parse(row.events),
				filter: JSON.parse(row.filter),
				comments: row.comments === 1,
			};
		} catch (error) {
			return { site: row.site, id: row.id, error };
		}
	});
}
