import { compare } from "../shared/compare.ts";
import type { SurveyScore } from "../shared/contract.ts";
import { scoreOf } from "../shared/score.ts";
import { type Window, windowBefore } from "../shared/window.ts";
import { dailyTally } from "./db/daily-tally.ts";
import type { Site, Survey } from "./site.ts";
import { windowedTally } from "./windowed-tally.ts";

/** One survey's score over a window, with the window before it, from one read of the tally. Covers the latest version. */
export async function surveyScore(db: D1Database, site: Site, survey: Survey, window: Window): Promise<SurveyScore> {
	const { slug, version, metric } = survey;
	const before = windowBefore(window);
	const days = await dailyTally(db, site.id, { survey: slug, version, pair: ["", ""] }, before.from, window.to);
	const now = windowedTally(days, window);
	const earlier = windowedTally(days, before);
	const { value, interval, tier, responses, mean, groups, agree, distribution } = scoreOf(metric, now.histogram);
	return {
		survey: slug,
		version,
		metric,
		verified: "all",
		window: { ...window, timezone: site.timezone },
		value,
		interval,
		tier,
		responses,
		mean,
		groups,
		...(agree ? { agree } : {}),
		distribution,
		previous: compare(metric, now.histogram, earlier.histogram),
		goal: null,
		baseline: null,
		funnel: now.funnel,
	};
}
