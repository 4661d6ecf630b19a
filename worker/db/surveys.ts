import type { Display, Placement } from "../../shared/display.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { Site, SiteId, Survey, SurveyVersion } from "../site.ts";

interface SurveyRow {
	slug: string;
	version: number;
	metric: MetricName;
	touchpoint: string;
	wording: string;
	drivers: string;
	theme: string;
	ask_again_days: number;
	ask_after_any_days: number | null;
	share_score: number;
	open_cases: number;
	follow_up: string;
	goal: number | null;
	benchmarks: string;
	active: number;
	display: Display;
	placement: Placement;
	sampling: number;
	created_at: number;
	changes: number;
}

const COLUMNS =
	"slug, version, metric, touchpoint, wording, drivers, theme, ask_again_days, ask_after_any_days, share_score, open_cases, follow_up, goal, benchmarks, active, display, placement, sampling, created_at, changes";

/** Every survey of a site, oldest first. */
export async function surveysOf(db: D1Database, siteId: SiteId): Promise<Survey[]> {
	const { results } = await db.prepare(`SELECT ${COLUMNS} FROM survey WHERE site = ?1`).bind(siteId).all<SurveyRow>();
	return results.map(surveyOf).sort((a, b) => a.createdAt - b.createdAt || a.slug.localeCompare(b.slug));
}

/** The survey of a site with this slug, or null. */
export async function surveyBySlug(db: D1Database, siteId: SiteId, slug: string): Promise<Survey | null> {
	const row = await db
		.prepare(`SELECT ${COLUMNS} FROM survey WHERE site = ?1 AND slug = ?2`)
		.bind(siteId, slug)
		.first<SurveyRow>();
	return row && surveyOf(row);
}

/** Which metric each version of each survey asked. */
export async function versionsOf(db: D1Database, siteId: SiteId): Promise<SurveyVersion[]> {
	const { results } = await db
		.prepare("SELECT survey, version, metric FROM survey_version WHERE site = ?1")
		.bind(siteId)
		.all<SurveyVersion>();
	return results;
}

/** Statements that keep a new survey with its first version. A slug that is taken fails the batch. */
export function insertSurvey(db: D1Database, site: Site, survey: Survey, question: string): D1PreparedStatement[] {
	const columns = Object.entries(settingsOf(survey));
	return [
		db
			.prepare(
				`INSERT INTO survey (site, slug, created_at, ${columns.map(([name]) => name).join(", ")})
				VALUES (?1, ?2, ?3, ${columns.map((_, i) => `?${i + 4}`).join(", ")})`,
			)
			.bind(site.id, survey.slug, survey.createdAt, ...columns.map(([, value]) => value)),
		db
			.prepare(
				`INSERT INTO survey_version (site, survey, version, metric, locale, question, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
			)
			.bind(site.id, survey.slug, survey.version, survey.metric, site.locale, question, survey.createdAt),
	];
}

/**
 * Keeps a survey as it now is, and what it asks where that is a new version. False when it was changed since it was read (`changes`):
 * then nothing was kept.
 * @param mended the question of this version in its own language was mended and means what it meant
 */
export async function updateSurvey(
	db: D1Database,
	site: Site,
	survey: Survey,
	{ question, mended, now }: { readonly question: string; readonly mended: boolean; readonly now: number },
): Promise<boolean> {
	const columns = Object.entries(settingsOf(survey));
	const [updated] = await db.batch([
		db
			.prepare(
				`UPDATE survey SET changes = changes + 1, ${columns.map(([name], i) => `${name} = ?${i + 4}`).join(", ")}
				WHERE site = ?1 AND slug = ?2 AND changes = ?3 RETURNING slug`,
			)
			.bind(site.id, survey.slug, survey.changes, ...columns.map(([, value]) => value)),
		// `changes()` is what the statement before has changed: the version stands or falls with it.
		db
			.prepare(
				`INSERT INTO survey_version (site, survey, version, metric, locale, question, created_at)
				SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE changes() = 1
				ON CONFLICT (site, survey, version) DO UPDATE SET question = ?6 WHERE ?8 AND locale = ?5`,
			)
			.bind(site.id, survey.slug, survey.version, survey.metric, site.locale, question, now, mended ? 1 : 0),
	]);
	return (updated?.results.length ?? 0) === 1;
}

function settingsOf(survey: Survey): Record<string, string | number | null> {
	return {
		version: survey.version,
		metric: survey.metric,
		touchpoint: survey.touchpoint,
		wording: JSON.stringify(survey.wording),
		drivers: JSON.stringify(survey.drivers),
		theme: JSON.stringify(survey.theme),
		ask_again_days: survey.askAgainDays,
		ask_after_any_days: survey.askAfterAnyDays,
		share_score: survey.shareScore ? 1 : 0,
		open_cases: survey.openCases ? 1 : 0,
		follow_up: JSON.stringify(survey.followUp),
		goal: survey.goal,
		benchmarks: JSON.stringify(survey.benchmarks),
		active: survey.active ? 1 : 0,
		display: survey.display,
		placement: survey.placement,
		sampling: survey.sampling,
	};
}

function surveyOf(row: SurveyRow): Survey {
	return {
		slug: row.slug,
		version: row.version,
		metric: row.metric,
		touchpoint: row.touchpoint,
		wording: JSON.parse(row.wording),
		drivers: JSON.parse(row.drivers),
		theme: JSON.parse(row.theme),
		askAgainDays: row.ask_again_days,
		askAfterAnyDays: row.ask_after_any_days,
		shareScore: row.share_score === 1,
		openCases: row.open_cases === 1,
		followUp: JSON.parse(row.follow_up),
		goal: row.goal,
		benchmarks: JSON.parse(row.benchmarks),
		active: row.active === 1,
		display: row.display,
		placement: row.placement,
		sampling: row.sampling,
		createdAt: row.created_at,
		changes: row.changes,
	};
}
