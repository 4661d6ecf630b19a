import type { Day } from "../../shared/day.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { SiteId } from "../site.ts";
import { insertTombstones, type Tombstone } from "./tombstones.ts";

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

/** Whether the site has an ask of this id. */
export async function hasAsk(db: D1Database, siteId: SiteId, id: string): Promise<boolean> {
	return (await db.prepare("SELECT 1 FROM ask WHERE site = ?1 AND id = ?2").bind(siteId, id).first()) !== null;
}

/**
 * Takes answers out of the site and out of its numbers, and remembers their ids so that a late retry cannot bring one back.
 * @returns how many of them were there
 */
export async function deleteAnswers(db: D1Database, siteId: SiteId, tombstones: readonly Tombstone[]): Promise<number> {
	const [, deleted] = await db.batch([
		insertTombstones(db, siteId, tombstones),
		db
			.prepare("DELETE FROM ask WHERE site = ?1 AND id IN (SELECT json_extract(value, '$.id') FROM json_each(?2)) RETURNING id")
			.bind(siteId, JSON.stringify(tombstones)),
	]);
	return deleted?.results.length ?? 0;
}
