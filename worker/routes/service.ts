import { Hono } from "hono";
import * as z from "zod";
import { apiDocument } from "../api-document.ts";
import { describe, json, text } from "../describe.ts";
import docsStyle from "../docs.css";
import { docsPage } from "../docs-page.tsx";
import type { AppEnv } from "../env.ts";

const openApi = z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }).meta({ id: "ApiDocument" });

/** Public: whether the Worker runs, and what its API is. Reads no database. */
export function service(api: Hono<AppEnv>): Hono<AppEnv> {
	const routes = new Hono<AppEnv>();
	// It takes half a second to make and is the same for everybody: each isolate makes it once.
	let made: ReturnType<typeof apiDocument> | undefined;
	const documentOf = () => {
		made ??= apiDocument(api);
		return made;
	};

	routes.get(
		"/healthz",
		describe({
			tag: "Service",
			summary: "Whether the Worker runs",
			who: "anyone",
			answers: { 200: json(z.object({ status: z.literal("ok") }).meta({ id: "Alive" }), "It runs") },
		}),
		(c) => c.json({ status: "ok" as const }),
	);

	routes.get(
		"/openapi.json",
		describe({ tag: "Service", summary: "This document", who: "anyone", answers: { 200: json(openApi, "OpenAPI 3.1") } }),
		// Where it was asked for is where the API is; a generated client takes its address from here.
		async (c) => c.json({ ...(await documentOf()), servers: [{ url: new URL(c.req.url).origin, description: "This Worker" }] }),
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
