import { Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import * as z from "zod";
import { describe, json, text } from "../describe.ts";
import docsStyle from "../docs.css";
import { docsPage } from "../docs-page.tsx";
import type { AppEnv } from "../env.ts";
import { eventsDocument } from "../events-document.ts";

/** Public: whether the Worker runs, and what its API is. Reads no database. */
export function service(api: Hono<AppEnv>): Hono<AppEnv> {
	const routes = new Hono<AppEnv>();
	// It takes half a second to make and is the same for everybody: each isolate makes it once.
	let made: ReturnType<typeof generate> | undefined;
	const documentOf = () => {
		made ??= generate();
		return made;
	};
	const generate = async () => {
		const { webhooks, schemas } = eventsDocument();
		const document = await generateSpecs(api, {
			documentation: {
				info: {
					title: "Afterword",
					version: "1",
					description:
						"One question after checkout, kept and scored. Errors are RFC 9457 problem details with a `code` from a closed list.",
				},
				components: {
					securitySchemes: { bearer: { type: "http", scheme: "bearer", description: "A site's API key, or the operator's." } },
				},
			},
			// Also routes that say nothing of themselves: one that nobody describes is still seen.
			includeEmptyPaths: true,
			exclude: ["/docs.css", "/s/page.css", "/demo/*", /^\/app/],
			excludeMethods: ["OPTIONS"],
			excludeStaticFile: false,
			defaultValidationErrorResponse: false,
		});
		document.components.schemas ??= {};
		Object.assign(document.components.schemas, schemas);
		return Object.assign(document, { webhooks });
	};

	routes.get(
		"/healthz",
		describe({
			tag: "Service",
			summary: "Whether the Worker runs",
			who: "anyone",
			answers: { 200: json(z.object({ status: z.literal("ok") }), "It runs") },
		}),
		(c) => c.json({ status: "ok" as const }),
	);

	routes.get(
		"/openapi.json",
		describe({ tag: "Service", summary: "This document", who: "anyone", answers: { 200: json(z.object({}), "OpenAPI 3.1") } }),
		async (c) => c.json(await documentOf()),
	);

	routes.get(
		"/docs",
		describe({
			tag: "Service",
			summary: "This document, for people",
			who: "anyone",
			answers: { 200: text("text/html", "A page") },
		}),
		async (c) => {
			c.header(
				"Content-Security-Policy",
				"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			);
			return c.html(docsPage(await documentOf()));
		},
	);
	routes.get("/docs.css", (c) =>
		c.body(docsStyle, 200, { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=300" }),
	);
	return routes;
}
