import { createConfig, lintFromString } from "@redocly/openapi-core";
import type { TestCollector } from "./collector.ts";

/** A schema, a reply or an operation as the document has them, as far as tests look at them. */
export interface Operation {
	readonly operationId: string;
	readonly tags: readonly string[];
	readonly description: string;
	readonly security: readonly Readonly<Record<string, readonly string[]>>[];
	readonly parameters?: readonly {
		readonly name: string;
		readonly in: string;
		readonly description?: string;
		readonly schema: object;
	}[];
	readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>> };
	readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { examples?: object }>> }>>;
}

/** What `GET /openapi.json` gives. */
export interface OpenApi {
	readonly servers: readonly { readonly url: string }[];
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
	readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** One operation with where it is. */
export interface Route {
	readonly method: string;
	readonly path: string;
	readonly operation: Operation;
}

/** A reply that came, and of which route. */
export interface Reply {
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly type: string;
	readonly body: unknown;
}

export async function openApiOf(collector: TestCollector): Promise<OpenApi> {
	return (await collector.fetch("/openapi.json")).json();
}

/** Every operation of the document. */
export function routesOf({ paths }: OpenApi): Route[] {
	return Object.entries(paths).flatMap(([path, item]) =>
		Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
	);
}

/** The bodies that the document shows for an operation. */
export function examplesOf({ operation: { requestBody } }: Route, { components }: OpenApi): object[] {
	const name = requestBody?.content["application/json"]?.schema?.$ref?.split("/").at(-1) ?? "";
	return Object(components.schemas[name]).examples ?? [];
}

type Rules = NonNullable<Exclude<Parameters<typeof createConfig>[0], string | undefined>["rules"]>;

/** What Redocly's linter finds, a line each: the rule, where, and what. */
export async function lint(document: object, rules: Rules, preset?: string): Promise<string[]> {
	const config = await createConfig({ ...(preset ? { extends: [preset] } : {}), rules });
	const found = await lintFromString({ source: JSON.stringify(document), absoluteRef: "/openapi.json", config });
	return found.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
}

/**
 * What of these replies is not as the document says: a status or a type it does not name, a field that is missing, of another type, or
 * not in it at all. The replies stand in the document as its examples, and the linter checks them by their schemas.
 */
export async function undocumented(document: OpenApi, replies: readonly Reply[]): Promise<string[]> {
	const copy = structuredClone(document);
	const unknown = replies.flatMap(({ method, path, status, type, body }, i) => {
		const media = copy.paths[path]?.[method.toLowerCase()]?.responses[status]?.content?.[type];
		if (!media) return [`${method} ${path}: ${status} ${type}`];
		media.examples = { ...media.examples, [`reply-${i}`]: { value: body } };
		return [];
	});
	const rule = { severity: "error", allowAdditionalProperties: false } as const;
	return [...unknown, ...(await lint(copy, { "no-invalid-media-type-examples": rule }))];
}
