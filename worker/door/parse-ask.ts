import * as z from "zod";
import { type Ask, ask } from "../../shared/ask-contract.ts";
import { cleanComment } from "../../shared/comment.ts";
import { cleanContact } from "../../shared/contact.ts";
import { DRIVERS_PER_ANSWER, EDIT_WINDOW_MS } from "../../shared/limits.ts";
import { maskPage } from "../../shared/page-address.ts";
import { ApiError } from "../api-error.ts";
import { faultsOf, plainName } from "../faults-of.ts";

/** An ask whose form is right, and the names of optional fields that were left out or cut. */
export interface ParsedAsk {
	readonly ask: Ask;
	readonly dropped: string[];
}

const object = z.record(z.string(), z.unknown());
const optional = ask.shape;

/**
 * Reads an ask. A wrong site, survey, version, id, rev, status or score, or an unknown field, refuses it with every fault named;
 * a bad optional value is dropped or cut and said so: a merchant's slip never costs an answer.
 */
export function parseAsk(body: unknown): ParsedAsk {
	const fields = object.safeParse(body);
	if (!fields.success) throw ApiError.invalid("body", "must be a JSON object");
	// The one name that a copy of an object, zod's too, passes over in silence.
	if (Object.hasOwn(Object(body), "__proto__")) throw ApiError.invalid("__proto__", "is not a known field");
	const { data: given } = fields;
	const dropped: string[] = [];
	const kept: Record<string, unknown> = { ...given };
	for (const [name, clean] of Object.entries(CLEANERS)) {
		if (!Object.hasOwn(given, name) || given[name] === undefined) continue;
		const { value, faults } = clean(given[name], given);
		dropped.push(...faults.map((fault) => (fault === "" ? name : `${name}.${fault}`)));
		if (value === undefined) delete kept[name];
		else kept[name] = value;
	}
	if (!Object.hasOwn(kept, "age_ms")) kept["age_ms"] = 0;
	const parsed = ask.safeParse(kept);
	if (!parsed.success) throw new ApiError("invalid_request", { faults: faultsOf(parsed.error) });
	const { status, score } = parsed.data;
	if (status === "answered" && score === undefined) throw ApiError.invalid("score", "must be there when the status is answered");
	if (status !== "answered" && score !== undefined)
		throw ApiError.invalid("score", "must be left out unless the status is answered");
	return { ask: parsed.data, dropped };
}

/** What is left of an optional value (undefined: nothing), and what to say of it: "" for the whole, else the part. */
interface Cleaned {
	readonly value: unknown;
	readonly faults: readonly string[];
}

const DROPPED: Cleaned = { value: undefined, faults: [""] };

const CLEANERS: Record<string, (value: unknown, all: Record<string, unknown>) => Cleaned> = {
	transaction: whole(optional.transaction),
	token: whole(optional.token),
	customer: whole(optional.customer),
	channel: whole(optional.channel.refine((channel) => channel !== "import")),
	locale: whole(optional.locale),
	device: whole(optional.device),
	page: cleanPage,
	comment: cleanCommentField,
	contact: cleanContactField,
	drivers: cleanDrivers,
	segments: cleanSegments,
	age_ms: cleanAge,
};

/** Keeps a value that its schema takes, drops any other. An explicit null counts as left out. */
function whole(schema: z.ZodType): (value: unknown) => Cleaned {
	return (value) => {
		if (value === null) return { value: undefined, faults: [] };
		return schema.safeParse(value).success ? { value, faults: [] } : DROPPED;
	};
}

function cleanPage(value: unknown): Cleaned {
	const page = typeof value === "string" ? maskPage(value) : null;
	return page === null ? DROPPED : { value: page, faults: [] };
}

function cleanCommentField(value: unknown, { status }: Record<string, unknown>): Cleaned {
	if (value === null || value === "") return { value: undefined, faults: [] };
	if (typeof value !== "string" || status !== "answered") return DROPPED;
	const comment = cleanComment(value);
	const cut = (comment ?? "") !== value.replaceAll("\0", "").trim();
	return { value: comment ?? undefined, faults: cut ? [""] : [] };
}

function cleanContactField(value: unknown, { status }: Record<string, unknown>): Cleaned {
	if (value === null || value === "") return { value: undefined, faults: [] };
	const contact = typeof value === "string" && status === "answered" ? cleanContact(value) : null;
	return contact === null ? DROPPED : { value: contact, faults: [] };
}

function cleanDrivers(value: unknown, { status }: Record<string, unknown>): Cleaned {
	if (!Array.isArray(value)) return value === null ? { value: undefined, faults: [] } : DROPPED;
	if (status !== "answered") return { value: undefined, faults: value.length > 0 ? [""] : [] };
	const good = [...new Set(value.filter((id) => optional.drivers.safeParse([id]).success))].slice(0, DRIVERS_PER_ANSWER);
	return { value: good, faults: good.length < new Set(value).size ? [""] : [] };
}

function cleanSegments(value: unknown): Cleaned {
	const segments = object.safeParse(value);
	if (!segments.success) return value === null ? { value: undefined, faults: [] } : DROPPED;
	const faults: string[] = [];
	const good: Record<string, unknown> = {};
	for (const [key, text] of Object.entries(segments.data).slice(0, 50)) {
		if (optional.segments.safeParse({ [key]: text }).success) good[key] = text;
		else faults.push(plainName(key));
	}
	return { value: good, faults };
}

/** An age is believed between 0 and 7 days; beyond, it is the nearer end; what is no number counts as 0. */
function cleanAge(value: unknown): Cleaned {
	if (typeof value !== "number") return { value: 0, faults: [""] };
	return { value: Math.round(Math.min(Math.max(value, 0), EDIT_WINDOW_MS)), faults: [] };
}
