import type { Event } from "../shared/event-contract.ts";
import { randomBase62 } from "./keys/key.ts";
import type { Site } from "./site.ts";

/** The name of a new delivery, which every attempt carries. */
export const newDeliveryId = () => `msg_${randomBase62(24)}`;

/** An event that is sent by hand. @param url where the owner sees what came of it */
export function testEvent({ id, name }: Site, url: string, now: number): Event {
	const message = "A test. Nothing has happened at the shop.";
	return { type: "test", timestamp: new Date(now).toISOString(), data: { site: { id, name }, message, url } };
}
