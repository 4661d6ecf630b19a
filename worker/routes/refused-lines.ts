import { Hono } from "hono";
import * as z from "zod";
import { refusedReply } from "../../shared/import-contract.ts";
import { csvLine } from "../csv.ts";
import { dbFor } from "../db/db-for.ts";
import { refusedLines } from "../db/refused-lines.ts";
import { checked, describe, json, text } from "../describe.ts";
import { importPath, namedImport } from "../door/named-import.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";

/** Owner: which lines of an import were refused, and why. */
export const refusedLinesRoutes = new Hono<AppEnv>();

const refusedQuery = z.strictObject({
	after: z
		.string()
		.regex(/^\d{1,9}$/, "must be a line's number")
		.default("0")
		.describe("Only lines behind this one: `next` of the page before."),
	limit: z
		.string()
		.regex(/^(?:[1-9]\d{0,2}|1000)$/, "must be 1 to 1000")
		.default("100")
		.describe("1 to 1000."),
});

refusedLinesRoutes.get(
	"/v1/imports/:id/refused",
	describe({
		tag: "Answers",
		summary: "List the lines that were refused",
		description: "All of them, each with its number and the reason.",
		who: "a key with the scope responses:write",
		answers: { 200: json(refusedReply, "A page of them, which may have fewer than `limit`") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:write"),
	importPath,
	namedImport,
	checked("query", refusedQuery),
	async (c) => {
		const { after, limit } = c.req.valid("query");
		const site = c.get("site");
		return c.json(await refusedLines(dbFor(c.env, site), site.id, c.get("job").id, Number(after), Number(limit)));
	},
);

refusedLinesRoutes.get(
	"/v1/imports/:id/refused.csv",
	describe({
		tag: "Answers",
		summary: "Download the lines that were refused",
		who: "a key with the scope responses:write",
		answers: { 200: text("text/csv", "Every line's number, the field at fault and the reason, streamed") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:write"),
	importPath,
	namedImport,
	(c) => {
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const encoder = new TextEncoder();
		let after: number | null = 0;
		const stream = new ReadableStream<Uint8Array>({
			start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${csvLine(["line", "field", "reason"])}`)),
			async pull(controller) {
				const { refused, next } = await refusedLines(db, site.id, c.get("job").id, after ?? 0, 10_000);
				const lines = refused.map(({ line, field, detail }) => csvLine([line, field, detail]));
				if (lines.length > 0) controller.enqueue(encoder.encode(lines.join("")));
				if (next === null) controller.close();
				after = next;
			},
		});
		const headers = {
			"Content-Type": "text/csv; charset=utf-8",
			"Content-Disposition": 'attachment; filename="refused.csv"',
		};
		return c.body(stream, 200, headers);
	},
);
