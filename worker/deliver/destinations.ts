import type { Destination } from "./destination.ts";
import { email } from "./email.ts";
import { hook } from "./hook.ts";
import { hubspot } from "./hubspot.ts";
import { klaviyo } from "./klaviyo.ts";
import { slack } from "./slack.ts";
import { webhook } from "./webhook.ts";
import { zendesk } from "./zendesk.ts";

/** Every kind of endpoint there is. */
export const DESTINATIONS: readonly Destination[] = [webhook, hook, slack, email, hubspot, klaviyo, zendesk];

/** The destination of a kind, or null. */
export function destinationOf(kind: string): Destination | null {
	return DESTINATIONS.find((destination) => destination.kind === kind) ?? null;
}
