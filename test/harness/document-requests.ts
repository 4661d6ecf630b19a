import fc from "fast-check";
import { lastWord } from "./heard-names.ts";
import type { OpenApi, Route } from "./openapi.ts";
import { type Known, type Schema, valuesOf } from "./schema-values.ts";
import { bent, oddHeaders, trouble } from "./trouble.ts";

/** Whose key a request has. */
export type Caller = "owner" | "operator" | "nobody";

/** A made-up request to an operation of the document; "{name#3}" in it stands for something that there is. */
export interface MadeUpRequest {
	readonly route: Route;
	readonly address: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	readonly caller: Caller;
}

/** What there is at every site of the tests, and what goes together. */
const KNOWN: Known = {
	survey: fc.constantFrom("nps", "csat"),
	window: fc.constantFrom("7d", "30d", "90d", "365d", "2026-11-01..2026-11-20"),
	slug: fc.stringMatching(/^[a-z]{6,9}$/),
	metric: fc.constantFrom("nps", "csat"),
	columns: fc.constant(["score", "answered_at"]),
	mapping: fc.constant(undefined),
	customer: fc.nat(19).map((which) => `c-${which}`),
	transaction: fc.nat(19).map((which) => `t-${which}`),
	line: fc.constantFrom("1", "2"),
};

/** Text of a body that is no JSON. */
const LINES = fc.oneof(
	fc.constantFrom('{"score":9,"shown_at":"2026-01-01"}\n', "score,answered_at\n9,2026-01-01\n10,2026-01-02\n"),
	trouble,
);

/** Requests to one operation: of the right shape, but for a parameter, a place of the body or a header now and then. */
export function requestsTo(route: Route, document: OpenApi): fc.Arbitrary<MadeUpRequest> {
	const { method, path, operation } = route;
	const { parameters = [], requestBody, security } = operation;
	const word = lastWord(path.slice(0, path.lastIndexOf("{")));
	const one = (of: string) => fc.nat(19).map((which) => `{${of}#${which}}`);
	const names: Known = { ...KNOWN, id: one(word), kid: one("secret"), response: one("response") };
	const values = (schema: object) => valuesOf(schema as Schema, document, names);

	const inPath = Object.fromEntries(
		parameters
			.filter((parameter) => parameter.in === "path")
			.map(({ name, schema }) => [name, fc.oneof({ weight: 6, arbitrary: names[name] ?? values(schema) }, trouble)]),
	);
	const inQuery = Object.fromEntries(
		parameters
			.filter((parameter) => parameter.in === "query")
			.map(({ name, schema }) => [name, fc.oneof({ weight: 8, arbitrary: names[name] ?? values(schema) }, trouble)]),
	);
	const types = Object.entries(requestBody?.content ?? {});
	const bodies = types.map(([type, media]) => {
		const json = type === "text/plain" || type === "application/json";
		const right = json ? bent(values(media.schema ?? {})).map((value) => JSON.stringify(value) ?? "") : LINES;
		return fc.tuple(fc.constant(type), fc.oneof({ weight: 30, arbitrary: right }, trouble));
	});
	const owner: Caller = security.some((one) => "operator" in one) ? "operator" : "owner";
	return fc
		.record({
			path: fc.record(inPath),
			query: fc.record(inQuery, { requiredKeys: [] }),
			more: fc.oneof({ weight: 25, arbitrary: fc.constant([]) }, fc.tuple(fc.tuple(trouble, trouble))),
			sent: bodies.length > 0 ? fc.oneof(...bodies) : fc.constant(["", ""] as [string, string]),
			odd: oddHeaders,
			caller: fc.oneof({ weight: 12, arbitrary: fc.constant(owner) }, fc.constantFrom<Caller>("owner", "operator", "nobody")),
		})
		.map(({ path: said, query, more, sent: [type, body], odd, caller }) => {
			const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => part(String(Object(said)[name])));
			const asked = [...Object.entries(query), ...more]
				.map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${part(String(value), "")}`)
				.join("&");
			const headers = { ...(type ? { "content-type": type } : {}), ...odd };
			return { route, address: asked ? `${filled}?${asked}` : filled, headers, body: method === "GET" ? "" : body, caller };
		});
}

/** Text as it stands in an address; what would make it another address is something else. */
function part(text: string, empty = "x"): string {
	if (/^\{[a-z-]+#\d+\}$/.test(text)) return text;
	// Half a character, and bytes that are none, cannot be said but so.
	if (text.isWellFormed()) return /^\.{0,2}$/.test(text) ? empty : encodeURIComponent(text);
	return "%ED%A0%80%ff%";
}
