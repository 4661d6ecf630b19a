import { type Histogram, sizeOf } from "./histogram.ts";
import type { MetricName } from "./metrics.ts";
import { scoreOf } from "./score.ts";
import { COMPARABLE } from "./tier.ts";

/** Whether a goal is reached: met when the whole interval lies at or above it, missed when the whole interval lies below. */
export type GoalVerdict = "met" | "missed" | "undecided";

/** A score against its goal. */
export interface GoalResult {
	/** In the unit of the score. */
	readonly target: number;
	/** Null below 30 answers: too early for a verdict. */
	readonly verdict: GoalVerdict | null;
	/** How many more answers would decide it if they came out like these; null where it is decided, or no number would. */
	readonly more_responses: number | null;
}

/** More answers than this are no estimate. */
const MOST = 1_000_000;

/** Judges a goal by the interval of the score, and estimates what it takes where it cannot tell yet. */
export function goalResult(metric: MetricName, histogram: Histogram, target: number): GoalResult {
	const n = sizeOf(histogram);
	const verdict = verdictAt(metric, histogram, target);
	const shown = n < COMPARABLE ? null : verdict;
	if (shown === "met" || shown === "missed" || n === 0) return { target, verdict: shown, more_responses: null };
	return { target, verdict: shown, more_responses: moreResponses(metric, histogram, target, n) };
}

function verdictAt(metric: MetricName, histogram: Histogram, target: number): GoalVerdict {
	const { interval } = scoreOf(metric, histogram);
	if (interval && interval.low >= target) return "met";
	return interval && interval.high < target ? "missed" : "undecided";
}

/** The fewest further answers, spread as those there are, after which the verdict is one. Found by bisection. */
function moreResponses(metric: MetricName, histogram: Histogram, target: number, n: number): number | null {
	const decides = (total: number) => {
		const grown = Object.fromEntries(Object.entries(histogram).map(([score, count]) => [score, (count * total) / n]));
		return verdictAt(metric, grown, target) !== "undecided";
	};
	let high = Math.max(n, COMPARABLE);
	if (decides(high)) return high - n;
	while (!decides(high)) {
		high *= 2;
		if (high > MOST + n) return null;
	}
	let low = high / 2;
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (decides(middle)) high = middle;
		else low = middle;
	}
	return Math.ceil(high) - n;
}
