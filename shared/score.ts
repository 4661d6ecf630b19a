import { countBetween, fullScale, type Histogram, sizeOf } from "./histogram.ts";
import { addThreeInterval, type Interval, type Weighted, wilson } from "./interval.ts";
import { METRICS, type Metric, type MetricName } from "./metrics.ts";
import { type Tier, tierOf } from "./tier.ts";

/** A share in percent with its interval; both null without answers. */
export interface Share {
	readonly value: number | null;
	readonly interval: Interval | null;
}

/** What one histogram says. Full precision: rounding is for display (`round.ts`). */
export interface Score extends Share {
	readonly metric: MetricName;
	readonly tier: Tier;
	/** Answered asks: the only denominator. */
	readonly responses: number;
	/** Mean of the raw scores, in scale points. */
	readonly mean: number | null;
	/** Answers per band, e.g. promoters, passives, detractors. */
	readonly groups: Readonly<Record<string, number>>;
	/** Answers per score, every score of the scale named. */
	readonly distribution: Readonly<Record<string, number>>;
	/** CES only: the share that agrees (5, 6 or 7 of 7). */
	readonly agree?: Share;
}

/**
 * The score of a histogram: NPS `100 (P − D) / n` in −100…100, CSAT the share of the top two scores in percent, CES the
 * mean of 1…7 with the share that agrees beside it. Without answers every figure is null, never 0.
 * The score of a window is the score of its summed histogram, never a mean of daily scores.
 */
export function scoreOf(metric: MetricName, histogram: Histogram): Score {
	const { bands, min, max }: Metric = METRICS[metric];
	const responses = sizeOf(histogram);
	const groups = Object.fromEntries(bands.map(({ name, from, to }) => [name, countBetween(histogram, from, to)]));
	const total = meanWeights(histogram).reduce((sum, [score, n]) => sum + score * n, 0);
	const base = {
		metric,
		tier: tierOf(responses),
		responses,
		mean: responses === 0 ? null : total / responses,
		groups,
		distribution: fullScale(metric, histogram),
	};
	switch (metric) {
		case "nps": {
			if (responses === 0) return { ...base, value: null, interval: null };
			const { promoters = 0, detractors = 0 } = groups;
			const value = (100 * (promoters - detractors)) / responses;
			return { ...base, value, interval: addThreeInterval(netWeights(histogram), -100, 100, value) };
		}
		case "csat":
			return { ...base, ...shareOf(groups["satisfied"] ?? 0, responses) };
		case "ces": {
			const agree = shareOf(groups["agree"] ?? 0, responses);
			if (base.mean === null) return { ...base, value: null, interval: null, agree };
			const interval = addThreeInterval(meanWeights(histogram), min, max, base.mean);
			return { ...base, value: base.mean, interval, agree };
		}
	}
}

/** `yes` of `n` in percent with Wilson's interval; nulls when `n` is 0. */
export function shareOf(yes: number, n: number): Share {
	return n === 0 ? { value: null, interval: null } : { value: (100 * yes) / n, interval: wilson(yes, n) };
}

/** Answers in the metric's best band: promoters, satisfied, or those who agree. */
export function headlineCount(metric: MetricName, histogram: Histogram): number {
	const [best] = METRICS[metric].bands;
	return countBetween(histogram, best.from, best.to);
}

/** A histogram on its own scale. */
export function meanWeights(histogram: Histogram): Weighted[] {
	return Object.entries(histogram).map(([score, n]) => [Number(score), n]);
}

/** A histogram of 0…10 as promoters at 100, passives at 0 and detractors at −100. */
export function netWeights(histogram: Histogram): Weighted[] {
	const [best, , worst] = METRICS.nps.bands;
	const promoters = countBetween(histogram, best.from, best.to);
	const detractors = countBetween(histogram, worst.from, worst.to);
	return [
		[100, promoters],
		[0, sizeOf(histogram) - promoters - detractors],
		[-100, detractors],
	];
}
