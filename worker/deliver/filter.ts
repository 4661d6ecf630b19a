import type { Event } from "../../shared/event-contract.ts";
import type { Delay } from "../../shared/tally-pairs.ts";
import type { EventFilter } from "../../shared/webhook-contract.ts";

/**
 * Whether a filter lets an event pass. A digest is made by it, and a test is asked for: they pass any. An alert has no group.
 * @param delay of the answer, which is no part of what is told of it
 */
export function passes({ surveys, groups, segments }: EventFilter, event: Event, delay: Delay | null): boolean {
	if (event.type === "digest" || event.type === "test") return true;
	if (surveys && !surveys.includes(event.data.survey)) return false;
	if (event.type === "alert.opened" || event.type === "alert.cleared")
		return !segments || (event.data.segment !== null && segments.includes(event.data.segment));
	if (groups && !groups.some((group) => group === event.data.group)) return false;
	const own = Object.entries({ ...event.data.segments, delay }).map(([key, value]) => `${key}:${value}`);
	return !segments || segments.some((each) => own.includes(each));
}
