import { type Histogram, sizeOf } from "./histogram.ts";
import { type Adjusted, addThree } from "./interval.ts";
import { METRICS, type Metric, type MetricName } from "./metrics.ts";
import { headlineCount, meanWeights, netWeights, scoreOf } from "./score.ts";
import { shareArm } from "./share-test.ts";
import { COMPARABLE } from "./tier.ts";

/** "No detectable change" is not "no change": the answers cannot tell. */
export type Verdict = "too_few" | "no_detectable_change" | "likely_changed" | "changed";

/** Two windows, the later one against the earlier. */
export interface Comparison {
	/** The earlier window's score; null without answers. */
	readonly value: number | null;
	readonly responses: number;
	/** Later minus earlier, in the unit of the score; null when either has no answers. */
	readonly change: number | null;
	/** Standard errors between the two; null when either has no answers. */
	readonly z: number | null;
	readonly verdict: Verdict;
}

/**
 * Compares the scores of two windows that do not overlap. NPS and means: add-3 on each arm; CSAT: Agresti–Caffo, one
 * success and one failure added to each arm. |z| ≥ 1.96 "likely changed", ≥ 3 "changed"; below 30 answers in either arm "too few".
 */
export function compare(metric: MetricName, later: Histogram, earlier: Histogram): Comparison {
	const now = scoreOf(metric, later);
	const before = scoreOf(metric, earlier);
	const { value, responses } = before;
	if (now.value === null || value === null) return { value, responses, change: null, z: null, verdict: "too_few" };
	const z = zBetween(metric, later, earlier);
	const few = Math.min(now.responses, responses) < COMPARABLE;
	return { value, responses, change: now.value - value, z, verdict: few ? "too_few" : verdictOf(z) };
}

/** The wording of a single comparison. */
export function verdictOf(z: number): Verdict {
	if (Math.abs(z) >= 3) return "changed";
	return Math.abs(z) >= 1.96 ? "likely_changed" : "no_detectable_change";
}

/** Standard errors between the scores of two groups that share no answer, `a` minus `b`. Never NaN, also where both are empty. */
export function zBetween(metric: MetricName, a: Histogram, b: Histogram): number {
	const [left, right] = [armOf(metric, a), armOf(metric, b)];
	return (left.mean - right.mean) / Math.hypot(left.se, right.se);
}

/** One arm of a comparison: its adjusted mean and standard error, in the unit of the score. */
export function armOf(metric: MetricName, histogram: Histogram): Adjusted {
	const { headline, min, max }: Metric = METRICS[metric];
	if (headline === "net") return addThree(netWeights(histogram), -100, 100);
	if (headline === "mean") return addThree(meanWeights(histogram), min, max);
	const { mean, se } = shareArm(headlineCount(metric, histogram), sizeOf(histogram));
	return { mean: 100 * mean, se: 100 * se };
}
