import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Histogram, sizeOf, sumOf } from "../../shared/histogram.ts";
import { addThreeBounds, addThreeInterval, wilson, wilsonBounds } from "../../shared/interval.ts";
import { METRIC_NAMES, METRICS, type MetricName, valuesOf } from "../../shared/metrics.ts";
import { meanWeights, netWeights, scoreOf } from "../../shared/score.ts";
import { tierOf } from "../../shared/tier.ts";

/** A histogram on a metric's scale, with up to `most` answers per score. */
const histogramOf = (metric: MetricName, most = 60): fc.Arbitrary<Histogram> =>
	fc
		.array(fc.nat(most), { minLength: valuesOf(metric).length, maxLength: valuesOf(metric).length })
		.map((counts) => Object.fromEntries(valuesOf(metric).map((score, i) => [score, counts[i] ?? 0])));

const bounds = { nps: [-100, 100], csat: [0, 100], ces: [1, 7] } as const;

describe("known cases", () => {
	test("60 promoters, 25 passives and 15 detractors score 45 [29.34, 58.04]", () => {
		const { value, interval, tier } = scoreOf("nps", { 9: 20, 10: 40, 7: 10, 8: 15, 0: 5, 6: 10 });
		expect([value, tier]).toEqual([45, "stable"]);
		expect(interval?.low).toBeCloseTo(29.343111201734, 9);
		expect(interval?.high).toBeCloseTo(58.035529574965, 9);
	});

	test("82 of 100 satisfied score 82 [73.33, 88.30]", () => {
		const { value, interval } = scoreOf("csat", { 5: 50, 4: 32, 3: 10, 2: 5, 1: 3 });
		expect(value).toBe(82);
		expect(interval?.low).toBeCloseTo(73.332641613699, 9);
		expect(interval?.high).toBeCloseTo(88.299774501054, 9);
	});

	test("three promoters of three score 100, from −6.6, too few to show", () => {
		const { value, interval, tier } = scoreOf("nps", { 10: 3 });
		expect([value, tier, interval?.high]).toEqual([100, "hidden", 100]);
		expect(interval?.low).toBeCloseTo(-6.5792867, 6);
	});

	test("CES is the mean, with the share that agrees beside it", () => {
		const { value, mean, groups, agree } = scoreOf("ces", { 7: 2, 5: 1, 4: 1, 1: 1 });
		expect([value, mean]).toEqual([4.8, 4.8]);
		expect(groups).toEqual({ agree: 3, rest: 2 });
		expect(agree?.value).toBe(60);
		expect(agree?.interval?.method).toBe("wilson");
	});

	test("0 is an answer, and a detractor", () => {
		expect(scoreOf("nps", { 0: 1 })).toMatchObject({ value: -100, mean: 0, responses: 1, groups: { detractors: 1 } });
	});

	test.for([
		["nps", { 8: 10, 7: 3 }, 0],
		["nps", { 9: 1, 6: 1 }, 0],
		["csat", { 3: 8 }, 0],
		["csat", { 4: 1, 5: 1 }, 100],
		["ces", { 1: 4 }, 1],
	] as const)("%s of %j is %d", ([metric, histogram, value]) => {
		expect(scoreOf(metric, histogram).value).toBe(value);
	});

	test("without answers every figure is null, never 0", () => {
		for (const metric of METRIC_NAMES)
			expect(scoreOf(metric, {})).toMatchObject({ value: null, interval: null, mean: null, responses: 0, tier: "hidden" });
		expect(scoreOf("ces", {}).agree).toEqual({ value: null, interval: null });
	});

	test("Wilson's interval is exactly 0 and 100 at none and all", () => {
		expect(wilson(0, 12).low).toBe(0);
		expect(wilson(12, 12).high).toBe(100);
		expect(wilson(0, 10).high).toBeCloseTo(27.753279, 5); // Newcombe 1998
	});

	test("tiers begin at 5, 30 and 100 answers", () => {
		expect([0, 4, 5, 29, 30, 99, 100].map(tierOf)).toEqual(["hidden", "hidden", "early", "early", "normal", "normal", "stable"]);
	});
});

describe.each(METRIC_NAMES)("%s of any histogram", (metric) => {
	const [low, high] = bounds[metric];

	test("lies on its scale, inside its interval, which lies on the scale too", () => {
		fc.assert(
			fc.property(histogramOf(metric), (histogram) => {
				const { value, interval, mean } = scoreOf(metric, histogram);
				if (sizeOf(histogram) === 0) return expect(value).toBeNull();
				expect(value).toBeGreaterThanOrEqual(low);
				expect(value).toBeLessThanOrEqual(high);
				expect(interval?.low).toBeGreaterThanOrEqual(low - 1e-9);
				expect(interval?.high).toBeLessThanOrEqual(high + 1e-9);
				expect(interval?.low).toBeLessThanOrEqual((value ?? 0) + 1e-9);
				expect(interval?.high).toBeGreaterThanOrEqual((value ?? 0) - 1e-9);
				expect(mean).toBeGreaterThanOrEqual(METRICS[metric].min);
				expect(mean).toBeLessThanOrEqual(METRICS[metric].max);
			}),
		);
	});

	test("puts every answer in one group and one score", () => {
		fc.assert(
			fc.property(histogramOf(metric), (histogram) => {
				const { groups, distribution, responses } = scoreOf(metric, histogram);
				expect(Object.values(groups).reduce((a, b) => a + b, 0)).toBe(responses);
				expect(Object.values(distribution).reduce((a, b) => a + b, 0)).toBe(responses);
				expect(Object.keys(distribution).map(Number)).toEqual(valuesOf(metric));
			}),
		);
	});

	test("of a window is the score of the summed days, in any order", () => {
		fc.assert(
			fc.property(fc.array(histogramOf(metric, 9), { maxLength: 12 }), (days) => {
				expect(scoreOf(metric, sumOf(days))).toEqual(scoreOf(metric, sumOf([...days].reverse())));
			}),
		);
	});

	test("never falls when one more customer gives the best score, never rises with the worst", () => {
		fc.assert(
			fc.property(histogramOf(metric), (histogram) => {
				const { min, max } = METRICS[metric];
				const value = scoreOf(metric, histogram).value;
				if (value === null) return;
				const more = (score: number) => scoreOf(metric, { ...histogram, [score]: (histogram[score] ?? 0) + 1 }).value ?? 0;
				expect(more(max)).toBeGreaterThanOrEqual(value - 1e-9);
				expect(more(min)).toBeLessThanOrEqual(value + 1e-9);
			}),
		);
	});

	test("is surer with ten times the answers", () => {
		fc.assert(
			fc.property(histogramOf(metric), (histogram) => {
				if (sizeOf(histogram) === 0) return;
				const width = (h: Histogram) => {
					const { interval } = scoreOf(metric, h);
					return (interval?.high ?? 0) - (interval?.low ?? 0);
				};
				const tenfold = Object.fromEntries(Object.entries(histogram).map(([score, n]) => [score, n * 10]));
				expect(width(tenfold)).toBeLessThanOrEqual(width(histogram) + 1e-9);
			}),
		);
	});
});

test("the add-3 interval holds the raw point even at one answer", () => {
	for (const score of [0, 7, 10]) {
		const raw = scoreOf("nps", { [score]: 1 }).value ?? 0;
		const { low, high } = addThreeInterval(netWeights({ [score]: 1 }), -100, 100, raw);
		expect(low).toBeLessThanOrEqual(raw);
		expect(high).toBeGreaterThanOrEqual(raw);
	}
});

test("a wider level gives a wider interval", () => {
	const level = fc.double({ min: 0.2, max: 4, noNaN: true });
	fc.assert(
		fc.property(histogramOf("ces"), fc.nat(200), fc.integer({ min: 1, max: 200 }), level, level, (histogram, x, n, z, more) => {
			const raw = scoreOf("ces", histogram).value;
			if (raw === null) return;
			const narrow = addThreeBounds(meanWeights(histogram), 1, 7, raw, z);
			const wide = addThreeBounds(meanWeights(histogram), 1, 7, raw, z + more);
			expect(wide.low).toBeLessThanOrEqual(narrow.low);
			expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
			const yes = Math.min(x, n);
			expect(wilsonBounds(yes, n, z + more).low).toBeLessThanOrEqual(wilsonBounds(yes, n, z).low + 1e-9);
			expect(wilsonBounds(yes, n, z + more).high).toBeGreaterThanOrEqual(wilsonBounds(yes, n, z).high - 1e-9);
		}),
	);
});
