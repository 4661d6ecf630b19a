import { type Context, Hono } from "hono";
import * as z from "zod";
import {
	DELIVERY_STATES,
	deliveriesReply,
	deliveryDetails,
	deliveryReplay,
	deliveryReplayReply,
	delivery as deliverySchema,
} from "../../shared/webhook-contract.ts";
import { ApiError } from "../api-error.ts";
import { callNow } from "../call-now.ts";
import { dbFor } from "../db/db-for.ts";
import { type DeliveryPosition, deliveryById, listDeliveries, replayDelivery, replayRange } from "../db/delivery-log.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import { deliveryView } from "../endpoint-view.ts";
import type { AppEnv } from "../env.ts";
import { knownEndpoint } from "../known-endpoint.ts";

const path = checked(
	"param",
	z.object({
		id: z
			.string()
			.max(64)
			.describe("The webhook's id, or the delivery's.")
			.meta({ examples: ["msg_4fJq0ZtXw9LrB2sVnKeYm7Qd"] }),
	}),
);
const who = "a key with the scope webhooks:write";

const listQuery = z.strictObject({
	state: z.enum(DELIVERY_STATES).optional().describe("Only those that have come so far."),
	limit: z
		.string()
		.regex(/^(?:[1-9]\d?|1\d\d|200)$/, "must be 1 to 200")
		.default("50")
		.describe("1 to 200."),
	cursor: z
		.string()
		.max(100)
		.optional()
		.describe("`next` of the page before.")
		.meta({ examples: ["1795341600000.msg_4fJq0ZtXw9LrB2sVnKeYm7Qd"] }),
});

/** Owner: what was told, what came of it, and once more. */
export const deliveries = new Hono<AppEnv>();

deliveries.get(
	"/v1/webhooks/:id/deliveries",
	describe({
		tag: "Webhooks",
		summary: "List the deliveries of a webhook, newest first",
		description: "Each is kept until 30 days after it ended. What was told is left out: see the delivery itself.",
		who,
		answers: { 200: json(deliveriesReply, "A page of deliveries") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("webhooks:write"),
	path,
	checked("query", listQuery),
	async (c) => {
		const { state, limit, cursor } = c.req.valid("query");
		const site = c.get("site");
		const before = cursor === undefined ? null : positionOf(cursor);
		const { id } = await knownEndpoint(c, c.req.valid("param").id);
		const states = state === undefined ? DELIVERY_STATES : [state];
		const rows = await listDeliveries(dbFor(c.env, site), site.id, id, states, before, Number(limit));
		const last = rows.length === Number(limit) ? rows.at(-1) : undefined;
		return c.json({ deliveries: rows.map(deliveryView), next: last ? `${last.created_at}.${last.id}` : null });
	},
);

deliveries.post(
	"/v1/webhooks/:id/replay",
	describe({
		tag: "Webhooks",
		summary: "Send a range of deliveries again",
		description:
			"What died, or what arrived, of those made in a span of time: it is pending again under the same id, so that a target which has it knows it. At most 1,000 a call, oldest first; `next` goes on.",
		who,
		body: bodyOf(deliveryReplay),
		answers: { 200: json(deliveryReplayReply, "How many") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("webhooks:write"),
	path,
	async (c) => {
		const site = c.get("site");
		const { id } = await knownEndpoint(c, c.req.valid("param").id);
		const { from, to, state, cursor } = await parseBody(c.req.raw, deliveryReplay);
		const range = { state, from: Date.parse(from), to: Date.parse(to) };
		if (range.to <= range.from) throw ApiError.invalid("to", "must be after from");
		const after = cursor === undefined ? null : positionOf(cursor);
		const now = Date.now();
		const { replayed, next } = await replayRange(dbFor(c.env, site), site.id, id, range, after, now);
		if (replayed > 0) callNow(c, id, now);
		return c.json({ replayed, next: next && `${next.createdAt}.${next.id}` });
	},
);

deliveries.get(
	"/v1/deliveries/:id",
	describe({
		tag: "Webhooks",
		summary: "Read a delivery",
		description: "What was told is shown to a key that may read answers too, with the scope responses:read.",
		who,
		answers: { 200: json(deliveryDetails, "The delivery") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("webhooks:write"),
	path,
	async (c) => {
		const row = await knownDelivery(c, c.req.valid("param").id);
		const body = c.get("key").scopes.includes("responses:read") ? JSON.parse(row.body) : null;
		return c.json({ ...deliveryView(row), body });
	},
);

deliveries.post(
	"/v1/deliveries/:id/replay",
	describe({
		tag: "Webhooks",
		summary: "Send a delivery again",
		description: "Under the same id and at once, whether it died, arrived or waits; within 30 days after it ended.",
		who,
		answers: { 200: json(deliverySchema, "The delivery, pending") },
		problems: ["invalid_request", "not_found", "conflict"],
	}),
	requireKey("webhooks:write"),
	path,
	async (c) => {
		const site = c.get("site");
		const row = await knownDelivery(c, c.req.valid("param").id);
		const now = Date.now();
		if (!(await replayDelivery(dbFor(c.env, site), site.id, row, now)))
			throw new ApiError("conflict", { detail: "It ended more than 30 days ago" });
		callNow(c, row.endpoint, now);
		return c.json(deliveryView(await knownDelivery(c, row.id)));
	},
);

async function knownDelivery(c: Context<AppEnv>, id: string) {
	const site = c.get("site");
	const found = await deliveryById(dbFor(c.env, site), site.id, id);
	if (!found) throw ApiError.notFound("id", "must be the id of one of this site's deliveries");
	return found;
}

function positionOf(cursor: string): DeliveryPosition {
	const [, createdAt, id] = /^(\d{1,15})\.(\w{1,64})$/.exec(cursor) ?? [];
	if (!createdAt || !id) throw ApiError.invalid("cursor", "must be the next of an earlier page");
	return { createdAt: Number(createdAt), id };
}
