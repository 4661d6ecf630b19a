import { BENCHMARKS } from "../shared/benchmarks.ts";
import { compare } from "../shared/compare.ts";
import { goalResult } from "../shared/goal.ts";
import type { Histogram } from "../shared/histogram.ts";
import { scoreOf } from "../shared/score.ts";
import type { NotCompared, SurveyScore } from "../shared/score-contract.ts";
import { type Window, windowBefore } from "../shared/window.ts";
import { countsBetween } from "./counts.ts";
import { currentBaseline, type KeptBaseline } from "./db/baselines.ts";
import { dailyTally } from "./db/tally.ts";
import type { ScoreScope } from "./score-scope.ts";
import type { Site } from "./site.ts";

/** One survey's scores over several windows, each with the window before it, from one read of the tally. */
export async function surveyScores(
	db: D1Database,
	site: Site,
	asked: ScoreScope,
	windows: readonly Window[],
): Promise<SurveyScore[]> {
	const { survey, scope, pair } = asked;
	const everybody = pair[0] === "";
	const from = windows.map((window) => windowBefore(window).from).sort()[0] ?? "";
	const to =
		windows
			.map((window) => window.to)
			.sort()
			.at(-1) ?? "";
	const [days, baseline] = await Promise.all([
		dailyTally(db, site.id, scope, pair, from, to),
		everybody ? currentBaseline(db, site.id, survey.slug, survey.version) : null,
	]);
	return windows.map((window) => {
		const { histogram, funnel } = countsBetween(days, window);
		const { value, interval, tier, responses, mean, groups, agree, distribution } = scoreOf(survey.metric, histogram);
		return {
			...coverage(site, asked, window),
			value,
			interval,
			tier,
			responses,
			mean,
			groups,
			...(agree ? { agree } : {}),
			distribution,
			previous: compare(survey.metric, histogram, countsBetween(days, windowBefore(window)).histogram),
			goal: survey.goal === null ? null : goalResult(survey.metric, histogram, survey.goal),
			baseline: baseline && againstBaseline(asked, histogram, window, baseline),
			benchmarks: [...survey.benchmarks, ...BENCHMARKS[survey.metric]],
			funnel,
		};
	});
}

/** Which asks a figure covers, as every reply says it. */
export function coverage(site: Site, { survey, scope, pair: [key, value] }: ScoreScope, window: Window) {
	return {
		survey: survey.slug,
		version: survey.version,
		versions: [...scope.versions],
		metric: survey.metric,
		verified: scope.verified,
		segment: key === "" ? null : `${key}:${value}`,
		window: { ...window, timezone: site.timezone },
	};
}

/** A window against the baseline, where the two count alike and share no day. */
function againstBaseline(
	{ survey: { metric }, scope }: ScoreScope,
	histogram: Histogram,
	window: Window,
	baseline: KeptBaseline,
): NonNullable<SurveyScore["baseline"]> {
	const { status, setBy, from, to, verified } = baseline;
	const { value, responses, change, z, verdict } = compare(metric, histogram, baseline.histogram);
	const base = { status, set_by: setBy, from, to, value, responses, verified };
	const reason = notCompared(scope.verified, window, baseline);
	return reason === null
		? { ...base, change, z, verdict, not_compared: null }
		: { ...base, change: null, z: null, verdict: null, not_compared: reason };
}

function notCompared(counted: "all" | "only", window: Window, { verified, from, to }: KeptBaseline): NotCompared | null {
	if (verified === null) return "counts_unknown";
	if (verified !== counted) return verified === "all" ? "counts_all" : "counts_signed";
	return window.from <= to && window.to >= from ? "shares_days" : null;
}
