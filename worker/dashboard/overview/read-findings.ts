import { addDays, type Day, daysIn } from "../../../shared/day.ts";
import type { Drivers, EpisodeView, Series, Silence } from "../../../shared/insight-contract.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import type { SurveysReply } from "../../../shared/survey-contract.ts";
import { LONGEST_WINDOW, ROLLING, type Window } from "../../../shared/window.ts";
import type { Api } from "../call-api.ts";
import type { Findings } from "./takeaway.ts";

export type Survey = SurveysReply["surveys"][number];

/** One survey of a site that was ever asked, with all that is said of it. */
export interface SurveyFindings extends Findings {
	readonly survey: Survey;
}

/** What the API says of a site over one window. */
export interface SiteFindings {
	/** The one with the most answers first. */
	readonly asked: readonly SurveyFindings[];
	readonly neverAsked: readonly Survey[];
	readonly alerts: readonly EpisodeView[];
}

/** Reads a site's figures over a window, all at once. */
export async function readFindings(api: Api, window: Window): Promise<SiteFindings> {
	const query = `window=${window.name}`;
	const [{ surveys }, { scores }, { drivers }, { alerts }, { silence }] = await Promise.all([
		api.get<SurveysReply>("/v1/surveys"),
		api.get<{ scores: SurveyScore[] }>(`/v1/scores?${query}`),
		api.get<{ drivers: Drivers[] }>(`/v1/drivers?${query}`),
		api.get<{ alerts: EpisodeView[] }>("/v1/alerts?state=open"),
		api.get<{ silence: Silence[] }>(`/v1/silence?${query}`),
	]);
	return findingsOf({ surveys, scores, drivers, alerts, silence });
}

/** What is said of a site, from what is said of each of its surveys over one window. */
interface Said {
	readonly surveys: readonly Survey[];
	readonly scores: readonly SurveyScore[];
	readonly drivers: readonly Drivers[];
	readonly alerts: readonly EpisodeView[];
	readonly silence: readonly Silence[];
}

/** Puts together what belongs to each survey. */
export function findingsOf({ surveys, scores, drivers, alerts, silence }: Said): SiteFindings {
	const asked = surveys.flatMap((survey): SurveyFindings[] => {
		const ofSurvey = (each: { readonly survey: string }) => each.survey === survey.slug;
		const found = { score: scores.find(ofSurvey), drivers: drivers.find(ofSurvey), silence: silence.find(ofSurvey) };
		if (survey.first_asked === null || !found.score || !found.drivers || !found.silence) return [];
		return [{ survey, score: found.score, drivers: found.drivers, silence: found.silence, alerts: alerts.filter(ofSurvey) }];
	});
	asked.sort((a, b) => b.score.responses - a.score.responses);
	return { asked, neverAsked: surveys.filter(({ first_asked }) => first_asked === null), alerts };
}

/** Reads the rolling line that leads up to a window, for every survey. */
export async function readSeries(api: Api, window: Window, today: Day): Promise<Series[]> {
	const { series } = await api.get<{ series: Series[] }>(`/v1/scores/series?${seriesQuery(window, today)}`);
	return series;
}

/** Days of line that are drawn for each usual window. */
const LINE_DAYS: Readonly<Record<keyof typeof ROLLING, number>> = { "7d": 90, "30d": 180, "90d": 365, "365d": LONGEST_WINDOW };

/** More days than this are drawn week by week. */
const DAILY = 366;

/** The fewest days a line is drawn over. */
const SHORTEST = 90;

/**
 * Which line belongs to a window: for a usual one its own rolling score, so that the line ends at the score above it; for other days the
 * 30-day score over them, and over some before them where they are few.
 */
function seriesQuery({ name, from, to }: Window, today: Day): string {
	const usual = Object.hasOwn(ROLLING, name) ? (name as keyof typeof ROLLING) : null;
	const last = to > today && from <= today ? today : to;
	const days = usual ? LINE_DAYS[usual] : Math.max(SHORTEST, daysIn(from, last));
	const step = days > DAILY ? "week" : "day";
	return `window=${usual ?? "30d"}&from=${addDays(last, 1 - days)}&to=${last}&step=${step}`;
}
