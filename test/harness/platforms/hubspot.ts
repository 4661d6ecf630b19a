import * as z from "zod";
import { type Answer, jsonOf, type Platform, type Received, servePlatform } from "./serve.ts";

/** A property of contacts as it was defined. */
interface Definition {
	readonly name: string;
	readonly type: string;
	readonly groupName: string;
	readonly options?: readonly { readonly value: string }[];
}

/** One account of HubSpot, by its documentation: properties are defined before they are set, an error is an envelope with a category. */
export interface HubSpot extends Platform {
	readonly token: string;
	/** What the token may do. */
	readonly scopes: Set<string>;
	readonly groups: Set<string>;
	readonly definitions: Map<string, Definition>;
	/** Properties of each contact by their e-mail address. */
	readonly contacts: Map<string, Record<string, string>>;
	/** Requests that are still let through; then comes 429. */
	room: number;
	/** Whether a batch answers what went wrong with 207, as with an id for each input, or with 400. */
	multiStatus: boolean;
	/** Makes the account what it was when it was opened. */
	reset(): void;
}

const TOKEN = "made-up-token-of-hubspot";
const NAMES = { text: ["text", "textarea"], number: ["number"], enumeration: ["select", "radio"], datetime: ["date"] };

export async function openHubSpot(): Promise<HubSpot> {
	const account = newAccount();
	const platform = await servePlatform("https://api.hubapi.com", (request) => answer(request, account));
	const reset = () => {
		Object.assign(account, newAccount());
		platform.requests.splice(0);
		platform.instead.splice(0);
	};
	return Object.assign(account, platform, { reset });
}

type Account = ReturnType<typeof newAccount>;

const newAccount = () => ({
	token: TOKEN,
	scopes: new Set(["crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.write"]),
	groups: new Set(["contactinformation"]),
	definitions: new Map<string, Definition>([["email", { name: "email", type: "string", groupName: "contactinformation" }]]),
	contacts: new Map<string, Record<string, string>>(),
	room: Number.POSITIVE_INFINITY,
	multiStatus: false,
});

const error = (status: number, category: string, message: string, rest: object = {}): Answer => ({
	status,
	body: { status: "error", message, correlationId: "11061cd3-cf3b-45f7-98d4-27f10a99ece6", category, ...rest },
});

function answer(request: Received, account: Account): Answer {
	const { method, path, headers } = request;
	if (account.room-- <= 0)
		return {
			status: 429,
			body: {
				status: "error",
				message: "You have reached your ten_secondly_rolling limit.",
				errorType: "RATE_LIMIT",
				correlationId: "c033cdaa-2c40-4a64-ae48-b4cec88dad24",
				policyName: "TEN_SECONDLY_ROLLING",
			},
		};
	if (headers["authorization"] !== `Bearer ${account.token}`)
		return error(
			401,
			"INVALID_AUTHENTICATION",
			"Authentication credentials not found. This API supports OAuth 2.0 authentication",
		);
	const needs = (scope: string, done: () => Answer) =>
		account.scopes.has(scope)
			? done()
			: error(403, "MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call.", {
					errors: [
						{ message: "One or more of the following scopes are required.", context: { requiredGranularScopes: [scope] } },
					],
				});
	const contact = /^\/crm\/objects\/2026-09\/contacts\/([^/]+)$/.exec(path)?.[1];
	if (method === "GET" && path === "/account-info/2026-09/details")
		return { status: 200, body: { portalId: 123456, accountType: "STANDARD", timeZone: "US/Eastern", companyCurrency: "USD" } };
	if (method === "GET" && contact) return needs("crm.objects.contacts.read", () => read(contact, request, account));
	if (method !== "POST") return error(405, "VALIDATION_ERROR", "Method not allowed");
	switch (path) {
		case "/crm/objects/2026-09/contacts/batch/upsert":
			return needs("crm.objects.contacts.write", () => upsert(request, account));
		case "/crm/properties/2026-09/contacts/groups":
			return needs("crm.schemas.contacts.write", () => makeGroup(request, account));
		case "/crm/properties/2026-09/contacts":
			return needs("crm.schemas.contacts.write", () => define(request, account));
	}
	return { status: 404, body: "<html><body>404</body></html>" };
}

/** A contact by its address. Properties that nobody has defined are left out without a word. */
function read(contact: string, { query }: Received, { contacts, definitions }: Account): Answer {
	const email = decodeURIComponent(contact);
	const properties = query.get("idProperty") === "email" ? contacts.get(email) : undefined;
	if (!properties) return error(404, "OBJECT_NOT_FOUND", `Object not found.  objectId are usually numeric.`);
	const asked = (query.get("properties") ?? "").split(",").filter((name) => definitions.has(name));
	return { status: 200, body: shown(properties, asked) };
}

const shown = (properties: Record<string, string>, names: readonly string[]) => ({
	id: "512",
	properties: {
		createdate: "2026-01-02T03:04:05.678Z",
		...Object.fromEntries(names.map((name) => [name, properties[name] ?? null])),
		hs_object_id: "512",
		lastmodifieddate: "2026-11-20T10:00:00.000Z",
	},
	createdAt: "2026-01-02T03:04:05.678Z",
	updatedAt: "2026-11-20T10:00:00.000Z",
	archived: false,
	url: "https://app.hubspot.com/contacts/123456/record/0-1/512",
});

const inputs = z.strictObject({
	inputs: z
		.array(
			z.strictObject({
				id: z.string(),
				idProperty: z.literal("email"),
				properties: z.record(z.string(), z.string()),
				objectWriteTraceId: z.string().optional(),
			}),
		)
		.min(1)
		.max(100),
});

function upsert(request: Received, account: Account): Answer {
	const parsed = inputs.safeParse(jsonOf(request));
	if (!parsed.success) return error(400, "VALIDATION_ERROR", "Invalid input JSON");
	const results = [];
	for (const { id, properties } of parsed.data.inputs) {
		const faults = Object.entries({ email: id, ...properties }).flatMap(([name, value]) => faultOf(name, value, account));
		if (faults.length) {
			const message = `Property values were not valid: ${JSON.stringify(faults)}`;
			if (!account.multiStatus) return error(400, "VALIDATION_ERROR", message);
			const errors = [{ status: "error", category: "VALIDATION_ERROR", message, context: { ids: [id] } }];
			return { status: 207, body: { status: "COMPLETE", results: [], numErrors: 1, errors } };
		}
		// An empty text empties a property.
		const before = account.contacts.get(id);
		account.contacts.set(id, { ...before, email: id, ...properties });
		results.push({ ...shown({ ...before, ...properties }, Object.keys(properties)), new: !before });
	}
	return {
		status: 200,
		body: { status: "COMPLETE", results, startedAt: "2026-11-20T10:00:00Z", completedAt: "2026-11-20T10:00:00Z" },
	};
}

function faultOf(name: string, value: string, { definitions }: Account): object[] {
	const fault = (code: string, message: string) => [
		{ isValid: false, message, error: code, name, localizedErrorMessage: message, portalId: 123456 },
	];
	const definition = definitions.get(name);
	if (!definition) return fault("PROPERTY_DOESNT_EXIST", `Property "${name}" does not exist`);
	if (name === "email" && !z.email().safeParse(value).success) return fault("INVALID_EMAIL", `Email address ${value} is invalid`);
	if (value === "") return [];
	if (definition.type !== "string" && value !== value.trim())
		return fault("LEADING_OR_TRAILING_WHITESPACE", `${value} has spaces`);
	if (definition.type === "number" && !Number.isFinite(Number(value)))
		return fault("INVALID_DOUBLE", `${value} was not a valid number`);
	if (definition.type === "datetime" && Number.isNaN(Date.parse(value)))
		return fault("INVALID_DATE", `${value} was not a valid date`);
	if (definition.type === "enumeration" && !definition.options?.some((option) => option.value === value))
		return fault("INVALID_OPTION", `${value} was not one of the allowed options`);
	return value.length > 65_536 ? fault("TOO_LONG", "too long") : [];
}

const group = z.strictObject({ name: z.string().regex(/^[a-z0-9_]+$/), label: z.string().min(1) });

function makeGroup(request: Received, { groups }: Account): Answer {
	const parsed = group.safeParse(jsonOf(request));
	if (!parsed.success) return error(400, "VALIDATION_ERROR", "Invalid input JSON");
	if (groups.has(parsed.data.name)) return error(409, "OBJECT_ALREADY_EXISTS", `Group '${parsed.data.name}' already exists`);
	groups.add(parsed.data.name);
	return { status: 201, body: parsed.data };
}

const definition = z.strictObject({
	name: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/),
	label: z.string().min(1),
	groupName: z.string(),
	type: z.enum(["string", "number", "enumeration", "datetime"]),
	fieldType: z.string(),
	options: z
		.array(z.strictObject({ label: z.string().min(1), value: z.string().min(1), displayOrder: z.int(), hidden: z.boolean() }))
		.optional(),
});

function define(request: Received, { definitions, groups }: Account): Answer {
	const parsed = definition.safeParse(jsonOf(request));
	if (!parsed.success) return error(400, "VALIDATION_ERROR", "Invalid input JSON");
	const { name, type, fieldType, groupName, options } = parsed.data;
	const fields = type === "string" ? NAMES.text : NAMES[type];
	if (!fields.includes(fieldType))
		return error(400, "VALIDATION_ERROR", `Field type '${fieldType}' does not match type '${type}'`);
	if (!groups.has(groupName)) return error(400, "VALIDATION_ERROR", `Property group '${groupName}' does not exist`);
	if (type === "enumeration" && !options?.length) return error(400, "VALIDATION_ERROR", "An enumeration has options");
	if (definitions.has(name)) return error(409, "OBJECT_ALREADY_EXISTS", `A property named '${name}' already exists.`);
	definitions.set(name, { name, type, groupName, ...(options ? { options } : {}) });
	return { status: 201, body: parsed.data };
}
