import { describe, expect, test } from "vitest";
import { evaluateAlert, RECENT_DAYS, REFERENCE_DAYS } from "../../shared/alert.ts";
import { differenceOf } from "../../shared/difference.ts";
import { type Histogram, sumOf } from "../../shared/histogram.ts";
import { type Interval, wilson } from "../../shared/interval.ts";
import type { MetricName } from "../../shared/metrics.ts";
import { scoreOf } from "../../shared/score.ts";

/** A population: the chance of each score. */
type Population = Readonly<Record<number, number>>;

/** Uniform numbers in 0…1, the same for the same seed (Mulberry32). */
function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

function sample(population: Population, n: number, random: () => number): Histogram {
	const scores = Object.entries(population);
	const histogram: Record<number, number> = {};
	for (let i = 0; i < n; i++) {
		let rest = random();
		let drawn = Number(scores.at(-1)?.[0]);
		for (const [score, share] of scores) {
			rest -= share;
			if (rest < 0) {
				drawn = Number(score);
				break;
			}
		}
		histogram[drawn] = (histogram[drawn] ?? 0) + 1;
	}
	return histogram;
}

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

/** Shares of promoters, passives and detractors as shops have them, from loved to disliked. */
const SHOPS: readonly Population[] = [
	[0.7, 0.2, 0.1],
	[0.6, 0.25, 0.15],
	[0.5, 0.3, 0.2],
	[0.45, 0.25, 0.3],
	[0.4, 0.4, 0.2],
	[0.35, 0.3, 0.35],
	[0.25, 0.35, 0.4],
].map(([p = 0, n = 0, d = 0]) => ({ 10: p, 8: n, 3: d }));

/** Shares at the edge of what occurs. */
const EXTREMES: readonly Population[] = [
	[0.9, 0.08, 0.02],
	[0.05, 0.1, 0.85],
	[0.02, 0.96, 0.02],
	[0.85, 0, 0.15],
].map(([p = 0, n = 0, d = 0]) => ({ 10: p, 8: n, 3: d }));

const EFFORTS: readonly Population[] = [
	{ 7: 0.4, 6: 0.25, 5: 0.15, 4: 0.08, 3: 0.05, 2: 0.04, 1: 0.03 },
	{ 7: 0.2, 6: 0.25, 5: 0.2, 4: 0.15, 3: 0.1, 2: 0.06, 1: 0.04 },
	{ 7: 0.1, 6: 0.15, 5: 0.2, 4: 0.2, 3: 0.15, 2: 0.1, 1: 0.1 },
	{ 7: 0.5, 6: 0.1, 5: 0.05, 4: 0.05, 3: 0.05, 2: 0.1, 1: 0.15 },
];

/** Shares of the satisfied, from few to nearly all. */
const SATISFIED = [0.05, 0.15, 0.3, 0.5, 0.65, 0.75, 0.85, 0.92, 0.97, 0.995].map((p) => ({ 5: p, 1: 1 - p }));

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

test("a shop that does not change is alarmed less than once in two years", () => {
	const random = chance(4_711);
	const years = 60;
	const alarms: Record<string, number> = {};
	for (const [metric, population, perDay] of [
		["nps", SHOPS[2], 5],
		["csat", SATISFIED[6], 8],
		["ces", EFFORTS[1], 3],
	] as const) {
		const span = RECENT_DAYS + REFERENCE_DAYS;
		const days = Array.from({ length: years * 365 + span }, () => sample(population ?? {}, perDay, random));
		let recent: Histogram = sumOf(days.slice(span - RECENT_DAYS, span));
		let reference: Histogram = sumOf(days.slice(0, REFERENCE_DAYS));
		const move = (into: Histogram, come: Histogram, go: Histogram) =>
			sumOf([into, come, Object.fromEntries(Object.entries(go).map(([score, n]) => [score, -n]))]);
		let open = false;
		let count = 0;
		for (let last = span; last < days.length; last++) {
			const { step } = evaluateAlert(metric, recent, reference, open);
			if (step === "open") count++;
			if (step !== "keep") open = step === "open";
			const [come = {}, over = {}, gone = {}] = [days[last], days[last - RECENT_DAYS], days[last - span]];
			recent = move(recent, come, over);
			reference = move(reference, over, gone);
		}
		alarms[metric] = count / years;
	}
	console.table(alarms);
	for (const perYear of Object.values(alarms)) expect(perYear).toBeLessThan(0.5);
});
