import type { Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import type { AppEnv } from "./env.ts";
import { eventsDocument } from "./events-document.ts";

/** What the routes are about, in the order in which they are read. */
export const TAGS = {
	Answers: "The answers themselves: sent by a page, listed, exported, followed up, forgotten.",
	Scores: "What the answers come to, with how sure that is.",
	Settings: "What is asked, where and how, and who may see it.",
	Webhooks: "Where it is told: endpoints, what was delivered there, and what was not.",
	Widget: "What a shopper's browser fetches. Needs no key.",
	Operator: "The Worker and all its sites, for whoever runs it.",
	Service: "What this API is, and whether it is there.",
} as const;

/** Routes whose path says more than that its last part is a name. */
const SPELT: Readonly<Record<string, string>> = { "/s/{site}/{file}": "/s/{site}/{file}.js" };

/** The methods that routes have. */
export const METHODS = ["get", "post", "patch", "delete"] as const;

/** The routes, and the events that are sent. */
export type ApiDocument = Awaited<ReturnType<typeof generateSpecs>> & { readonly webhooks: Events };

/** The events as OpenAPI's `webhooks`. */
export type Events = ReturnType<typeof eventsDocument>["webhooks"];

/**
 * The API as OpenAPI 3.1, from what the routes say of themselves and the schemas that check their requests. A preflight is
 * the browser's own business and not in it.
 */
export async function apiDocument(api: Hono<AppEnv>): Promise<ApiDocument> {
	const document = await generateSpecs(api, {
		documentation: {
			info: {
				title: "Afterword",
				version: "1",
				license: { name: "MIT", identifier: "MIT" },
				description:
					"One question after checkout, kept and scored. Errors are RFC 9457 problem details with a `code` from a closed list. Times are in UTC, such as `2026-11-22T10:00:00.000Z`; days are the site's own, such as `2026-11-22`.",
			},
			tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
			components: {
				securitySchemes: {
					owner: { type: "http", scheme: "bearer", description: "A site's API key, `aw_sk_…`, with the scope that is named." },
					operator: {
						type: "http",
						scheme: "bearer",
						description: "The operator's key, the Worker's secret `AFTERWORD_OPERATOR_KEY`.",
					},
				},
			},
		},
		// Also routes that say nothing of themselves: one that nobody describes is still seen.
		includeEmptyPaths: true,
		exclude: ["/docs.css", "/s/page.css", "/demo/*", /^\/app/],
		excludeStaticFile: false,
		defaultValidationErrorResponse: false,
	});
	for (const item of Object.values(document.paths)) {
		delete item.options;
		for (const method of METHODS) if (item[method]?.parameters) item[method].parameters = item[method].parameters.map(plain);
	}
	const paths = Object.entries(document.paths).map(([path, item]) => [SPELT[path] ?? path, item] as const);
	const { webhooks, schemas } = eventsDocument();
	document.components.schemas = Object.assign(document.components.schemas ?? {}, schemas);
	return Object.assign(document, { paths: Object.fromEntries(paths), webhooks });
}

type Parameter = NonNullable<NonNullable<ApiDocument["paths"][string]["get"]>["parameters"]>[number];

/** A parameter of a named schema, with what is said of it beside the schema and not around it. */
function plain(parameter: Parameter): Parameter {
	if (!("schema" in parameter) || !parameter.schema || !("allOf" in parameter.schema)) return parameter;
	const [named] = parameter.schema.allOf ?? [];
	return named ? { ...parameter, schema: named } : parameter;
}
