import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, verdictOf } from "../../shared/compare.ts";

describe("two windows", () => {
	test("of 100 and 96 answers, 45 after 40.625, show no detectable change", () => {
		const later = { 10: 60, 8: 25, 3: 15 };
		const earlier = { 10: 55, 8: 25, 3: 16 };
		const { value, responses, change, z, verdict } = compare("nps", later, earlier);
		expect([value, responses, change, verdict]).toEqual([40.625, 96, 4.375, "no_detectable_change"]);
		expect(z).toBeCloseTo(0.4, 1);
	});

	test("with fewer than 30 answers in either are too few to tell", () => {
		expect(compare("nps", { 10: 29 }, { 0: 500 }).verdict).toBe("too_few");
		expect(compare("csat", { 5: 500 }, { 1: 29 }).verdict).toBe("too_few");
		expect(compare("csat", { 5: 30 }, { 1: 30 }).verdict).toBe("changed");
	});

	test("of which one is empty have no change and no z", () => {
		expect(compare("ces", { 7: 40 }, {})).toEqual({ value: null, responses: 0, change: null, z: null, verdict: "too_few" });
		expect(compare("ces", {}, { 7: 40 })).toEqual({ value: 7, responses: 40, change: null, z: null, verdict: "too_few" });
	});

	test("of shares are told apart as Agresti and Caffo do: one success and one failure added to each arm", () => {
		const { z } = compare("csat", { 5: 45, 1: 55 }, { 5: 30, 1: 70 });
		const [p1, p2] = [46 / 102, 31 / 102];
		expect(z).toBeCloseTo((p1 - p2) / Math.sqrt((p1 * (1 - p1)) / 102 + (p2 * (1 - p2)) / 102), 12);
	});

	test("swapped change sign and nothing else", () => {
		const counts = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 5, maxLength: 5 });
		const histogram = counts.map((ns) => Object.fromEntries(ns.map((n, i) => [i + 1, n])));
		fc.assert(
			fc.property(histogram, histogram, (a, b) => {
				const forth = compare("csat", a, b);
				const back = compare("csat", b, a);
				expect(forth.change).toBeCloseTo(-(back.change ?? 0), 9);
				expect(forth.z).toBeCloseTo(-(back.z ?? 0), 9);
				expect(forth.verdict).toBe(back.verdict);
			}),
		);
	});
});

test("a verdict turns at 1.96 and at 3, either way", () => {
	expect([1.9599, 1.96, -2.99, 3, -3].map(verdictOf)).toEqual([
		"no_detectable_change",
		"likely_changed",
		"likely_changed",
		"changed",
		"changed",
	]);
});
