import { describe, expect, test } from "vitest";
import { differenceOf } from "../../shared/difference.ts";
import { type Interval, wilson } from "../../shared/interval.ts";
import type { MetricName } from "../../shared/metrics.ts";
import { scoreOf } from "../../shared/score.ts";
import { chance, EFFORTS, type Population, SATISFIED, SHOPS, sample } from "../harness/population.ts";

const truth = (metric: MetricName, population: Population) => scoreOf(metric, population).value ?? 0;

/** How often, in percent, the interval holds the truth. */
function coverage(metric: MetricName, population: Population, n: number, runs: number, random: () => number): number {
	const value = truth(metric, population);
	let held = 0;
	for (let run = 0; run < runs; run++) {
		const { interval } = scoreOf(metric, sample(population, n, random));
		if (interval && interval.low <= value + 1e-9 && interval.high >= value - 1e-9) held++;
	}
	return (100 * held) / runs;
}

/**
 * How often, in percent, an interval holds a share of those who say yes, exactly: the chances of all counts of yes whose interval does.
 * @param bounds the interval of none, of one, … and of all who say yes
 */
function exactCoverage(bounds: readonly Interval[], share: number): number {
	const n = bounds.length - 1;
	let logChance = n * Math.log1p(-share);
	let held = 0;
	for (const [yes, { low, high }] of bounds.entries()) {
		if (low <= 100 * share && 100 * share <= high) held += Math.exp(logChance);
		logChance += Math.log((n - yes) / (yes + 1)) + Math.log(share) - Math.log1p(-share);
	}
	return 100 * held;
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Shares at the edge of what occurs. */
const EXTREMES: readonly Population[] = [
	[0.9, 0.08, 0.02],
	[0.05, 0.1, 0.85],
	[0.02, 0.96, 0.02],
	[0.85, 0, 0.15],
].map(([p = 0, n = 0, d = 0]) => ({ 10: p, 8: n, 3: d }));

describe("the 95 % interval holds the truth", () => {
	/** Pointwise floors in percent, less two for the noise of 2,000 runs. */
	const floors: Record<number, number> = { 5: 81 - 2, 30: 92 - 2, 300: 92 - 2 };

	test.for([5, 30, 300])("of an NPS of %d answers 93 to 97 times in a hundred over the shops", (n) => {
		const random = chance(20_261_100 + n);
		const points = SHOPS.map((population) => coverage("nps", population, n, 2_000, random));
		expect(mean(points)).toBeGreaterThan(93);
		expect(mean(points)).toBeLessThan(97.5);
		for (const point of points) expect(point).toBeGreaterThan(floors[n] ?? 0);
	});

	test.for([5, 30, 300])("of an extreme NPS of %d answers at least as often as is stated", (n) => {
		const random = chance(7_000 + n);
		for (const population of EXTREMES) expect(coverage("nps", population, n, 2_000, random)).toBeGreaterThan(floors[n] ?? 0);
	});

	test.for([5, 30, 300])("of a CES mean of %d answers 93 to 97 times in a hundred", (n) => {
		const random = chance(31_000 + n);
		const points = EFFORTS.map((population) => coverage("ces", population, n, 2_000, random));
		expect(mean(points)).toBeGreaterThan(93);
		expect(mean(points)).toBeLessThan(97.5);
		for (const point of points) expect(point).toBeGreaterThan(floors[n] ?? 0);
	});

	test.for([5, 10, 30, 100, 300])("of a CSAT of %d answers at its worst 83 times in a hundred, summed over all answers", (n) => {
		const bounds = Array.from({ length: n + 1 }, (_, yes) => wilson(yes, n));
		const ends = bounds.flatMap(({ low, high }) => [low / 100, high / 100]).filter((end) => end > 0 && end < 1);
		// Between two ends the same intervals hold a share, so the worst lies beside one of them.
		const points = ends.flatMap((end) => [end - 1e-9, end + 1e-9]).map((share) => exactCoverage(bounds, share));
		expect(Math.min(...points)).toBeGreaterThan(83);
		expect(Math.min(...points)).toBeLessThan(84);
	});

	test.for([
		[5, 83],
		[30, 86],
		[300, 90],
	] as const)("of a CSAT of %d answers %d times and more from few satisfied to nearly all, and 95 on average", ([n, floor]) => {
		const random = chance(500 + n);
		const points = SATISFIED.map((population) => coverage("csat", population, n, 2_000, random));
		expect(Math.abs(mean(points) - 95)).toBeLessThan(2);
		for (const point of points) expect(point).toBeGreaterThan(floor - 2);
	});
});

test("two groups of one population are told apart seldom, and unequal arms tip the scales as the table says", () => {
	const random = chance(99);
	const rows: Record<string, number | string>[] = [];
	for (const [metric, population] of [
		["nps", SHOPS[1]],
		["csat", SATISFIED[6]],
		["ces", EFFORTS[0]],
	] as const)
		for (const [a, b] of [
			[50, 50],
			[50, 500],
			[50, 3_000],
			[300, 300],
		] as const) {
			let below = 0;
			let above = 0;
			const runs = 2_000;
			for (let run = 0; run < runs; run++) {
				const z = differenceOf(metric, sample(population ?? {}, a, random), sample(population ?? {}, b, random))?.z ?? 0;
				if (z <= -1.96) below++;
				if (z >= 1.96) above++;
			}
			rows.push({ metric, arms: `${a} | ${b}`, "z ≤ −1.96, %": (100 * below) / runs, "z ≥ 1.96, %": (100 * above) / runs });
			// 5 % is meant; 50 against 3,000 is lopsided, and so several comparisons together need 50 answers and a stricter rule.
			expect((100 * (below + above)) / runs).toBeLessThan(8);
		}
	console.table(rows);
});
