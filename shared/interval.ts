/** The standard normal quantile of 0.975. */
export const Z95 = 1.959963984540054;

/** A two-sided 95 % interval in the unit of the score it belongs to. */
export interface Interval {
	readonly low: number;
	readonly high: number;
	readonly level: 0.95;
	readonly method: "add-3" | "wilson";
}

/** A weighted value: `count` answers at `value`. */
export type Weighted = readonly [value: number, count: number];

/** Mean and standard error after adding pseudo-answers. */
export interface Adjusted {
	readonly mean: number;
	readonly se: number;
}

/**
 * Mean and standard error of a histogram after adding three pseudo-answers: 0.75 at the minimum of the scale, 1.5 at its
 * midpoint, 0.75 at its maximum. For NPS the scale is −100/0/100. Never empty, so never NaN: with no answers it is the midpoint.
 * Source: Rocks 2016 (arXiv 1601.07235) and Lewis & Sauro 2021 for NPS; the same idea for means, checked by simulation.
 */
export function addThree(values: readonly Weighted[], min: number, max: number): Adjusted {
	const padded: Weighted[] = [...values, [min, 0.75], [(min + max) / 2, 1.5], [max, 0.75]];
	const total = padded.reduce((sum, [, count]) => sum + count, 0);
	const mean = padded.reduce((sum, [value, count]) => sum + value * count, 0) / total;
	const variance = padded.reduce((sum, [value, count]) => sum + count * (value - mean) ** 2, 0) / total;
	return { mean, se: Math.sqrt(variance / total) };
}

/** The ends of an interval. */
export interface Bounds {
	readonly low: number;
	readonly high: number;
}

/**
 * The add-3 interval around a raw score: `mean ± z·se` of the padded histogram, clipped to the scale, then widened to
 * hold the raw point (which only bites at one answer). Average coverage 93–97 %; at the extremes 81 % at n = 5, ≥ 92 % from 30.
 */
export function addThreeInterval(values: readonly Weighted[], min: number, max: number, raw: number): Interval {
	return { ...addThreeBounds(values, min, max, raw, Z95), level: 0.95, method: "add-3" };
}

/** The same at any level, by the normal quantile `z` > 0 of one side. */
export function addThreeBounds(values: readonly Weighted[], min: number, max: number, raw: number, z: number): Bounds {
	const { mean, se } = addThree(values, min, max);
	const low = Math.max(min, mean - z * se);
	const high = Math.min(max, mean + z * se);
	return { low: Math.min(low, raw), high: Math.max(high, raw) };
}

/**
 * Wilson's score interval for `yes` of `n`, in percent, without continuity correction; exactly 0 at none and 100 at all.
 * Coverage 95 % on average over the shares; at its worst 83 % at any n, for a share just off none or all.
 * Source: Wilson 1927. `n` must be ≥ 1.
 */
export function wilson(yes: number, n: number): Interval {
	return { ...wilsonBounds(yes, n, Z95), level: 0.95, method: "wilson" };
}

/** The same at any level, by the normal quantile `z` > 0 of one side. */
export function wilsonBounds(yes: number, n: number, z: number): Bounds {
	const p = yes / n;
	const z2 = z * z;
	const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
	const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
	return { low: yes === 0 ? 0 : 100 * (centre - half), high: yes === n ? 100 : 100 * (centre + half) };
}
