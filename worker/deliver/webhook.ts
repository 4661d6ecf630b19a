import * as z from "zod";
import { WANTED_EVENTS } from "../../shared/event-contract.ts";
import { ADDRESS_CHARS } from "./address.ts";
import type { Destination } from "./destination.ts";
import { signedHeaders } from "./sign.ts";
import { verdictOf } from "./verdict.ts";

const secret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "must be a webhook secret");

const settings = z.strictObject({ url: z.string().min(1).max(ADDRESS_CHARS) });

/** Made by the Worker, shown once; the one before signs too until `previous_until` (Unix milliseconds). */
const credentials = z.object({ secret, previous: secret.optional(), previous_until: z.int().optional() });

/** Anybody's own server, by Standard Webhooks 1.0. */
export const webhook: Destination<z.infer<typeof settings>, z.infer<typeof credentials>> = {
	kind: "webhook",
	settings,
	credentials,
	takes: WANTED_EVENTS,
	atOnce: 4,
	requests: 1,
	accepts: () => true,
	async deliver({ id, event, sentAt }, { url }, { secret, previous, previous_until = 0 }, { send }) {
		const body = JSON.stringify(event);
		const secrets = previous && sentAt < previous_until ? [secret, previous] : [secret];
		const headers = { "content-type": "application/json", ...(await signedHeaders(id, sentAt, body, secrets)) };
		return verdictOf(await send(url, { headers, body }));
	},
};
