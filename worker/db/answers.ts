import type { Day } from "../../shared/day.ts";
import type { Locale } from "../../shared/locales/index.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { Delay } from "../../shared/tally-pairs.ts";
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
	delay: Delay | null;
	commented: number;
	erased_at: number | null;
}

/** Which answers to list; null lets every one pass. */
export interface AnswerFilter {
	readonly survey: string | null;
	readonly from: Day | null;
	readonly to: Day | null;
	/** Scores that pass, by the metric of what was asked: bounds, both included. A metric without bounds lets none pass. */
	readonly scores: Readonly<Partial<Record<MetricName, readonly [from: number, to: number]>>> | null;
	/** Only answers with a comment that is still there, or only those without. */
	readonly commented: boolean | null;
	readonly verified: boolean | null;
	/** Only answers with this value of this segment: built in, declared, or `delay`. */
	readonly segment: readonly [key: string, value: string] | null;
	readonly locale: string | null;
	/** Only answers that name this reason. */
	readonly driver: string | null;
}

/** A place in the list: an answer's showing (Unix milliseconds) and id. */
export interface Position {
	readonly shownAt: number;
	readonly id: string;
}

/** The columns of an answer, where `ask` is joined with its version as `v`. */
export const ANSWER_COLUMNS = `ask.id, ask.survey, ask.version, v.metric, ask.score, ask.drivers, ask.comment, ask.segments, ask."transaction",
	ask.customer, ask.verified, ask.page, ask.day, ask.shown_at, ask.updated_at, ask.delay, ask.commented, ask.erased_at`;

const VERSION = "survey_version v ON v.site = ask.site AND v.survey = ask.survey AND v.version = ask.version";

/** The answers before a place that the days of a filter can hold, newest first, with no look at the answers themselves. */
const IN_REACH = `FROM ask INDEXED BY ask_answered
	WHERE site = ?1 AND status = 'answered' AND (shown_at, id) < (?2, ?3) AND shown_at >= ?4
	ORDER BY shown_at DESC, id DESC`;

/** SQL: the bounds of a filter's scores for each version of a site's surveys, as JSON; an object without a member where it has none. */
const BOUNDS = `(SELECT json_group_object(survey || '.' || version, json_extract(?14, '$.' || metric)) FROM survey_version
	WHERE site = ?1 AND ?14 IS NOT NULL)`;

/** The `?15` answers within reach, whole, with the bounds for all of them. */
const LOOKED_AT = `(SELECT *, ${BOUNDS} AS bounds ${IN_REACH} LIMIT ?15) ask`;

/** SQL: one of the bounds for an answer. */
const bound = (i: 0 | 1) => `json_extract(ask.bounds, '$."' || ask.survey || '.' || ask.version || '"[${i}]')`;

/** What a filter asks of an answer that is looked at. Reasons are ids of small letters, so that a quoted one is found as text. */
const PASSES = `(?5 IS NULL OR ask.survey = ?5) AND (?6 IS NULL OR ask.day >= ?6) AND (?7 IS NULL OR ask.day <= ?7)
	AND (?8 IS NULL OR (ask.comment IS NOT NULL) = ?8) AND (?9 IS NULL OR ask.verified = ?9)
	AND (?10 IS NULL OR iif(?10 = 'delay', ask.delay, json_extract(ask.segments, '$."' || ?10 || '"')) = ?11)
	AND (?12 IS NULL OR json_extract(ask.segments, '$.locale') = ?12) AND (?13 IS NULL OR instr(ask.drivers, '"' || ?13 || '"') > 0)
	AND (?14 IS NULL OR ask.score BETWEEN ${bound(0)} AND ${bound(1)})`;

/**
 * The answers among the `among` before a place that a filter lets pass, newest first, at most `limit`: so many are looked at, however
 * few pass.
 */
export async function listAnswers(
	db: D1Database,
	siteId: SiteId,
	filter: AnswerFilter,
	after: Position | null,
	{ among, limit }: { readonly among: number; readonly limit: number },
): Promise<AnswerRow[]> {
	const { results } = await db
		.prepare(
			`SELECT ${ANSWER_COLUMNS} FROM ${LOOKED_AT} CROSS JOIN ${VERSION}
			WHERE ${PASSES} ORDER BY ask.shown_at DESC, ask.id DESC LIMIT ?16`,
		)
		.bind(...reachOf(siteId, filter, after), ...valuesOf(filter), among, limit)
		.all<AnswerRow>();
	return results;
}

/** An answer that was looked at: its comment, where a filter lets it pass and it has one. */
export interface LookedAt {
	readonly shown_at: number;
	readonly id: string;
	readonly comment: string | null;
}

/** The `among` answers before a place, newest first, all of them: their comments are read here, and nothing else of them. */
export async function commentsBefore(
	db: D1Database,
	siteId: SiteId,
	filter: AnswerFilter,
	after: Position | null,
	among: number,
): Promise<LookedAt[]> {
	const { results } = await db
		.prepare(
			`SELECT ask.shown_at, ask.id, iif(${PASSES}, ask.comment, NULL) AS comment FROM ${LOOKED_AT}
			ORDER BY ask.shown_at DESC, ask.id DESC`,
		)
		.bind(...reachOf(siteId, filter, after), ...valuesOf(filter), among)
		.all<LookedAt>();
	return results;
}

/** The answers with these ids that are still there, newest first. */
export async function answersByIds(db: D1Database, siteId: SiteId, ids: readonly string[]): Promise<AnswerRow[]> {
	if (ids.length === 0) return [];
	const { results } = await db
		.prepare(
			`SELECT ${ANSWER_COLUMNS} FROM json_each(?2) AS wanted CROSS JOIN ask ON ask.site = ?1 AND ask.id = wanted.value AND ask.status = 'answered'
			CROSS JOIN ${VERSION} ORDER BY ask.shown_at DESC, ask.id DESC`,
		)
		.bind(siteId, JSON.stringify(ids))
		.all<AnswerRow>();
	return results;
}

/** Where the `among` answers before a place end; null where no answer is left behind them. */
export async function placeBehind(
	db: D1Database,
	siteId: SiteId,
	filter: AnswerFilter,
	after: Position | null,
	among: number,
): Promise<Position | null> {
	const { results } = await db
		.prepare(`SELECT shown_at, id ${IN_REACH} LIMIT 2 OFFSET ?5`)
		.bind(...reachOf(siteId, filter, after), among - 1)
		.all<{ shown_at: number; id: string }>();
	const [last, further] = results;
	return last && further ? { shownAt: last.shown_at, id: last.id } : null;
}

/**
 * How many answers shown at `since` (Unix milliseconds) or later a filter lets pass, among the newest `among`; `more` where there may be
 * others that were not looked at.
 */
export async function countAnswers(
	db: D1Database,
	siteId: SiteId,
	filter: AnswerFilter,
	since: number,
	among: number,
): Promise<{ responses: number; more: boolean }> {
	const [site, before, id, from] = reachOf(siteId, filter, null);
	const row = await db
		.prepare(`SELECT count(*) AS looked, count(*) FILTER (WHERE ${PASSES}) AS n FROM ${LOOKED_AT}`)
		.bind(site, before, id, Math.max(from, since), ...valuesOf(filter), among)
		.first<{ looked: number; n: number }>();
	return { responses: row?.n ?? 0, more: (row?.looked ?? 0) === among };
}

/** One answer as it is kept, and what was asked. */
export interface DetailedRow extends AnswerRow {
	locale: Locale;
	question: string;
}

/** The answer of a site with this id, or null. */
export async function answerById(db: D1Database, siteId: SiteId, id: string): Promise<DetailedRow | null> {
	return db
		.prepare(
			`SELECT ${ANSWER_COLUMNS}, v.locale, v.question FROM ask JOIN ${VERSION}
			WHERE ask.site = ?1 AND ask.id = ?2 AND ask.status = 'answered'`,
		)
		.bind(siteId, id)
		.first<DetailedRow>();
}

const HOUR_MS = 60 * 60 * 1000;

/** The values of `IN_REACH`. A day begins somewhere on earth 14 hours before it does in UTC and ends 12 hours after: `PASSES` is exact. */
function reachOf(siteId: SiteId, { from, to }: AnswerFilter, after: Position | null) {
	const earliest = from === null ? 0 : Date.parse(from) - 14 * HOUR_MS;
	const end = to === null ? Number.MAX_SAFE_INTEGER : Date.parse(to) + 36 * HOUR_MS;
	const before = after && after.shownAt < end ? after : { shownAt: end, id: "" };
	return [siteId, before.shownAt, before.id, earliest] as const;
}

function valuesOf({ survey, from, to, commented, verified, segment, locale, driver, scores }: AnswerFilter) {
	const flag = (wanted: boolean | null) => (wanted === null ? null : Number(wanted));
	return [
		survey,
		from,
		to,
		flag(commented),
		flag(verified),
		segment?.[0] ?? null,
		segment?.[1] ?? null,
		locale,
		driver,
		scores && JSON.stringify(scores),
	];
}

/** A verified customer's answers, newest first, at most 500. */
export async function answersOfCustomer(db: D1Database, siteId: SiteId, customer: string): Promise<AnswerRow[]> {
	const { results } = await db
		.prepare(
			`SELECT ${ANSWER_COLUMNS} FROM ask INDEXED BY ask_customer JOIN ${VERSION}
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

/** Whether the owner of a site has deleted an ask of this id. */
export async function wasDeleted(db: D1Database, siteId: SiteId, id: string): Promise<boolean> {
	return (await db.prepare("SELECT 1 FROM tombstone WHERE site = ?1 AND id = ?2").bind(siteId, id).first()) !== null;
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
