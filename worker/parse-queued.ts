import * as z from "zod";
import { STATUSES } from "../shared/outcome.ts";
import { DELAYS } from "../shared/tally-pairs.ts";
import { faultsOf } from "./faults-of.ts";
import type { QueuedRevision } from "./ingest-queue.ts";

const text = z.string().nullable();

/** A queued revision. Fields it does not name pass as they are: a later release may have put it into the queue. */
const queued = z.object({
	site: z.string(),
	revision: z.looseObject({
		id: z.string().regex(/^[0-9a-f]{32}$/),
		rev: z.int().min(0),
		survey: z.string(),
		version: z.int().min(1),
		status: z.enum(STATUSES),
		score: z.int().nullable(),
		drivers: z.array(z.string()),
		comment: text,
		segments: z.record(z.string(), z.string()),
		transaction: text,
		customer: text,
		verified: z.boolean().nullable(),
		delay: z.enum(DELAYS).nullable(),
		page: text,
		callback: z
			.object({ contact: z.string(), dueOn: z.iso.date() })
			.nullish()
			.transform((callback) => callback ?? null),
		day: z.iso.date(),
		shownAt: z.number(),
		receivedAt: z.number(),
	}),
});

/** A message of the ingest queue that nobody vouches for any more. @throws Error that names what is wrong with it, and quotes nothing */
export function parseQueued(body: unknown): QueuedRevision {
	const { data, error } = queued.safeParse(body);
	if (data) return data;
	throw new Error(
		faultsOf(error)
			.map(({ field, detail }) => `${field}: ${detail}`)
			.join("; "),
	);
}
