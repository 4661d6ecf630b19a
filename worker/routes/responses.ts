import { type Context, Hono } from "hono";
import * as z from "zod";
import { surveySlug } from "../../shared/contract.ts";
import { isDay } from "../../shared/day.ts";
import { METRIC_NAMES, METRICS, type Metric } from "../../shared/metrics.ts";
import { responsesReply } from "../../shared/response-contract.ts";
import { answerView } from "../answer-view.ts";
import { ApiError } from "../api-error.ts";
import { type AnswerFilter, deleteAnswer, listAnswers, type Position } from "../db/answers.ts";
import { dbFor } from "../db/db-for.ts";
import { surveysOf } from "../db/surveys.ts";
import { checked, describe, json, text } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { csv, exportAnswers, type Format, ndjson } from "../export-answers.ts";
import type { SiteId } from "../site.ts";

const GROUPS = [...new Set(METRIC_NAMES.flatMap((metric) => METRICS[metric].bands.map(({ name }) => name)))] as const;

const day = z.string().refine(isDay, "must be a day, YYYY-MM-DD");
const filters = {
	survey: surveySlug.optional().describe("Only answers to this survey."),
	from: day.optional().describe("Shown on this local day or later."),
	to: day.optional().describe("Shown on this local day or earlier."),
	group: z.enum(GROUPS).optional().describe("Only this group of scores. Needs `survey`."),
	commented: z.enum(["yes", "no"]).optional().describe("Only answers with a comment, or without."),
};

const query = z.strictObject({
	...filters,
	limit: z
		.string()
		.regex(/^(?:[1-9]\d?|1\d\d|200)$/, "must be 1 to 200")
		.default("50")
		.describe("1 to 200."),
	cursor: z.string().max(100).optional().describe("`next` of the page before."),
});

/** Owner: the answers themselves, as a list and as files. */
export const responses = new Hono<AppEnv>();

responses.get(
	"/v1/responses",
	describe({
		tag: "Answers",
		summary: "List answers, newest first",
		who: "a key with the scope responses:read",
		answers: { 200: json(responsesReply, "A page of answers") },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("responses:read"),
	checked("query", query),
	async (c) => {
		const { limit, cursor, ...given } = c.req.valid("query");
		const site = c.get("site");
		const db = dbFor(c.env, site.id);
		const after = cursor === undefined ? null : positionOf(cursor);
		const rows = await listAnswers(db, site.id, await filterOf(db, site.id, given), after, Number(limit));
		const last = rows.length === Number(limit) ? rows.at(-1) : undefined;
		return c.json({ responses: rows.map(answerView), next: last ? `${last.shown_at}.${last.id}` : null });
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
	checked("query", z.strictObject(filters)),
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
	checked("query", z.strictObject(filters)),
	(c) => download(c, c.req.valid("query"), ndjson, "responses.ndjson"),
);

responses.delete(
	"/v1/responses/:id",
	describe({
		tag: "Answers",
		summary: "Delete an answer",
		description: "For spam and tests: it leaves the numbers too, exactly. Its case goes with it.",
		who: "a key with the scope responses:write",
		answers: { 204: { description: "Deleted" } },
		problems: ["not_found"],
	}),
	requireKey("responses:write"),
	checked("param", z.object({ id: z.string().max(64) })),
	async (c) => {
		const site = c.get("site");
		const deleted = await deleteAnswer(dbFor(c.env, site.id), site.id, c.req.valid("param").id, Date.now());
		if (!deleted) throw ApiError.notFound("id", "must be the id of one of this site's answers");
		return c.body(null, 204);
	},
);

type Filters = z.infer<z.ZodObject<typeof filters>>;

async function download(c: Context<AppEnv>, given: Filters, format: Format, name: string): Promise<Response> {
	const site = c.get("site");
	const db = dbFor(c.env, site.id);
	const stream = exportAnswers(db, site, await filterOf(db, site.id, given), format);
	return c.body(stream, 200, { "Content-Type": format.type, "Content-Disposition": `attachment; filename="${name}"` });
}

async function filterOf(
	db: D1Database,
	siteId: SiteId,
	{ survey: slug, from, to, group, commented }: Filters,
): Promise<AnswerFilter> {
	const survey = slug && (await surveysOf(db, siteId)).find((known) => known.slug === slug);
	if (slug && !survey) throw ApiError.notFound("survey", "must be one of this site's surveys");
	if (group && !survey) throw ApiError.invalid("survey", "must be given with group, which depends on the metric");
	const metric: Metric | undefined = survey ? METRICS[survey.metric] : undefined;
	const band = metric?.bands.find(({ name }) => name === group);
	if (group && !band)
		throw ApiError.invalid("group", `must be ${metric?.bands.map(({ name }) => name).join(", ")} for this survey`);
	return {
		survey: slug ?? null,
		from: from ?? null,
		to: to ?? null,
		metric: band && survey ? survey.metric : null,
		scoreFrom: band?.from ?? null,
		scoreTo: band?.to ?? null,
		commented: commented ? commented === "yes" : null,
	};
}

function positionOf(cursor: string): Position {
	const [, shownAt, id] = /^(\d{1,15})\.([0-9a-f]{32})$/.exec(cursor) ?? [];
	if (!shownAt || !id) throw ApiError.invalid("cursor", "must be the next of an earlier page");
	return { shownAt: Number(shownAt), id };
}
