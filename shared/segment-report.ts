import { JUDGED, survivors } from "./benjamini-hochberg.ts";
import type { Verdict } from "./compare.ts";
import { type Difference, differenceOf } from "./difference.ts";
import { type Funnel, responseRate } from "./funnel.ts";
import { type Histogram, sizeOf, subtract } from "./histogram.ts";
import type { MetricName } from "./metrics.ts";
import { pValue } from "./normal.ts";
import { type Score, type Share, scoreOf } from "./score.ts";
import { COMPARABLE } from "./tier.ts";

/** The asks of one value of a segment. */
export interface SegmentCounts {
	readonly histogram: Histogram;
	/** Null for a delay, which is known of answers only. Imports are left out. */
	readonly funnel: Funnel | null;
	/** Whether asks by e-mail may be among them: these answer nearly always, so that the two together have no response rate. */
	readonly mixed: boolean;
}

/** One value of a segment, beside everybody else. */
export interface SegmentScore extends Pick<Score, "value" | "interval" | "tier" | "responses"> {
	readonly name: string;
	readonly shown: number | null;
	/** Answered of shown, in percent; null where that is not known. */
	readonly response_rate: Share;
	/** This value's score minus that of everybody else; null where either has fewer than 30 answers. */
	readonly difference: Pick<Difference, "value" | "interval" | "z"> | null;
	readonly verdict: Verdict;
}

/**
 * Every value of a segment against all other answers of the survey. Verdicts by Benjamini–Hochberg over the values with at least 50
 * answers on either side.
 */
export function segmentReport(
	metric: MetricName,
	everybody: Histogram,
	values: ReadonlyMap<string, SegmentCounts>,
): SegmentScore[] {
	const found = [...values].map(([name, { histogram, funnel, mixed }]) => {
		const rest = subtract(everybody, histogram);
		const smaller = Math.min(sizeOf(histogram), sizeOf(rest));
		const difference = smaller < COMPARABLE ? null : differenceOf(metric, histogram, rest);
		return { name, histogram, funnel, mixed, smaller, difference };
	});
	const judged = found.map(({ smaller, difference }) => (difference && smaller >= JUDGED ? pValue(difference.z) : null));
	const survive = survivors(judged);
	return found.map(({ name, histogram, funnel, mixed, difference }, i) => {
		const { value, interval, tier, responses } = scoreOf(metric, histogram);
		const shown = funnel?.shown ?? null;
		const response_rate = funnel && !mixed ? responseRate(funnel) : { value: null, interval: null };
		const verdict = judged[i] === null ? "too_few" : survive[i] ? "likely_changed" : "no_detectable_change";
		return {
			name,
			value,
			interval,
			tier,
			responses,
			shown,
			response_rate,
			difference,
			verdict,
		};
	});
}
