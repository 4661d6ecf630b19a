import { addDays, dayOf } from "../../shared/day.ts";
import type { Window } from "../../shared/window.ts";
import { findingsOf, type SiteFindings } from "../dashboard/overview/read-findings.ts";
import { episodesOf } from "../db/episodes.ts";
import { episodeView } from "../episode-view.ts";
import { listedSurveys } from "../listed-surveys.ts";
import { scoreScopes } from "../score-scope.ts";
import type { Site } from "../site.ts";
import { surveyDrivers } from "../survey-drivers.ts";
import { surveyScores } from "../survey-score.ts";
import { surveySilence } from "../survey-silence.ts";

/** Days within which an alert that is open was opened. */
const ALERT_DAYS = 365;

/** What the API would say of a site over a window, computed by what computes the API's replies. @param now Unix milliseconds */
export async function siteFindings(db: D1Database, site: Site, window: Window, now: number): Promise<SiteFindings> {
	const since = addDays(dayOf(now, site.timezone), -ALERT_DAYS);
	const [surveys, episodes, asked] = await Promise.all([
		listedSurveys(db, site.id),
		episodesOf(db, site.id, { since, open: true }),
		scoreScopes(db, site, { versions: "latest" }),
	]);
	const [scores, drivers, silence] = await Promise.all([
		Promise.all(asked.map((each) => surveyScores(db, site, each, [window]))),
		Promise.all(asked.map((each) => surveyDrivers(db, site, each, window))),
		Promise.all(asked.map((each) => surveySilence(db, site, each, window))),
	]);
	return findingsOf({ surveys, scores: scores.flat(), drivers, alerts: episodes.map(episodeView), silence });
}
