import * as z from "zod";
import { type Answer, jsonOf, type Platform, type Received, servePlatform } from "./serve.ts";

/** An event as Klaviyo keeps it. */
export interface KlaviyoEvent {
	readonly metric: string;
	readonly email: string;
	readonly uniqueId: string;
	readonly time: string;
	readonly properties: Readonly<Record<string, unknown>>;
}

/** One account of Klaviyo, by its API's specification: JSON:API, a revision in each request, events taken before they are worked through. */
export interface Klaviyo extends Platform {
	readonly key: string;
	/** What the key may do. */
	readonly scopes: Set<string>;
	/** Events that were recorded: of one profile, metric and unique_id the first. */
	readonly events: KlaviyoEvent[];
	/** Properties of each profile by their e-mail address. */
	readonly profiles: Map<string, Record<string, unknown>>;
}

const KEY = "pk_made_up_for_tests";

/** Revisions that it serves: of the last two years. */
const REVISIONS = /^(?:2025-\d\d|2026-(?:0\d|10))-15$/;

export async function openKlaviyo(): Promise<Klaviyo> {
	const account = {
		key: KEY,
		scopes: new Set(["accounts:read", "events:write"]),
		events: [] as KlaviyoEvent[],
		profiles: new Map<string, Record<string, unknown>>(),
	};
	const platform = await servePlatform("https://a.klaviyo.com", (request) => answer(request, account));
	return { ...account, ...platform };
}

type Account = Omit<Klaviyo, keyof Platform>;

const error = (status: number, code: string, title: string, detail: string): Answer => ({
	status,
	headers: { "content-type": "application/vnd.api+json" },
	body: { errors: [{ id: "3c6e0f3a-0000-4000-8000-000000000000", status, code, title, detail, source: { pointer: "/data/" } }] },
});

function answer(request: Received, account: Account): Answer {
	const { method, path, headers } = request;
	if (headers["authorization"] !== `Klaviyo-API-Key ${account.key}`)
		return error(401, "not_authenticated", "Authentication credentials were not provided.", "Missing or invalid private key.");
	if (!REVISIONS.test(headers["revision"] ?? "")) return error(400, "invalid", "Invalid input.", "Revision header is required.");
	const needs = (scope: string, done: () => Answer) =>
		account.scopes.has(scope) ? done() : error(403, "permission_denied", "You do not have permission.", `Missing scope ${scope}`);
	switch (`${method} ${path}`) {
		case "GET /api/accounts/":
			return needs("accounts:read", () => ({ status: 200, body: { data: [{ type: "account", id: "AbC123", attributes: {} }] } }));
		case "POST /api/events/":
			return needs("events:write", () => take(request, account));
	}
	return error(404, "not_found", "Not found.", "No such path.");
}

const input = z.strictObject({
	data: z.strictObject({
		type: z.literal("event"),
		attributes: z.strictObject({
			properties: z.record(z.string(), z.unknown()).refine((properties) => Object.keys(properties).length <= 400),
			time: z.iso.datetime({ offset: true }).optional(),
			unique_id: z.string().optional(),
			metric: z.strictObject({
				data: z.strictObject({ type: z.literal("metric"), attributes: z.strictObject({ name: z.string().min(1).max(127) }) }),
			}),
			profile: z.strictObject({
				data: z.strictObject({
					type: z.literal("profile"),
					attributes: z.strictObject({ email: z.email(), properties: z.record(z.string(), z.unknown()).optional() }),
				}),
			}),
		}),
	}),
});

function take(request: Received, { events, profiles }: Account): Answer {
	if (request.headers["content-type"] !== "application/vnd.api+json")
		return error(415, "unsupported_media_type", "Unsupported media type.", "");
	const parsed = input.safeParse(jsonOf(request));
	if (!parsed.success) return error(400, "invalid", "Invalid input.", String(parsed.error.issues[0]?.message));
	const { properties, time = new Date().toISOString(), unique_id, metric, profile } = parsed.data.data.attributes;
	const { email, properties: ofProfile = {} } = profile.data.attributes;
	const { name } = metric.data.attributes;
	const uniqueId = unique_id ?? time.slice(0, 19);
	if (!events.some((event) => event.email === email && event.metric === name && event.uniqueId === uniqueId))
		events.push({ metric: name, email, uniqueId, time, properties });
	profiles.set(email, { ...profiles.get(email), ...ofProfile });
	return { status: 202, body: "" };
}
