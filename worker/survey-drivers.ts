import { driverReport } from "../shared/driver-impact.ts";
import type { Drivers } from "../shared/insight-contract.ts";
import type { Window } from "../shared/window.ts";
import { countsOf } from "./counts.ts";
import { tallyByValue } from "./db/tally.ts";
import type { ScoreScope } from "./score-scope.ts";
import type { Site } from "./site.ts";
import { coverage } from "./survey-score.ts";

/** What goes with a high or a low score of one survey over a window: every reason the survey has, weighed. */
export async function surveyDrivers(db: D1Database, site: Site, asked: ScoreScope, window: Window): Promise<Drivers> {
	const { survey, scope } = asked;
	const ids = survey.drivers.map(({ id }) => id);
	const found = await tallyByValue(db, site.id, scope, "driver", ["*", ...ids], window.from, window.to);
	const histogramOf = (id: string) => countsOf(found.get(id) ?? []).histogram;
	const report = driverReport(survey.metric, histogramOf("*"), Object.fromEntries(ids.map((id) => [id, histogramOf(id)])));
	return { ...coverage(site, asked, window), ...report, drivers: [...report.drivers] };
}
