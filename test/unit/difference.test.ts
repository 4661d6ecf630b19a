import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { survivors } from "../../shared/benjamini-hochberg.ts";
import { differenceOf, newcombe } from "../../shared/difference.ts";
import { METRIC_NAMES, valuesOf } from "../../shared/metrics.ts";
import { pValue } from "../../shared/normal.ts";
import { shareZ } from "../../shared/share-test.ts";

describe("the two-sided p-value", () => {
	test.for([
		[0, 1],
		[1, 0.3173105078629141],
		[1.959963984540054, 0.05],
		[2.5758293035489004, 0.01],
		[3, 0.0026997960632601965],
		[5, 5.733031437583869e-7],
		[8, 1.2441921148543574e-15],
	] as const)("of z = %d is %d", ([z, p]) => {
		expect(Math.abs(pValue(z) - p)).toBeLessThan(1e-12);
		expect(pValue(-z)).toBe(pValue(z));
	});

	test("falls as z grows, without a step where the two formulas meet", () => {
		fc.assert(
			fc.property(fc.double({ min: 0, max: 8, noNaN: true }), fc.double({ min: 1e-6, max: 0.1, noNaN: true }), (z, more) => {
				expect(pValue(z + more)).toBeLessThanOrEqual(pValue(z) + 1e-14);
			}),
		);
		expect(Math.abs(pValue(2 * Math.SQRT2 - 1e-9) - pValue(2 * Math.SQRT2 + 1e-9))).toBeLessThan(1e-10);
	});
});

describe("Newcombe's interval of a difference of shares", () => {
	// Newcombe 1998, Statistics in Medicine 17, table II, method 10.
	test.for([
		["56/70 − 48/80", 56, 70, 48, 80, 5.24, 33.39],
		["9/10 − 3/10", 9, 10, 3, 10, 17.05, 80.9],
		["10/10 − 0/10", 10, 10, 0, 10, 60.75, 100],
		["5/56 − 0/29", 5, 56, 0, 29, -3.81, 19.26],
		["0/10 − 0/10", 0, 10, 0, 10, -27.75, 27.75],
	] as const)("%s is published as it comes out here", ([, x1, n1, x2, n2, low, high]) => {
		const interval = newcombe(x1, n1, x2, n2);
		expect(interval.low).toBeCloseTo(low, 1);
		expect(interval.high).toBeCloseTo(high, 1);
	});
});

test("the z of two shares is Agresti and Caffo's, and 0 where both arms are alike", () => {
	expect(shareZ(10, 40, 10, 40)).toBe(0);
	const [p1, p2] = [31 / 42, 21 / 42];
	expect(shareZ(30, 40, 20, 40)).toBeCloseTo((p1 - p2) / Math.sqrt((p1 * (1 - p1)) / 42 + (p2 * (1 - p2)) / 42), 12);
	expect(Number.isFinite(shareZ(0, 0, 0, 0))).toBe(true);
});

describe("the difference of two scores", () => {
	test("lies in its interval, and turns its sign when the groups are swapped", () => {
		for (const metric of METRIC_NAMES) {
			const histogram = fc
				.array(fc.nat(30), { minLength: valuesOf(metric).length, maxLength: valuesOf(metric).length })
				.map((counts) => Object.fromEntries(valuesOf(metric).map((score, i) => [score, counts[i] ?? 0])));
			fc.assert(
				fc.property(histogram, histogram, (a, b) => {
					const forth = differenceOf(metric, a, b);
					const back = differenceOf(metric, b, a);
					if (!forth || !back) return;
					expect(forth.interval.low).toBeLessThanOrEqual(forth.value + 1e-9);
					expect(forth.interval.high).toBeGreaterThanOrEqual(forth.value - 1e-9);
					expect(forth.value).toBeCloseTo(-back.value, 9);
					expect(forth.interval.low).toBeCloseTo(-back.interval.high, 9);
				}),
			);
		}
	});

	test("with nobody is null", () => {
		expect(differenceOf("nps", {}, { 9: 5 })).toBeNull();
	});
});

describe("several comparisons together", () => {
	test("are judged as Benjamini and Hochberg judged theirs in 1995", () => {
		const published = [
			0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
		];
		expect(survivors(published, 0.05).filter(Boolean)).toHaveLength(4);
		expect(survivors([...published].reverse(), 0.05).slice(-4)).toEqual([true, true, true, true]);
	});

	test("save a larger p-value when a still larger one passes", () => {
		expect(survivors([0.04, 0.06, 0.065], 0.1)).toEqual([true, true, true]);
	});

	test("leave out those with too few answers", () => {
		expect(survivors([null, 0.001, null, 0.9])).toEqual([false, true, false, false]);
		expect(survivors([])).toEqual([]);
		expect(survivors([null])).toEqual([false]);
	});
});
