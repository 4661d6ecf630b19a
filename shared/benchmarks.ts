import type { MetricName } from "./metrics.ts";

/** A published or privately known score to look at beside one's own: a reference line, never the goal. */
export interface Benchmark {
	/** In the unit of the score. */
	readonly value: number;
	readonly source: string;
	/** In which it was published. */
	readonly year: number;
	/** ISO 3166-1 alpha-2. */
	readonly country: string;
	readonly url: string | null;
}

/** What "Economics of Net Promoter Score, 2024" rests on: the page names the year in which shoppers were asked. */
const XM_URL = "https://www.xminstitute.com/data-snippets/xmi-ratings-nps-2023/";
const NICE_URL = "https://e-strategy.com/2018/09/14/average-net-promoter-score-b2c-industry";

/**
 * The published scores we know a source for. They differ by 33 points under one label: method dominates, so one's own baseline comes
 * first. For CSAT and CES there is none whose method is ours, so none is shipped.
 */
export const BENCHMARKS: Readonly<Record<MetricName, readonly Benchmark[]>> = {
	nps: [
		{ value: 30, source: "XM Institute, grocery", year: 2024, country: "US", url: XM_URL },
		{ value: 29, source: "XM Institute, retail", year: 2024, country: "US", url: XM_URL },
		{ value: 62, source: "NICE Satmetrix, department and specialty stores", year: 2018, country: "US", url: NICE_URL },
	],
	csat: [],
	ces: [],
};
