import type { Destination } from "./destination.ts";
import { hook } from "./hook.ts";
import { webhook } from "./webhook.ts";

/** Every kind of endpoint there is. */
export const DESTINATIONS: readonly Destination[] = [webhook, hook];

/** The destination of a kind, or null. */
export function destinationOf(kind: string): Destination | null {
	return DESTINATIONS.find((destination) => destination.kind === kind) ?? null;
}
