import { armOf, zBetween } from "./compare.ts";
import { type Histogram, sizeOf } from "./histogram.ts";
import { type Interval, wilson, Z95 } from "./interval.ts";
import { METRICS, type Metric, type MetricName } from "./metrics.ts";
import { headlineCount, scoreOf } from "./score.ts";

/** The difference of two scores with its 95 % interval, in the unit of the score. */
export interface Difference {
	readonly value: number;
	readonly interval: Pick<Interval, "low" | "high" | "level"> & { readonly method: "add-3" | "newcombe" };
	/** Standard errors between the two. */
	readonly z: number;
}

/**
 * `a` minus `b`, for two groups that share no answer; null where either is empty. NPS and means: add-3 on each arm, widened to hold
 * the raw difference. Shares: Newcombe's hybrid of two Wilson intervals (Newcombe 1998, method 10); its z is Agresti–Caffo's.
 */
export function differenceOf(metric: MetricName, a: Histogram, b: Histogram): Difference | null {
	const first = scoreOf(metric, a).value;
	const second = scoreOf(metric, b).value;
	if (first === null || second === null) return null;
	const value = first - second;
	const left = armOf(metric, a);
	const right = armOf(metric, b);
	const se = Math.hypot(left.se, right.se);
	const z = zBetween(metric, a, b);
	const { headline }: Metric = METRICS[metric];
	if (headline === "top2")
		return { value, z, interval: newcombe(headlineCount(metric, a), sizeOf(a), headlineCount(metric, b), sizeOf(b)) };
	const low = Math.min(value, left.mean - right.mean - Z95 * se);
	const high = Math.max(value, left.mean - right.mean + Z95 * se);
	return { value, z, interval: { low, high, level: 0.95, method: "add-3" } };
}

/** The interval of the difference of two shares, `x1` of `n1` minus `x2` of `n2`, in percentage points. Source: Newcombe 1998, method 10. */
export function newcombe(x1: number, n1: number, x2: number, n2: number): Difference["interval"] {
	const [p1, p2] = [(100 * x1) / n1, (100 * x2) / n2];
	const [w1, w2] = [wilson(x1, n1), wilson(x2, n2)];
	return {
		low: p1 - p2 - Math.hypot(p1 - w1.low, w2.high - p2),
		high: p1 - p2 + Math.hypot(w1.high - p1, p2 - w2.low),
		level: 0.95,
		method: "newcombe",
	};
}
