import { createHash } from "node:crypto";
import * as z from "zod";
import { type Answer, jsonOf, type Platform, type Received, servePlatform } from "./serve.ts";

/** A ticket as agents see it. */
export interface Ticket {
	readonly id: number;
	readonly subject: string;
	readonly externalId: string | null;
	/** The first comment, its placeholders filled in as Zendesk does. */
	readonly comment: string;
	/** Whether the requester sees the comment, and is mailed it. */
	readonly isPublic: boolean;
	/** The agent where nobody else is named. */
	readonly requester: string;
	readonly tags: readonly string[];
}

/** One account of Zendesk, by its API's documentation. */
export interface Zendesk extends Platform {
	readonly subdomain: string;
	readonly email: string;
	readonly token: string;
	readonly tickets: Ticket[];
	/** Addresses that may not be requesters. */
	readonly suspended: Set<string>;
	/** Idempotency keys and what they stand for. Zendesk forgets them after two hours. */
	readonly keys: Map<string, { readonly made: string; readonly ticket: Ticket }>;
}

export async function openZendesk(): Promise<Zendesk> {
	const account = {
		subdomain: "harbour-pine",
		email: "agent@harbour.example",
		token: "made-up-token-of-zendesk",
		tickets: [] as Ticket[],
		suspended: new Set<string>(),
		keys: new Map<string, { made: string; ticket: Ticket }>(),
	};
	const platform = await servePlatform("https://harbour-pine.zendesk.com", (request) => answer(request, account));
	return { ...account, ...platform };
}

type Account = Omit<Zendesk, keyof Platform>;

function answer(request: Received, account: Account): Answer {
	const { method, path, headers, query } = request;
	const expected = `Basic ${Buffer.from(`${account.email}/token:${account.token}`).toString("base64")}`;
	const isAgent = headers["authorization"] === expected;
	if (path === "/api/v2/users/me.json" && method === "GET")
		return { status: 200, body: { user: isAgent ? agent(account) : ANONYMOUS } };
	if (!isAgent) return { status: 401, body: { error: "Couldn't authenticate you" } };
	if (path !== "/api/v2/tickets.json") return { status: 404, body: { error: "InvalidEndpoint", description: "Not found" } };
	if (method === "GET") {
		const tickets = account.tickets.filter(({ externalId }) => externalId !== null && externalId === query.get("external_id"));
		return { status: 200, body: { tickets: tickets.map(shown), next_page: null, previous_page: null, count: tickets.length } };
	}
	return create(request, account);
}

const ANONYMOUS = {
	id: null,
	url: null,
	name: "Anonymous user",
	email: "invalid@example.com",
	role: "end-user",
	verified: false,
};

const agent = ({ email }: Account) => ({
	id: 35436,
	name: "Agent",
	email,
	photo: { urls: "x".repeat(1_500) },
	role: "agent",
	verified: true,
});

/** Longer than what is read of a reply, as Zendesk's tickets are. */
const shown = ({ id, externalId, subject, comment, requester, tags }: Ticket) => ({
	url: `https://harbour-pine.zendesk.com/api/v2/tickets/${id}.json`,
	id,
	external_id: externalId,
	subject,
	description: comment,
	requester,
	tags,
	custom_fields: Array.from({ length: 50 }, (_, i) => ({ id: 360_000_000 + i, value: null })),
});

const input = z.strictObject({
	ticket: z.strictObject({
		subject: z.string().max(150),
		comment: z.strictObject({ body: z.string().min(1).max(65_535), public: z.boolean().default(true) }),
		external_id: z.string().optional(),
		tags: z.array(z.string().regex(/^[^\s]+$/)).default([]),
		requester: z.strictObject({ name: z.string().min(1), email: z.email() }).optional(),
	}),
});

function create(request: Received, account: Account): Answer {
	const { keys, tickets, suspended, email } = account;
	if (!request.headers["content-type"]?.startsWith("application/json"))
		return { status: 400, body: { error: "InvalidContentType" } };
	const parsed = input.safeParse(jsonOf(request));
	if (!parsed.success)
		return { status: 422, body: { error: "RecordInvalid", description: "Record validation errors", details: { base: [{}] } } };
	const { subject, comment, external_id = null, tags, requester } = parsed.data.ticket;
	const made = createHash("sha256").update(request.body).digest("hex");
	const key = request.headers["idempotency-key"];
	const earlier = keys.get(key ?? "");
	if (earlier && earlier.made !== made)
		return {
			status: 400,
			body: { error: "IdempotentRequestError", description: "Request parameters don't match the given idempotency key" },
		};
	if (earlier) return { status: 201, headers: { "x-idempotency-lookup": "hit" }, body: { ticket: shown(earlier.ticket) } };
	if (requester && suspended.has(requester.email))
		return {
			status: 422,
			body: { error: "RecordInvalid", details: { requester: [{ description: "Requester is suspended." }] } },
		};
	const ticket: Ticket = {
		id: tickets.length + 1,
		subject: filled(subject, requester?.email ?? email),
		externalId: external_id,
		comment: filled(comment.body, requester?.email ?? email),
		isPublic: comment.public,
		requester: requester?.email ?? email,
		tags,
	};
	tickets.push(ticket);
	if (key) keys.set(key, { made, ticket });
	return { status: 201, headers: { "x-idempotency-lookup": "miss" }, body: { ticket: shown(ticket) } };
}

/** Fills in placeholders and leaves out Liquid's tags. */
const filled = (text: string, requester: string) =>
	text.replace(/\{\{\s*ticket\.requester\.email\s*\}\}/g, requester).replace(/\{\{[^}]*\}\}|\{%[^%]*%\}/g, "");
