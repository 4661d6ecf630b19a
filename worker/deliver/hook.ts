import * as z from "zod";
import type { Event } from "../../shared/event-contract.ts";
import { HOOK_EVENTS } from "../../shared/hook-contract.ts";
import { ADDRESS_CHARS } from "./address.ts";
import type { Destination } from "./destination.ts";
import { verdictOf } from "./verdict.ts";

const settings = z.strictObject({ url: z.string().min(1).max(ADDRESS_CHARS) });

/** An event with everything at the top, for tools that take no objects. */
export const flat = ({ type, timestamp, data }: Event) => ({ type, timestamp, ...data });

/**
 * A REST hook, as Zapier, Make and n8n make them. There is no secret between the tool and us, so nothing is signed: the address itself,
 * which the tool made up, is what nobody else knows.
 */
export const hook: Destination<z.infer<typeof settings>, Record<string, never>> = {
	kind: "hook",
	settings,
	credentials: z.strictObject({}),
	takes: HOOK_EVENTS,
	atOnce: 4,
	requests: 1,
	accepts: () => true,
	async deliver({ id, event, sentAt }, { url }, _, { send }) {
		const headers = {
			"content-type": "application/json",
			"webhook-id": id,
			"webhook-timestamp": String(Math.floor(sentAt / 1000)),
		};
		return verdictOf(await send(url, { headers, body: JSON.stringify(flat(event)) }));
	},
};
