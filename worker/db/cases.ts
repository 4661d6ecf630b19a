import type { CaseState } from "../../shared/case-contract.ts";
import type { Day } from "../../shared/day.ts";
import type { SiteId } from "../site.ts";
import { ANSWER_COLUMNS, type AnswerRow } from "./answers.ts";

/** One case as it is kept, with its answer. */
export interface CaseRow extends AnswerRow {
	opening_score: number;
	state: CaseState;
	opened_at: number;
	opened_by: string | null;
	assignee: string | null;
	due_on: Day | null;
	contacted_at: number | null;
	resolved_at: number | null;
	changes: number;
	/** Where the shopper asked to be contacted, and when; null where they did not. */
	callback_contact: string | null;
	callback_at: number | null;
	/** The same verified customer's next answer on the same scale, as JSON: response, score, day. */
	next: string | null;
}

/** One thing that was done or said about a case. */
export interface CaseEvent {
	id: string;
	at: number;
	kind: "contacted" | "resolved" | "reopened" | "note";
	by_whom: string;
	text: string | null;
}

/** Which cases to list. */
export interface CaseFilter {
	readonly states: readonly CaseState[];
	/** Only those of shoppers who asked to be contacted. */
	readonly callbacks: boolean;
	/** Only this assignee's; empty: only those nobody has; null: all. */
	readonly assignee: string | null;
	readonly order: "oldest" | "newest";
}

/** Where the last page ended: its last case's opening (Unix milliseconds) and id. */
export interface CasePosition {
	readonly openedAt: number;
	readonly id: string;
}

const NEXT = `SELECT json_object('response', later.id, 'score', later.score, 'day', later.day) FROM ask later INDEXED BY ask_customer
	JOIN survey_version lv ON lv.site = later.site AND lv.survey = later.survey AND lv.version = later.version
	WHERE later.site = ask.site AND later.customer = ask.customer AND later.shown_at > ask.shown_at
		AND ask.verified = 1 AND later.verified = 1 AND later.status = 'answered' AND lv.metric = v.metric
	ORDER BY later.shown_at LIMIT 1`;

const SELECT = `SELECT ${ANSWER_COLUMNS}, f.score AS opening_score, f.state, f.opened_at, f.opened_by, f.assignee, f.due_on, f.contacted_at,
	f.resolved_at, f.changes, called.contact AS callback_contact, called.asked_at AS callback_at, (${NEXT}) AS next`;

const JOINED = `CROSS JOIN ask ON ask.site = f.site AND ask.id = f.id
	CROSS JOIN survey_version v ON v.site = ask.site AND v.survey = ask.survey AND v.version = ask.version
	LEFT JOIN callback called ON called.site = f.site AND called.ask = f.id`;

/** Events of one case that are read: more than its notes and many steps. */
const MOST_EVENTS = 500;

/** The case of an answer with what was done and said about it, or null. */
export async function caseById(
	db: D1Database,
	siteId: SiteId,
	id: string,
): Promise<{ readonly row: CaseRow; readonly events: readonly CaseEvent[] } | null> {
	const [found, events] = await db.batch([
		db.prepare(`${SELECT} FROM case_file f ${JOINED} WHERE f.site = ?1 AND f.id = ?2`).bind(siteId, id),
		db
			.prepare("SELECT id, at, kind, by_whom, text FROM case_event WHERE site = ?1 AND file = ?2 ORDER BY at, id LIMIT ?3")
			.bind(siteId, id, MOST_EVENTS),
	]);
	const row = (found as D1Result<CaseRow> | undefined)?.results[0];
	return row ? { row, events: (events as D1Result<CaseEvent>).results } : null;
}

/**
 * At most `limit` cases of a site behind `after`, by the time they were opened. Each state, or an assignee's cases, is a run of an index,
 * read as far as the limit goes; those of shoppers who asked to be contacted are found by who asked, for they are few.
 */
export async function listCases(
	db: D1Database,
	siteId: SiteId,
	{ states, callbacks, assignee, order }: CaseFilter,
	after: CasePosition | null,
	limit: number,
): Promise<CaseRow[]> {
	const [sign, direction] = order === "oldest" ? [">", "ASC"] : ["<", "DESC"];
	const where = `f.site = ?1 AND (opened_at, id) ${sign} (?2, ?3)`;
	const sorted = `ORDER BY opened_at ${direction}, id ${direction} LIMIT ?5`;
	// What is not needed is still bound: each of ?1 to ?6 is named in every form.
	const run = (files: string, condition: string) =>
		`SELECT * FROM (SELECT f.site, id, opened_at FROM ${files}
			WHERE ${where} AND ${condition} AND (?4 IS NULL OR coalesce(assignee, '') = ?4) AND state IN (SELECT value FROM json_each(?6)) ${sorted})`;
	const runs = callbacks
		? [run("callback CROSS JOIN case_file f ON f.site = callback.site AND f.id = callback.ask", "callback.site = ?1")]
		: assignee
			? [run("case_file f INDEXED BY case_assignee", "assignee = ?4")]
			: states.map((state) => run("case_file f INDEXED BY case_state", `state = '${state}'`));
	const [first, id] = order === "oldest" ? [-1, ""] : [Number.MAX_SAFE_INTEGER, ""];
	const { results } = await db
		.prepare(
			`${SELECT} FROM (SELECT site AS at_site, id AS at_id FROM (${runs.join(" UNION ALL ")}) ${sorted}) AS listed
			CROSS JOIN case_file f ON f.site = listed.at_site AND f.id = listed.at_id ${JOINED}
			ORDER BY f.opened_at ${direction}, f.id ${direction}`,
		)
		.bind(siteId, after?.openedAt ?? first, after?.id ?? id, assignee, limit, JSON.stringify(states))
		.all<CaseRow>();
	return results;
}
