/** The three questions Afterword asks. */
export type MetricName = "nps" | "csat" | "ces";

/** A named band of the scale, both ends included. */
export interface Band {
	readonly name: string;
	readonly from: number;
	readonly to: number;
}

export interface Metric {
	/** Lowest and highest score; every integer between them is one. */
	readonly min: number;
	readonly max: number;
	/** What the headline value is: share of promoters minus share of detractors, share of the top two scores, or the mean. */
	readonly headline: "net" | "top2" | "mean";
	/** Bands that cover the scale once, best first. */
	readonly bands: readonly Band[];
	/** The highest score that counts as low, and so is due a call back. */
	readonly low: number;
}

/**
 * NPS 0…10 (Reichheld 2003), CSAT 1…5 by top-2-box, CES 2.0 1…7 where 7 is "strongly agree".
 * Bands and headlines are fixed: a survey chooses a metric, never a formula.
 */
export const METRICS = {
	nps: {
		min: 0,
		max: 10,
		headline: "net",
		bands: [
			{ name: "promoters", from: 9, to: 10 },
			{ name: "passives", from: 7, to: 8 },
			{ name: "detractors", from: 0, to: 6 },
		],
		low: 6,
	},
	csat: {
		min: 1,
		max: 5,
		headline: "top2",
		bands: [
			{ name: "satisfied", from: 4, to: 5 },
			{ name: "rest", from: 1, to: 3 },
		],
		low: 2,
	},
	ces: {
		min: 1,
		max: 7,
		headline: "mean",
		bands: [
			{ name: "agree", from: 5, to: 7 },
			{ name: "rest", from: 1, to: 4 },
		],
		low: 3,
	},
} as const satisfies Record<MetricName, Metric>;

export const METRIC_NAMES = ["nps", "csat", "ces"] as const satisfies readonly MetricName[];

/** Every score of a metric's scale, ascending. */
export function valuesOf(metric: MetricName): number[] {
	const { min, max } = METRICS[metric];
	return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

/** The band a score falls into, e.g. 9 of NPS → "promoters". */
export function bandOf(metric: MetricName, score: number): string | null {
	const band = METRICS[metric].bands.find(({ from, to }) => score >= from && score <= to);
	return band?.name ?? null;
}
