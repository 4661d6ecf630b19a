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
	share_score: number;
	goal: number | null;
	benchmarks: string;
	created_at: number;
}

const COLUMNS =
	"slug, version, metric, touchpoint, wording, drivers, theme, ask_again_days, share_score, goal, benchmarks, created_at";

/** Every survey of a site, oldest first. */
export async function surveysOf(db: D1Database, siteId: SiteId): Promise<Survey[]> {
	const { results } = await db.prepare(`SELECT ${COLUMNS} FROM survey WHERE site = ?1`).bind(siteId).all<SurveyRow>();
	return results.map(surveyOf).sort((a, b) => a.createdAt - b.createdAt || a.slug.localeCompare(b.slug));
}

/** Which metric each version of each survey asked. */
export async function versionsOf(db: D1Database, siteId: SiteId): Promise<SurveyVersion[]> {
	const { results } = await db
		.prepare("SELECT survey, version, metric FROM survey_version WHERE site = ?1")
		.bind(siteId)
		.all<SurveyVersion>();
	return results;
}

/** Statements that keep a survey as it now is, and its version if that is new. */
export function saveSurvey(db: D1Database, site: Site, survey: Survey, question: string): D1PreparedStatement[] {
	const { slug, version, metric, createdAt } = survey;
	const settings = [
		survey.touchpoint,
		JSON.stringify(survey.wording),
		JSON.stringify(survey.drivers),
		JSON.stringify(survey.theme),
		survey.askAgainDays,
		survey.shareScore ? 1 : 0,
		survey.goal,
		JSON.stringify(survey.benchmarks),
	];
	return [
		db
			.prepare(
				`INSERT INTO survey (site, slug, version, metric, created_at, touchpoint, wording, drivers, theme, ask_again_days, share_score,
					goal, benchmarks)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
				ON CONFLICT (site, slug) DO UPDATE SET version = ?3, metric = ?4, touchpoint = ?6, wording = ?7, drivers = ?8,
					theme = ?9, ask_again_days = ?10, share_score = ?11, goal = ?12, benchmarks = ?13`,
			)
			.bind(site.id, slug, version, metric, createdAt, ...settings),
		db
			.prepare(
				`INSERT INTO survey_version (site, survey, version, metric, locale, question, created_at)
				VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
				ON CONFLICT (site, survey, version) DO UPDATE SET question = ?6`,
			)
			.bind(site.id, slug, version, metric, site.locale, question, createdAt),
	];
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
		shareScore: row.share_score === 1,
		goal: row.goal,
		benchmarks: JSON.parse(row.benchmarks),
		createdAt: row.created_at,
	};
}
