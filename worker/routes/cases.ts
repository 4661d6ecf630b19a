import { Hono } from "hono";
import * as z from "zod";
import {
	CASE_STATES,
	casePatch,
	caseView as caseSchema,
	caseSummary,
	casesReply,
	MOST_NOTES,
	newCase,
	newNote,
	newNoteReply,
} from "../../shared/case-contract.ts";
import { cleanComment } from "../../shared/comment.ts";
import { responseId } from "../../shared/response-contract.ts";
import { WINDOW_FORMS } from "../../shared/window.ts";
import { ApiError } from "../api-error.ts";
import { summariseCases } from "../case-summary.ts";
import { caseItem, caseView, noteView } from "../case-view.ts";
import { changedCase } from "../change-case.ts";
import { answerById } from "../db/answers.ts";
import { type CasePosition, caseById, listCases } from "../db/cases.ts";
import { insertCase, insertNote, updateCase } from "../db/change-case.ts";
import { dbFor } from "../db/db-for.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { randomBase62 } from "../keys/key.ts";
import { dueDay } from "../open-cases.ts";
import { pageLimit } from "../page-limit.ts";
import type { SiteId } from "../site.ts";
import { untilKept } from "../until-kept.ts";
import { readWindow } from "../windowed-scopes.ts";

const path = checked("param", z.object({ id: responseId.describe("The id of the case, which is its answer's.") }));

/** What `state` may say, and the states it means. */
const STATES = {
	unresolved: ["open", "contacted"],
	all: CASE_STATES,
	open: ["open"],
	contacted: ["contacted"],
	resolved: ["resolved"],
} as const;

const listQuery = z.strictObject({
	state: z
		.enum(["unresolved", ...CASE_STATES, "all"])
		.default("unresolved")
		.describe("unresolved: open or contacted."),
	callbacks: z.enum(["all", "only"]).default("all").describe("only: those of shoppers who asked to be contacted."),
	assignee: z
		.string()
		.max(80)
		.optional()
		.describe("Only this assignee's; empty: only those nobody has.")
		.meta({ examples: ["Ann"] }),
	order: z.enum(["oldest", "newest"]).default("oldest").describe("By the time they were opened."),
	limit: pageLimit,
	cursor: z
		.string()
		.max(100)
		.optional()
		.describe("`next` of the page before.")
		.meta({ examples: ["1795341600000.4b1d9b6de2f84c5f9d2c8a7e1f0b3c6d"] }),
});

/** Owner: the answers that are followed up. */
export const cases = new Hono<AppEnv>();

cases.get(
	"/v1/cases",
	describe({
		tag: "Answers",
		summary: "List cases by age",
		description:
			"A low score (nps 0–6, csat 1–2, ces 1–3) opens a case by itself, 90 seconds after its last revision at the earliest, where its survey's `open_cases` says so; a request to be contacted at once, whatever the score.",
		who: "a key with the scope responses:read",
		answers: { 200: json(casesReply, "A page of cases") },
		problems: ["invalid_request"],
	}),
	requireKey("responses:read"),
	checked("query", listQuery),
	async (c) => {
		const { state, callbacks, assignee = null, order, limit, cursor } = c.req.valid("query");
		const site = c.get("site");
		const after = cursor === undefined ? null : positionOf(cursor);
		const filter = { states: STATES[state], callbacks: callbacks === "only", assignee, order };
		const rows = await listCases(dbFor(c.env, site), site.id, filter, after, limit);
		const last = rows.length === limit ? rows.at(-1) : undefined;
		const now = Date.now();
		return c.json({ cases: rows.map((row) => caseItem(site, row, now)), next: last ? `${last.opened_at}.${last.id}` : null });
	},
);

cases.get(
	"/v1/cases/summary",
	describe({
		tag: "Answers",
		summary: "Say how well the loop is closed",
		who: "a key with the scope responses:read",
		answers: { 200: json(caseSummary, "From the cases themselves") },
		problems: ["invalid_request"],
	}),
	requireKey("responses:read"),
	checked(
		"query",
		z.strictObject({
			window: z.string().max(30).default("90d").describe(`The days on which cases were opened: ${WINDOW_FORMS}.`),
		}),
	),
	async (c) => {
		const site = c.get("site");
		const window = readWindow(site, c.req.valid("query").window);
		return c.json(await summariseCases(dbFor(c.env, site), site, window, Date.now()));
	},
);

cases.post(
	"/v1/cases",
	describe({
		tag: "Answers",
		summary: "Open a case for an answer",
		description: "Whatever its score. An answer has one case: where it has one, that is given.",
		who: "a key with the scope responses:write",
		body: bodyOf(newCase),
		answers: { 200: json(caseSchema, "The case it has"), 201: json(caseSchema, "The case, opened now") },
		problems: ["invalid_request", "not_found", "conflict"],
	}),
	requireKey("responses:write"),
	async (c) => {
		const { response } = await parseBody(c.req.raw, newCase);
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const now = Date.now();
		const answer = await answerById(db, site.id, response);
		if (!answer) throw ApiError.notFound("response", "must be the id of one of this site's answers");
		const made = await insertCase(db, site.id, response, { by: c.get("key").name, now, dueOn: dueDay(now, site.timezone) });
		const found = await caseById(db, site.id, response);
		if (!found)
			throw new ApiError("conflict", {
				faults: [{ field: "response", detail: "must not be of an erased customer: there is nobody to call" }],
			});
		return c.json(caseView(site, found.row, found.events, now), made ? 201 : 200);
	},
);

cases.get(
	"/v1/cases/:id",
	describe({
		tag: "Answers",
		summary: "Read a case",
		who: "a key with the scope responses:read",
		answers: { 200: json(caseSchema, "The case with its answer, its steps and its notes") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:read"),
	path,
	async (c) => {
		const site = c.get("site");
		const { row, events } = await knownCase(dbFor(c.env, site), site.id, c.req.valid("param").id);
		return c.json(caseView(site, row, events, Date.now()));
	},
);

cases.patch(
	"/v1/cases/:id",
	describe({
		tag: "Answers",
		summary: "Change a case",
		description: "What is left out stays. Every change of state is a step that is kept, with its time and who took it.",
		who: "a key with the scope responses:write",
		body: bodyOf(casePatch),
		answers: { 200: json(caseSchema, "The case as it now is") },
		problems: ["invalid_request", "not_found", "conflict"],
	}),
	requireKey("responses:write"),
	path,
	async (c) => {
		const patch = await parseBody(c.req.raw, casePatch);
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const { id } = c.req.valid("param");
		await untilKept(async () => {
			const { row } = await knownCase(db, site.id, id);
			const now = Date.now();
			const { settings, step } = changedCase(row, patch, now);
			const event = step && { id: randomBase62(8), at: now, kind: step, by_whom: c.get("key").name, text: null };
			return updateCase(db, site.id, id, row.changes, settings, event);
		});
		const { row, events } = await knownCase(db, site.id, id);
		return c.json(caseView(site, row, events, Date.now()));
	},
);

cases.post(
	"/v1/cases/:id/notes",
	describe({
		tag: "Answers",
		summary: "Add a note to a case",
		description:
			"Notes are append-only. They may name people: where the customer is erased, or the months of comments are over, they go, and no more are taken.",
		who: "a key with the scope responses:write",
		body: bodyOf(newNote),
		answers: { 201: json(newNoteReply, "The note") },
		problems: ["invalid_request", "not_found", "conflict"],
	}),
	requireKey("responses:write"),
	path,
	async (c) => {
		const site = c.get("site");
		const db = dbFor(c.env, site);
		const { id } = c.req.valid("param");
		const { events } = await knownCase(db, site.id, id);
		const text = cleanComment((await parseBody(c.req.raw, newNote)).text);
		if (text === null) throw ApiError.invalid("text", "must not be empty");
		const note = { id: randomBase62(8), at: Date.now(), kind: "note" as const, by_whom: c.get("key").name, text };
		if (!(await insertNote(db, site.id, id, note))) {
			const full = events.filter(({ kind }) => kind === "note").length >= MOST_NOTES;
			const detail = full ? "must not be more than a case takes" : "must not be added once the customer is erased or forgotten";
			throw new ApiError("conflict", { faults: [{ field: "text", detail }] });
		}
		return c.json(noteView(note), 201);
	},
);

async function knownCase(db: D1Database, siteId: SiteId, id: string) {
	const found = await caseById(db, siteId, id);
	if (!found) throw ApiError.notFound("id", "must be the id of one of this site's cases");
	return found;
}

function positionOf(cursor: string): CasePosition {
	const [, openedAt, id] = /^(\d{1,15})\.([0-9a-f]{32})$/.exec(cursor) ?? [];
	if (!openedAt || !id) throw ApiError.invalid("cursor", "must be the next of an earlier page");
	return { openedAt: Number(openedAt), id };
}
