import { type Context, Hono } from "hono";
import * as z from "zod";
import { responseDetails, responseId, responsesCount, responsesReply } from "../../shared/response-contract.ts";
import { type AnswerFilters, answerFilters, wantedOf } from "../answer-filter.ts";
import { answerDetails, answerView } from "../answer-view.ts";
import { ApiError } from "../api-error.ts";
import { answerById, countAnswers, type Position } from "../db/answers.ts";
import { dbFor } from "../db/db-for.ts";
import { checked, describe, json, text } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { deleteAnswer } from "../erase.ts";
import { csv, exportAnswers, type Format, ndjson } from "../export-answers.ts";
import { findAnswers } from "../find-answers.ts";
import { pageLimit } from "../page-limit.ts";

const query = z.strictObject({
	...answerFilters,
	limit: pageLimit,
	cursor: z
		.string()
		.max(100)
		.optional()
		.describe("`next` of the page before.")
		.meta({ examples: ["1795341600000.4b1d9b6de2f84c5f9d2c8a7e1f0b3c6d"] }),
});

const named = checked("param", z.object({ id: responseId }));

/** Answers a count looks at. */
const COUNTED = 1_000;

/** Owner: the answers themselves, as a list and as files. */
export const responses = new Hono<AppEnv>();

responses.get(
	"/v1/responses",
	describe({
		tag: "Answers",
		summary: "List answers, newest first",
		description:
			"One request looks through 10,000 answers of the wanted days at most. Where it stopped at that, `stopped_at` says so and `next` goes on.",
		who: "a key with the scope responses:read",
		answers: { 200: json(responsesReply, "A page of answers") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:read"),
	checked("query", query),
	async (c) => {
		const { limit, cursor, ...given } = c.req.valid("query");
		const site = c.get("site");
		const after = cursor === undefined ? null : positionOf(cursor);
		const wanted = await wantedOf(c.env, site, given);
		const { rows, next, stopped } = await findAnswers(dbFor(c.env, site), site.id, wanted, after, limit);
		return c.json({
			responses: rows.map(answerView),
			next: next && `${next.shownAt}.${next.id}`,
			stopped_at: next && stopped ? new Date(next.shownAt).toISOString() : null,
		});
	},
);

const { q: _, ...countable } = answerFilters;
const counted = z.strictObject({
	...countable,
	since: z.iso
		.datetime()
		.optional()
		.describe("Only answers shown then or later.")
		.meta({ examples: ["2026-11-22T10:00:00.000Z"] }),
});

responses.get(
	"/v1/responses/count",
	describe({
		tag: "Answers",
		summary: "Count the newest answers",
		description: "Looks at the newest 1,000: to see whether there are new ones. How many there are in all, the scores say.",
		who: "a key with the scope responses:read",
		answers: { 200: json(responsesCount, "How many of them the filters let pass") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:read"),
	checked("query", counted),
	async (c) => {
		const { since, ...given } = c.req.valid("query");
		const site = c.get("site");
		const wanted = await wantedOf(c.env, site, given);
		const from = since === undefined ? 0 : Date.parse(since);
		return c.json(await countAnswers(dbFor(c.env, site), site.id, wanted, from, COUNTED));
	},
);

responses.get(
	"/v1/responses/:id",
	describe({
		tag: "Answers",
		summary: "Read an answer",
		who: "a key with the scope responses:read",
		answers: { 200: json(responseDetails, "The answer, with what was asked") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:read"),
	named,
	async (c) => {
		const site = c.get("site");
		const row = await answerById(dbFor(c.env, site), site.id, c.req.valid("param").id);
		if (!row) throw noSuchAnswer();
		return c.json(answerDetails(row));
	},
);

responses.get(
	"/v1/responses.csv",
	describe({
		tag: "Answers",
		summary: "Download answers for a spreadsheet",
		description: "Text that a spreadsheet would run as a formula has a ' before it.",
		who: "a key with the scope export",
		answers: { 200: text("text/csv", "Every answer the filters let pass, streamed") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("export"),
	checked("query", z.strictObject(answerFilters)),
	(c) => download(c, c.req.valid("query"), csv(c.get("site")), "responses.csv"),
);

responses.get(
	"/v1/responses.ndjson",
	describe({
		tag: "Answers",
		summary: "Download answers, one JSON object a line",
		who: "a key with the scope export",
		answers: { 200: text("application/x-ndjson", "Every answer the filters let pass, streamed") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("export"),
	checked("query", z.strictObject(answerFilters)),
	(c) => download(c, c.req.valid("query"), ndjson, "responses.ndjson"),
);

responses.delete(
	"/v1/responses/:id",
	describe({
		tag: "Answers",
		summary: "Delete an answer",
		description:
			"For spam and tests: it leaves the scores too, exactly. Its case and its dead letters go with it. A baseline, and the loyalty of answers half a year old, are counted once and keep it.",
		who: "a key with the scope responses:write",
		answers: { 204: { description: "Deleted" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:write"),
	named,
	async (c) => {
		const site = c.get("site");
		if (!(await deleteAnswer(c.env, site, c.req.valid("param").id, Date.now()))) throw noSuchAnswer();
		return c.body(null, 204);
	},
);

async function download(c: Context<AppEnv>, given: AnswerFilters, format: Format, name: string): Promise<Response> {
	const site = c.get("site");
	const stream = exportAnswers(dbFor(c.env, site), site, await wantedOf(c.env, site, given), format);
	return c.body(stream, 200, { "Content-Type": format.type, "Content-Disposition": `attachment; filename="${name}"` });
}

function noSuchAnswer(): ApiError {
	return ApiError.notFound("id", "must be the id of one of this site's answers");
}

function positionOf(cursor: string): Position {
	const [, shownAt, id] = /^(\d{1,15})\.([0-9a-f]{32})$/.exec(cursor) ?? [];
	if (!shownAt || !id) throw ApiError.invalid("cursor", "must be the next of an earlier page");
	return { shownAt: Number(shownAt), id };
}
