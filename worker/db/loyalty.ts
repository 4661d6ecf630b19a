import type { Day } from "../../shared/day.ts";
import { LOYALTY_DAYS } from "../../shared/limits.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { SiteId } from "../site.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The answer a site's count goes on after. */
export interface LoyaltyCursor {
	/** Unix milliseconds. */
	readonly shownAt: number;
	readonly ask: string;
}

/** First answers of one survey with one score in a cohort: whose customers, and those of them that were seen again. */
export interface CohortCount {
	survey: string;
	metric: MetricName;
	score: number;
	customers: number;
	returned: number;
}

/** What a night's count came to. */
export interface LoyaltyReport {
	readonly computedOn: Day;
	readonly complete: boolean;
	readonly from: Day;
	readonly to: Day;
	readonly firstOn: Day | null;
	readonly counts: readonly CohortCount[];
}

/** Where a site's count stands, and the end of its next part: at most `limit` answers shown until `until`; null where none is left. A site that has none begins at `start`. */
export async function loyaltyPart(
	db: D1Database,
	siteId: SiteId,
	{ start, until, limit }: { readonly start: number; readonly until: number; readonly limit: number },
): Promise<{ readonly after: LoyaltyCursor; readonly upTo: LoyaltyCursor | null; readonly answers: number }> {
	const [, cursor, part] = await db.batch<{ shownAt: number; ask: string; answers: number }>([
		db.prepare("INSERT INTO loyalty (site, shown_at, ask) VALUES (?1, ?2, '') ON CONFLICT DO NOTHING").bind(siteId, start),
		db.prepare("SELECT shown_at AS shownAt, ask FROM loyalty WHERE site = ?1").bind(siteId),
		db
			.prepare(
				`SELECT shown_at AS shownAt, id AS ask, count(*) OVER () AS answers FROM (
					SELECT shown_at, id FROM ask INDEXED BY ask_answered
					WHERE site = ?1 AND status = 'answered' AND shown_at >= (SELECT shown_at FROM loyalty WHERE site = ?1) AND shown_at <= ?2
						AND (shown_at, id) > (SELECT shown_at, ask FROM loyalty WHERE site = ?1)
					ORDER BY shown_at, id LIMIT ?3)
				ORDER BY shown_at DESC, id DESC LIMIT 1`,
			)
			.bind(siteId, until, limit),
	]);
	const after = cursor?.results[0] ?? { shownAt: start, ask: "" };
	const last = part?.results[0];
	return { after, upTo: last ? { shownAt: last.shownAt, ask: last.ask } : null, answers: last?.answers ?? 0 };
}

/** Counts the signed answers behind `after` up to `upTo`, and moves the cursor there. Nothing happens where another run has moved it meanwhile. */
export async function countLoyalty(db: D1Database, siteId: SiteId, after: LoyaltyCursor, upTo: LoyaltyCursor): Promise<void> {
	const bounds = [siteId, after.shownAt, after.ask, upTo.shownAt, upTo.ask];
	const before = `SELECT CAST(julianday(a.day) - julianday(p.day) AS INTEGER) FROM ask p INDEXED BY ask_customer
		JOIN survey_version pv ON pv.site = p.site AND pv.survey = p.survey AND pv.version = p.version
		WHERE p.site = a.site AND p.customer = a.customer AND p.shown_at >= a.shown_at - ${(LOYALTY_DAYS + 2) * DAY_MS} AND p.shown_at <= a.shown_at
			AND (p.shown_at, p.id) < (a.shown_at, a.id) AND p.verified = 1 AND p.status = 'answered' AND p.survey = a.survey AND pv.metric = v.metric
		ORDER BY p.shown_at DESC, p.id DESC LIMIT 1`;
	const later = `SELECT 1 FROM ask l INDEXED BY ask_customer
		WHERE l.site = a.site AND l.customer = a.customer AND l.shown_at > a.shown_at AND l.shown_at <= a.shown_at + ${LOYALTY_DAYS * DAY_MS}
			AND l.verified = 1 AND l."transaction" <> a."transaction"`;
	await db.batch([
		db
			.prepare(
				`INSERT INTO loyalty_count (site, day, survey, metric, score, gap, answers, returned)
				SELECT site, day, survey, metric, score, gap, count(*), sum(returned) FROM (
					SELECT a.site, a.day, a.survey, v.metric, a.score, EXISTS (${later}) AS returned,
						min(${LOYALTY_DAYS + 1}, coalesce((${before}), ${LOYALTY_DAYS + 1})) AS gap
					FROM ask a INDEXED BY ask_answered
					CROSS JOIN survey_version v ON v.site = a.site AND v.survey = a.survey AND v.version = a.version
					WHERE a.site = ?1 AND a.status = 'answered' AND a.shown_at >= ?2 AND a.shown_at <= ?4
						AND (a.shown_at, a.id) > (?2, ?3) AND (a.shown_at, a.id) <= (?4, ?5) AND a.verified = 1 AND a.customer IS NOT NULL
						AND EXISTS (SELECT 1 FROM loyalty WHERE site = ?1 AND shown_at = ?2 AND ask = ?3))
				GROUP BY day, survey, metric, score, gap
				ON CONFLICT DO UPDATE SET answers = answers + excluded.answers, returned = returned + excluded.returned`,
			)
			.bind(...bounds),
		db.prepare("UPDATE loyalty SET shown_at = ?4, ask = ?5 WHERE site = ?1 AND shown_at = ?2 AND ask = ?3").bind(...bounds),
	]);
}

/** The first answers of the days from `from` to `to`: those whose customer gave none before on these days. Each customer counts once. */
export async function cohortCounts(db: D1Database, siteId: SiteId, from: Day, to: Day): Promise<CohortCount[]> {
	const { results } = await db
		.prepare(
			`SELECT survey, metric, score, sum(answers) AS customers, sum(returned) AS returned FROM loyalty_count
			WHERE site = ?1 AND day BETWEEN ?2 AND ?3 AND gap > julianday(day) - julianday(?2) GROUP BY survey, metric, score`,
		)
		.bind(siteId, from, to)
		.all<CohortCount>();
	return results;
}

/** The day of the first signed customer's answer behind the cursor, or null. */
export async function firstSignedDay(db: D1Database, siteId: SiteId): Promise<Day | null> {
	return db
		.prepare(
			`SELECT day FROM ask INDEXED BY ask_answered WHERE site = ?1 AND status = 'answered'
				AND shown_at >= (SELECT shown_at FROM loyalty WHERE site = ?1) AND verified = 1 AND customer IS NOT NULL
			ORDER BY shown_at LIMIT 1`,
		)
		.bind(siteId)
		.first<string>("day");
}

/** Keeps a night's report, and lets go of the counts of the days before it. */
export async function keepLoyalty(db: D1Database, siteId: SiteId, report: LoyaltyReport): Promise<void> {
	await db.batch([
		db.prepare("UPDATE loyalty SET report = ?2 WHERE site = ?1").bind(siteId, JSON.stringify(report)),
		db.prepare("DELETE FROM loyalty_count WHERE site = ?1 AND day < ?2").bind(siteId, report.from),
	]);
}

/** The last night's report, or null. */
export async function keptLoyalty(db: D1Database, siteId: SiteId): Promise<LoyaltyReport | null> {
	const report = await db.prepare("SELECT report FROM loyalty WHERE site = ?1").bind(siteId).first<string>("report");
	return report ? JSON.parse(report) : null;
}
