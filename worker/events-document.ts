import * as z from "zod";
import { alertEventData, answerEventData, caseEventData, type EventType, testEventData } from "../shared/event-contract.ts";

/** What is told, and when. A type that is not here has no form that is promised yet. */
const TOLD = {
	"answer.scored": ["An answer was given, and has rested for 90 seconds", answerEventData],
	"answer.updated": ["An answer that was told before was changed, and has rested for 90 seconds", answerEventData],
	"case.opened": ["A case was opened: by a low score, or by hand", caseEventData],
	"case.resolved": ["A case was resolved", caseEventData],
	"alert.opened": ["A score changed", alertEventData],
	"alert.cleared": ["A score is back where it was", alertEventData],
	test: ["A test was asked for", testEventData],
} as const satisfies Partial<Record<EventType, readonly [when: string, data: z.ZodType]>>;

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
	for (const [, data] of Object.values(TOLD)) if (!registry.has(data)) registry.add(data, { id: nameOf(data) });
	const uri = (id: string) => `#/components/schemas/${id}`;
	const { schemas } = z.toJSONSchema(registry, { io: "input", uri });
	return {
		schemas: Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema])),
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
	const schema = { type: "object", properties, required: ["type", "timestamp", "data"] } as const;
	return {
		tags: ["Webhooks"],
		summary: when,
		description: "Signed by Standard Webhooks 1.0. It may arrive twice, and not in order.",
		security: [],
		parameters: HEADERS.map(header),
		requestBody: { required: true, content: { "application/json": { schema } } },
		responses: REPLIES,
	};
}

function nameOf(data: z.ZodType): string {
	const { id } = z.globalRegistry.get(data) ?? {};
	if (!id) throw new Error("A schema of an event has no id");
	return id;
}
