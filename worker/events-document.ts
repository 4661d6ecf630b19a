import * as z from "zod";
import { digestEventData, digestSurvey } from "../shared/digest-contract.ts";
import { alertEventData, answerEventData, caseEventData, type EventType, testEventData } from "../shared/event-contract.ts";
import { interval, share } from "../shared/score-contract.ts";
import { SAMPLE_DIGEST } from "./sample-digest.ts";

/** What is told, and when. */
const TOLD = {
	"answer.scored": ["An answer was given, and has rested for 90 seconds", answerEventData],
	"answer.updated": ["An answer that was told before was changed, and has rested for 90 seconds", answerEventData],
	"case.opened": ["A case was opened: by a low score, or by hand", caseEventData],
	"case.resolved": ["A case was resolved", caseEventData],
	"alert.opened": ["A score changed", alertEventData],
	"alert.cleared": ["A score is back where it was", alertEventData],
	digest: ["A week or a month of the site is over", digestEventData],
	test: ["A test was asked for", testEventData],
} as const satisfies Record<EventType, readonly [when: string, data: z.ZodType]>;

/** Parts of them with names of their own, and those that the API's replies name already. */
const PARTS = [digestSurvey] as const;
const KNOWN = [interval, share] as const;

const EXAMPLES: Partial<Record<string, object>> = {
	digest: { type: "digest", timestamp: "2026-11-23T00:02:00.000Z", data: SAMPLE_DIGEST },
};

const REPLIES = {
	"2XX": { description: "It has arrived. Any other status is tried again: after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h." },
	"410": { description: "The target is gone: nothing more is sent to it." },
	"429": { description: "Too much: `Retry-After` is heeded, to 24 hours. So is that of a 503." },
};

const HEADERS = [
	["webhook-id", "The same over all attempts: a target that knows it has the event."],
	["webhook-timestamp", "Unix seconds of this attempt."],
	[
		"webhook-signature",
		"`v1,` and the base64 of the HMAC-SHA256 of id, timestamp and body; while a secret is rotated two, with a space between.",
	],
] as const;

/** What the API document says of the events that are sent: OpenAPI's `webhooks`, and the schemas they name. */
export function eventsDocument() {
	const registry = z.registry<{ id: string }>();
	const named = [...Object.values(TOLD).map(([, data]) => data), ...PARTS, ...KNOWN];
	for (const schema of named) if (!registry.has(schema)) registry.add(schema, { id: nameOf(schema) });
	const uri = (id: string) => `#/components/schemas/${id}`;
	const { schemas } = z.toJSONSchema(registry, { io: "input", uri });
	const own = Object.entries(schemas).filter(([id]) => !KNOWN.some((schema) => nameOf(schema) === id));
	return {
		schemas: Object.fromEntries(own.map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema])),
		webhooks: Object.fromEntries(
			Object.entries(TOLD).map(([type, [when, data]]) => [type, { post: sent(type, when, uri(nameOf(data))) }]),
		),
	};
}

function sent(type: string, when: string, data: string) {
	const header = ([name, description]: (typeof HEADERS)[number]) =>
		({ name, in: "header", description, required: true, schema: { type: "string" } }) as const;
	const properties = {
		type: { type: "string", const: type },
		timestamp: { type: "string", format: "date-time", description: "When it was made ready to be told." },
		data: { $ref: data },
	} as const;
	const example = EXAMPLES[type];
	const schema = { type: "object", properties, required: ["type", "timestamp", "data"] } as const;
	return {
		operationId: `on${type.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
		tags: ["Webhooks"],
		summary: when,
		description: "Signed by Standard Webhooks 1.0. It may arrive twice, and not in order.",
		security: [],
		parameters: HEADERS.map(header),
		requestBody: { required: true, content: { "application/json": { schema, ...(example ? { example } : {}) } } },
		responses: REPLIES,
	};
}

function nameOf(data: z.ZodType): string {
	const { id } = z.globalRegistry.get(data) ?? {};
	if (!id) throw new Error("A schema of an event has no id");
	return id;
}
