import { type MetricName, valuesOf } from "./metrics.ts";

/** Answers per score. A score that is missing has none. Counts are whole numbers ≥ 0. */
export type Histogram = Readonly<Record<number, number>>;

/** Answers in a histogram. */
export function sizeOf(histogram: Histogram): number {
	return Object.values(histogram).reduce((sum, n) => sum + n, 0);
}

/** Answers whose score lies in `from`…`to`, both included. */
export function countBetween(histogram: Histogram, from: number, to: number): number {
	let count = 0;
	for (let score = from; score <= to; score++) count += histogram[score] ?? 0;
	return count;
}

/** The sum of histograms: the only way in which days, channels or segments are put together. */
export function sumOf(histograms: Iterable<Histogram>): Histogram {
	const sum: Record<number, number> = {};
	for (const histogram of histograms)
		for (const [score, n] of Object.entries(histogram)) sum[Number(score)] = (sum[Number(score)] ?? 0) + n;
	return sum;
}

/** A histogram with every score of the metric's scale, the empty ones as 0. */
export function fullScale(metric: MetricName, histogram: Histogram): Record<string, number> {
	return Object.fromEntries(valuesOf(metric).map((score) => [score, histogram[score] ?? 0]));
}

/** The answers of `whole` that are not in `part`, which is a part of it. */
export function subtract(whole: Histogram, part: Histogram): Histogram {
	return Object.fromEntries(Object.entries(whole).map(([score, n]) => [score, n - (part[Number(score)] ?? 0)]));
}
