import { Hono } from "hono";
import * as z from "zod";
import {
	importGuess,
	importSample,
	importView as importSchema,
	importsReply,
	newImport,
	PART_BYTES,
	PART_LINES,
} from "../../shared/import-contract.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { finishImport, importsOf, insertImport, undoImport } from "../db/imports.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { importPath, knownImport, namedImport } from "../door/named-import.ts";
import { parseBody } from "../door/parse-body.ts";
import { readTyped } from "../door/read-body.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { importView } from "../import/import-view.ts";
import { csvLines, csvRecords, jsonLines } from "../import/lines.ts";
import { lookAt } from "../import/look-at.ts";
import { startOf } from "../import/start.ts";
import { takeLines } from "../import/take-lines.ts";
import { randomBase62 } from "../keys/key.ts";

const WHO = "a key with the scope responses:write";

/** Bytes of the beginning of a file that a guess rests on. */
const SAMPLE_BYTES = 512 * 1024;

/** Milliseconds that a part may take to arrive. */
const PART_MS = 60_000;

/** Owner: answers from elsewhere. */
export const imports = new Hono<AppEnv>();

imports.get(
	"/v1/imports",
	describe({
		tag: "Answers",
		summary: "List the imports",
		who: WHO,
		answers: { 200: json(importsReply, "The newest hundred") },
	}),
	requireKey("responses:write"),
	async (c) => {
		const site = c.get("site");
		return c.json({ imports: (await importsOf(dbFor(c.env, site), site.id)).map(importView) });
	},
);

imports.post(
	"/v1/imports",
	describe({
		tag: "Answers",
		summary: "Begin an import",
		description:
			"Its lines follow, in parts and in their order. Answers are told by what their source calls them: one that is here already, or was deleted here, is not kept again. They keep their dates, count under the channel `import`, are never verified and open no cases. Those of days that retention has passed are counted and not kept.",
		who: WHO,
		body: bodyOf(newImport),
		answers: {
			200: json(importSchema, "One of the same file that is not finished: it goes on"),
			201: json(importSchema, "The import"),
		},
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:write"),
	async (c) => {
		const given = await parseBody(c.req.raw, newImport, SAMPLE_BYTES);
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const start = await startOf(db, site, given);
		const open = (await importsOf(db, site.id)).find(
			({ state, fingerprint, survey, source, columns, mapping }) =>
				state === "open" &&
				given.fingerprint !== undefined &&
				JSON.stringify([fingerprint, survey, source, columns, mapping]) ===
					JSON.stringify([start.fingerprint, start.survey, start.source, start.columns, start.mapping]),
		);
		if (open) return c.json(importView(open));
		const id = randomBase62(12);
		await insertImport(db, site.id, { ...start, id, created_at: Date.now() });
		return c.json(importView(await knownImport(db, site.id, id)), 201);
	},
);

imports.post(
	"/v1/imports/guess",
	describe({
		tag: "Answers",
		summary: "Guess what a file holds",
		description: "Nothing is kept. What it says of columns can go into a new import as it is, or corrected.",
		who: WHO,
		body: bodyOf(importSample),
		answers: { 200: json(importGuess, "The mapping, the first lines as they would be read, and what may be a segment") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:write"),
	async (c) => c.json(await lookAt(c.env, c.get("site"), await parseBody(c.req.raw, importSample, SAMPLE_BYTES), Date.now())),
);

imports.get(
	"/v1/imports/:id",
	describe({
		tag: "Answers",
		summary: "See how far an import is",
		who: WHO,
		answers: { 200: json(importSchema, "What came of the lines so far, and which is the next") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:write"),
	importPath,
	namedImport,
	(c) => c.json(importView(c.get("job"))),
);

const part = z.strictObject({
	line: z
		.string()
		.regex(/^[1-9]\d{0,8}$/, "must be the number of the first line sent")
		.describe("The number of the first line sent. The header of a CSV is line 1, and may be sent or not.")
		.meta({ examples: ["5001"] }),
	delimiter: z.enum([",", ";", "\t", "|"]).default(",").describe("What separates the cells of text/csv."),
});

imports.post(
	"/v1/imports/:id/lines",
	describe({
		tag: "Answers",
		summary: "Send lines of an import",
		description: `At most ${PART_LINES} lines and 4 MiB at a time, from \`next_line\` on. Lines that were taken before change nothing, so that a part may be sent again, also cut otherwise; a part is taken whole or not at all. JSON lines are objects, or lists of cells where the import has columns.`,
		who: WHO,
		body: {
			required: true,
			content: { "application/x-ndjson": { schema: { type: "string" } }, "text/csv": { schema: { type: "string" } } },
		},
		answers: { 200: json(importSchema, "The import after them; go on with its `next_line`") },
		problems: ["invalid_request", "not_found", "conflict", "payload_too_large", "unsupported_media_type", "request_timeout"],
	}),
	requireKey("responses:write"),
	importPath,
	namedImport,
	checked("query", part),
	async (c) => {
		const { line, delimiter } = c.req.valid("query");
		const job = c.get("job");
		const { type, text } = await readTyped(c.req.raw, ["application/x-ndjson", "text/csv"], PART_BYTES, PART_MS);
		const form = { first: Number(line), columns: job.columns === null ? null : JSON.parse(job.columns) };
		if (type === "text/csv" && form.columns === null)
			throw new ApiError("unsupported_media_type", { detail: "This import has no columns: send application/x-ndjson" });
		const lines = type === "text/csv" ? csvLines(csvRecords(text, delimiter).rows, form) : jsonLines(text, form);
		return c.json(importView(await takeLines(c.env, c.get("site"), job, lines, Date.now())));
	},
);

imports.post(
	"/v1/imports/:id/finish",
	describe({
		tag: "Answers",
		summary: "Finish an import",
		description: "Says that no more lines follow. One that was never finished goes on when its file comes again.",
		who: WHO,
		answers: { 200: json(importSchema, "The import") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:write"),
	importPath,
	namedImport,
	async (c) => {
		const site = c.get("site");
		const db = dbFor(c.env, site);
		await finishImport(db, site.id, c.get("job").id, Date.now());
		return c.json(importView(await knownImport(db, site.id, c.get("job").id)));
	},
);

imports.post(
	"/v1/imports/:id/undo",
	describe({
		tag: "Answers",
		summary: "Take an import back",
		description:
			"Its answers leave the site and its numbers, exactly, up to a thousand a call: call again until `state` is undone. What retention has passed since stays counted.",
		who: WHO,
		answers: { 200: json(importSchema, "The import after this step") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:write"),
	importPath,
	namedImport,
	async (c) => {
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const job = c.get("job");
		const done = job.state === "undone" ? job : await undoImport(db, site.id, job, Date.now());
		return c.json(importView(done ?? (await knownImport(db, site.id, job.id))));
	},
);
