import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundsOf } from "../../shared/funnel.ts";
import { METRIC_NAMES } from "../../shared/metrics.ts";
import { dayScale } from "../../worker/dashboard/plots/day-scale.ts";
import { spread } from "../../worker/dashboard/plots/spread.ts";
import { scaleAround } from "../../worker/dashboard/plots/value-scale.ts";

describe("labels beside a plot", () => {
	const places = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 8 });

	test("lie apart, within the plot and in their order", () => {
		fc.assert(
			fc.property(places, (positions) => {
				const moved = spread(positions, 15, 0, 200);
				const order = positions.map((_, i) => i).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0) || a - b);
				const sorted = order.map((i) => moved[i] ?? Number.NaN);
				for (const [i, place] of sorted.entries()) {
					expect(place).toBeGreaterThanOrEqual(0);
					expect(place).toBeLessThanOrEqual(200);
					if (i > 0) expect(place - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
				}
			}),
		);
	});

	test("stay where they are when nothing touches", () => {
		expect(spread([10, 100, 50], 15, 0, 200)).toEqual([10, 100, 50]);
	});

	test("share the way when two touch", () => {
		expect(spread([50, 52], 10, 0, 200)).toEqual([46, 56]);
		expect(spread([1, 2], 10, 0, 200)).toEqual([0, 10]);
	});
});

describe("axes", () => {
	test("of values hold every value, within the metric's scale, and span a tenth of it at least", () => {
		for (const metric of METRIC_NAMES) {
			const { min, max } = boundsOf(metric);
			const value = fc.double({ min, max, noNaN: true });
			fc.assert(
				fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
					const [from = Number.NaN, to = Number.NaN] = scaleAround(metric, values, [0, 1]).domain();
					expect(from).toBeGreaterThanOrEqual(min);
					expect(to).toBeLessThanOrEqual(max);
					expect(from).toBeLessThanOrEqual(Math.min(...values) + 1e-9);
					expect(to).toBeGreaterThanOrEqual(Math.max(...values) - 1e-9);
					expect(to - from).toBeGreaterThanOrEqual((max - min) / 10 - 1e-9);
				}),
			);
		}
	});

	test("of days name whole days between the ends, once each", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 2, max: 8 }), (length, count) => {
				const from = "2026-01-17";
				const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10);
				const scale = dayScale(from, to, [0, 100]);
				const ticks = scale.ticks(count);
				expect(new Set(ticks).size).toBe(ticks.length);
				for (const day of ticks) {
					expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
					expect(day >= from && day <= to).toBe(true);
				}
				expect(length === 0 ? scale(from) : [scale(from), scale(to)]).toEqual(length === 0 ? 50 : [0, 100]);
			}),
		);
	});
});
