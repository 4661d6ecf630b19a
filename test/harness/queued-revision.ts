import { randomUUID } from "node:crypto";
import { dayOf } from "../../shared/day.ts";

/** The zone of the tests' sites. */
const ZONE = "Europe/Rome";

/** A revision as the queue carries it: a 9 for `nps`, given and received at `now` (Unix milliseconds), of an ask of its own. */
export function queuedRevision(now: number, changes: object = {}): Readonly<Record<string, unknown>> {
	return {
		id: randomUUID().replaceAll("-", ""),
		rev: 1,
		survey: "nps",
		version: 1,
		status: "answered",
		score: 9,
		drivers: [],
		comment: null,
		segments: { channel: "page" },
		transaction: null,
		customer: null,
		verified: null,
		delay: "1h",
		page: null,
		day: dayOf(now, ZONE),
		shownAt: now,
		receivedAt: now,
		...changes,
	};
}
