import type { Day } from "../../shared/day.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { SiteId } from "../site.ts";

/** One answer as it is kept. */
export interface AnswerRow {
	id: string;
	survey: string;
	version: number;
	metric: MetricName;
	score: number;
	drivers: string;
	comment: string | null;
	segments: string;
	transaction: string | null;
	customer: string | null;
	verified: number;
	page: string | null;
	day: Day;
	shown_at: number;
	updated_at: number;
	erased_at: number | null;
}

/** Which answers to list; null lets every one pass. */
export interface AnswerFilter {
	readonly survey: string | null;
	readonly from: Day | null;
	readonly to: Day | null;
	/** Only answers to versions of this metric. */
	readonly metric: MetricName | null;
	/** Scores of these bounds, both included. */
	readonly scoreFrom: number | null;
	readonly scoreTo: number | null;
	/** Only answers with a comment, or only those without. */
	readonly commented: boolean | null;
}

/** Where the last page ended: its last answer's showing and id. */
export interface Position {
	readonly shownAt: number;
	readonly id: string;
}

const SELECT = `SELECT ask.id, ask.survey, ask.version, v.metric, ask.score, ask.drivers, ask.comment, ask.segments, ask."transaction",
	ask.customer, ask.verified, ask.page, ask.day, ask.shown_at, ask.updated_at, ask.erased_at
	FROM ask INDEXED BY %INDEX% JOIN survey_version v ON v.site = ask.site AND v.survey = ask.survey AND v.version = ask.version`;

/** At most `limit` answers of a site that were shown before `after`, newest first. */
export async function listAnswers(
	db: D1Database,
	siteId: SiteId,
	filter: AnswerFilter,
	after: Position | null,
	limit: number,
): Promise<AnswerRow[]> {
	const { results } = await db
		.prepare(
			`${SELECT.replace("%INDEX%", "ask_answered")}
			WHERE ask.site = ?1 AND ask.status = 'answered' AND ask.shown_at <= ?2 AND (ask.shown_at, ask.id) < (?2, ?3)
				AND (?4 IS NULL OR ask.survey = ?4) AND (?5 IS NULL OR ask.day >= ?5) AND (?6 IS NULL OR ask.day <= ?6)
				AND (?7 IS NULL OR ask.score >= ?7) AND (?8 IS NULL OR ask.score <= ?8) AND (?9 IS NULL OR ask.commented = ?9) AND (?11 IS NULL OR v.metric = ?11)
			ORDER BY ask.shown_at DESC, ask.id DESC LIMIT ?10`,
		)
		.bind(
			siteId,
			after?.shownAt ?? Number.MAX_SAFE_INTEGER,
			after?.id ?? "",
			filter.survey,
			filter.from,
			filter.to,
			filter.scoreFrom,
			filter.scoreTo,
			filter.commented === null ? null : Number(filter.commented),
			limit,
			filter.metric,
		)
		.all<AnswerRow>();
	return results;
}

/** Whether a site keeps an ask under this id. */
export async function hasAsk(db: D1Database, siteId: SiteId, id: string): Promise<boolean> {
	return (await db.prepare("SELECT 1 FROM ask WHERE site = ?1 AND id = ?2").bind(siteId, id).first()) !== null;
}

/** A verified customer's answers, newest first, at most 500. */
export async function answersOfCustomer(db: D1Database, siteId: SiteId, customer: string): Promise<AnswerRow[]> {
	const { results } = await db
		.prepare(
			`${SELECT.replace("%INDEX%", "ask_customer")}
			WHERE ask.site = ?1 AND ask.customer = ?2 AND ask.verified = 1 AND ask.status = 'answered'
			ORDER BY ask.shown_at DESC LIMIT 500`,
		)
		.bind(siteId, customer)
		.all<AnswerRow>();
	return results;
}

/**
 * Takes an answer out of the site and out of its numbers, and remembers its id so that a late retry cannot bring it back.
 * False when the site has no such ask.
 */
export async function deleteAnswer(db: D1Database, siteId: SiteId, id: string, now: number): Promise<boolean> {
	const [, deleted] = await db.batch([
		db
			.prepare("INSERT OR IGNORE INTO tombstone (site, id, created_at) SELECT site, id, ?3 FROM ask WHERE site = ?1 AND id = ?2")
			.bind(siteId, id, now),
		db.prepare("DELETE FROM ask WHERE site = ?1 AND id = ?2 RETURNING id").bind(siteId, id),
	]);
	return (deleted?.results.length ?? 0) > 0;
}

/**
 * Erases a customer: every ask that names it, signed or claimed, loses customer, transaction, comment and page and takes no
 * further edit. Its score, reasons and segments stay in the numbers, nameless. Segments hold declared values only, never a person.
 * @returns how many asks were erased
 */
export async function eraseCustomer(db: D1Database, siteId: SiteId, customer: string, now: number): Promise<number> {
	const { results } = await db
		.prepare(
			`UPDATE ask INDEXED BY ask_customer SET customer = NULL, "transaction" = NULL, comment = NULL, page = NULL, erased_at = ?3
			WHERE site = ?1 AND customer = ?2 RETURNING id`,
		)
		.bind(siteId, customer, now)
		.all();
	return results.length;
}
