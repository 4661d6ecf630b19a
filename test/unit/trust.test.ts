import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alertWindows, evaluateAlert, FIRE_SEGMENT } from "../../shared/alert.ts";
import { baselineOf } from "../../shared/baseline.ts";
import { addDays, nextMidnight } from "../../shared/day.ts";
import { tippingPoint } from "../../shared/funnel.ts";
import { goalResult } from "../../shared/goal.ts";
import { type Histogram, sumOf } from "../../shared/histogram.ts";
import { rollingHistograms } from "../../shared/rolling.ts";
import { scoreOf } from "../../shared/score.ts";
import { silentSegments, trendOf } from "../../shared/silence-report.ts";

describe("a goal", () => {
	test("is met when the whole interval reaches it, missed when the whole interval falls short", () => {
		const histogram = { 10: 60, 8: 25, 3: 15 }; // 45 [29.3, 58.0]
		expect(goalResult("nps", histogram, 29)).toEqual({ target: 29, verdict: "met", more_responses: null });
		expect(goalResult("nps", histogram, 59)).toEqual({ target: 59, verdict: "missed", more_responses: null });
		expect(goalResult("nps", histogram, 40)).toMatchObject({ verdict: "undecided" });
	});

	test("that is undecided says how many more answers like these decide it, and not one fewer would", () => {
		const histogram = { 10: 60, 8: 25, 3: 15 };
		const { more_responses } = goalResult("nps", histogram, 40);
		const total = 100 + (more_responses ?? 0);
		const low = (n: number) => scoreOf("nps", { 10: 0.6 * n, 8: 0.25 * n, 3: 0.15 * n }).interval?.low ?? 0;
		expect(low(total)).toBeGreaterThanOrEqual(40);
		expect(low(total - 1)).toBeLessThan(40);
	});

	test("that equals the score can be decided by no number of answers", () => {
		expect(goalResult("csat", { 5: 80, 1: 20 }, 80)).toEqual({ target: 80, verdict: "undecided", more_responses: null });
	});

	test("has no verdict below 30 answers, and none at all without one", () => {
		expect(goalResult("nps", { 10: 29 }, 10)).toEqual({ target: 10, verdict: null, more_responses: 1 });
		expect(goalResult("nps", {}, 10)).toEqual({ target: 10, verdict: null, more_responses: null });
	});
});

describe("a baseline", () => {
	const days = (perDay: number, count: number) =>
		Array.from({ length: count }, (_, i) => ({ day: addDays("2026-01-01", i), histogram: { 9: perDay } }));

	test("is frozen on the day that both 84 days and 200 answers are reached", () => {
		expect(baselineOf(days(10, 83), "2026-03-24")).toMatchObject({ status: "provisional" });
		expect(baselineOf(days(10, 90), addDays("2026-01-01", 89))).toEqual({
			status: "frozen",
			from: "2026-01-01",
			to: addDays("2026-01-01", 83),
			histogram: { 9: 840 },
		});
		const slow = baselineOf(days(1, 250), addDays("2026-01-01", 249));
		expect(slow).toMatchObject({ status: "frozen", to: addDays("2026-01-01", 199), histogram: { 9: 200 } });
	});

	test("is provisional from 100 answers and nothing before", () => {
		expect(baselineOf(days(1, 99), addDays("2026-01-01", 98))).toBeNull();
		expect(baselineOf(days(1, 100), addDays("2026-01-01", 99))).toMatchObject({ status: "provisional", histogram: { 9: 100 } });
		expect(baselineOf([], "2026-01-01")).toBeNull();
	});

	test("begins with the first answer, and knows no day that is not over", () => {
		const silent = [{ day: "2025-06-01", histogram: {} }, ...days(10, 90)];
		expect(baselineOf(silent, addDays("2026-01-01", 89))).toMatchObject({ from: "2026-01-01" });
		expect(baselineOf(days(10, 90), addDays("2026-01-01", 50))).toMatchObject({ status: "provisional", histogram: { 9: 510 } });
	});
});

describe("an alert", () => {
	test("compares 28 days with the 84 before them", () => {
		expect(alertWindows("2026-11-21")).toEqual({
			recent: { from: "2026-10-25", to: "2026-11-21" },
			reference: { from: "2026-08-02", to: "2026-10-24" },
		});
	});

	test("opens above 3 standard errors, stays until below 1.5, and needs 30 and 60 answers", () => {
		const good = { 10: 60, 0: 20 };
		expect(evaluateAlert("nps", { 0: 25, 10: 15 }, good, false)).toMatchObject({ step: "open" });
		expect(evaluateAlert("nps", { 0: 20, 10: 20 }, good, true)).toMatchObject({ step: "keep" });
		expect(evaluateAlert("nps", { 10: 30, 0: 10 }, good, true)).toMatchObject({ step: "clear" });
		expect(evaluateAlert("nps", { 10: 30, 0: 10 }, good, false)).toMatchObject({ step: "keep" });
		expect(evaluateAlert("nps", { 0: 29 }, good, false)).toEqual({ z: null, step: "keep" });
		expect(evaluateAlert("nps", { 0: 40 }, { 10: 59 }, false)).toEqual({ z: null, step: "keep" });
	});

	test("of a segment needs 3.8", () => {
		const reference = { 10: 150, 0: 50 };
		const step = (recent: Histogram) => evaluateAlert("nps", recent, reference, false, FIRE_SEGMENT);
		expect(step({ 10: 42, 0: 39 })).toMatchObject({ step: "keep", z: expect.closeTo(-3.69, 2) });
		expect(step({ 10: 42, 0: 41 })).toMatchObject({ step: "open", z: expect.closeTo(-3.91, 2) });
	});
});

describe("the tipping point", () => {
	const funnel = (answered: number, shown: number) => ({
		shown,
		answered,
		dismissed: 0,
		ignored: shown - answered,
		commented: 0,
	});

	test("is the score of the silent at which the goal fails", () => {
		expect(tippingPoint("csat", 90, 80, funnel(40, 100))).toEqual({ value: (80 - 0.4 * 90) / 0.6 });
		expect(tippingPoint("nps", 45, 30, funnel(25, 100))).toEqual({ value: 25 });
	});

	test("is off the scale where the silent cannot bring the goal down, or cannot save it", () => {
		expect(tippingPoint("csat", 95, 50, funnel(90, 100))).toBe("cannot_fail");
		expect(tippingPoint("csat", 20, 90, funnel(90, 100))).toBe("already_fails");
	});

	test("is none where nobody was silent or nobody answered", () => {
		expect(tippingPoint("csat", 90, 80, funnel(10, 10))).toBeNull();
		expect(tippingPoint("csat", null, 80, funnel(0, 10))).toBeNull();
	});
});

test("a rolling histogram of each day is the plain sum of its days", () => {
	const day = fc.record({ offset: fc.nat(60), score: fc.integer({ min: 1, max: 5 }) });
	fc.assert(
		fc.property(fc.array(day, { maxLength: 80 }), fc.constantFrom(7, 30), (answers, length) => {
			const byDay = new Map<string, Record<number, number>>();
			for (const { offset, score } of answers) {
				const key = addDays("2026-01-01", offset);
				const histogram = byDay.get(key) ?? {};
				histogram[score] = (histogram[score] ?? 0) + 1;
				byDay.set(key, histogram);
			}
			const days = [...byDay].map(([day, histogram]) => ({ day, histogram })).sort((a, b) => (a.day < b.day ? -1 : 1));
			for (const point of rollingHistograms(days, length, "2026-01-20", "2026-03-10", "day")) {
				const plain = sumOf(
					days.filter(({ day }) => day <= point.day && day > addDays(point.day, -length)).map(({ histogram }) => histogram),
				);
				expect(scoreOf("csat", point.histogram)).toEqual(scoreOf("csat", plain));
			}
		}),
	);
});

test("weekly and monthly points lie on Sundays and month ends, and always on the last day", () => {
	const at = (step: "week" | "month") => rollingHistograms([], 7, "2026-01-01", "2026-03-04", step).map(({ day }) => day);
	expect(at("week")).toEqual([
		"2026-01-04",
		"2026-01-11",
		"2026-01-18",
		"2026-01-25",
		"2026-02-01",
		"2026-02-08",
		"2026-02-15",
		"2026-02-22",
		"2026-03-01",
		"2026-03-04",
	]);
	expect(at("month")).toEqual(["2026-01-31", "2026-02-28", "2026-03-04"]);
});

describe("silence", () => {
	const funnel = (answered: number, shown: number) => ({
		shown,
		answered,
		dismissed: 0,
		ignored: shown - answered,
		commented: 0,
	});

	test("names the values that answer less often than everybody else, and not those that answer more", () => {
		const everybody = funnel(400, 1_000);
		const found = silentSegments(everybody, [
			{ key: "device", name: "phone", funnel: funnel(100, 500) },
			{ key: "device", name: "desktop", funnel: funnel(300, 500) },
			{ key: "region", name: "north", funnel: funnel(41, 100) },
			{ key: "region", name: "tiny", funnel: funnel(0, 40) },
		]);
		expect(found.map(({ name }) => name)).toEqual(["phone"]);
		expect(found[0]).toMatchObject({ response_rate: { value: 20 }, rest: { value: 60 } });
	});

	test("of a value is told whatever part of the asks by e-mail is its own, and of no other", () => {
		const pages = { phone: funnel(15, 100), desktop: funnel(50, 100), tablet: funnel(35, 100) };
		const everybody = funnel(100, 300);
		const named = new Set<string>();
		for (let phones = 0; phones <= 40; phones += 8)
			for (let silent = 0; silent <= 4; silent += 2) {
				const mine = (of: typeof everybody, answered: number, unanswered: number) =>
					funnel(of.answered + answered, of.shown + answered + unanswered);
				const values = [
					{ key: "device", name: "phone", funnel: mine(pages.phone, phones, silent) },
					{ key: "device", name: "desktop", funnel: mine(pages.desktop, 40 - phones, 4 - silent) },
					{ key: "device", name: "tablet", funnel: pages.tablet },
				];
				const found = silentSegments(everybody, values, funnel(40, 44));
				for (const { name, response_rate, rest, bounds } of found) {
					named.add(name);
					expect([name, bounds]).toEqual(["phone", true]);
					expect(response_rate.value).toBeGreaterThanOrEqual(15);
					expect(rest.value).toBeLessThanOrEqual(42.5);
				}
			}
		expect([...named]).toEqual(["phone"]);
	});

	test("is compared with silence before, from 30 asks on either side", () => {
		expect(trendOf([10, 100], [30, 100])).toMatchObject({
			now: { value: 10, shown: 100 },
			before: { value: 30, shown: 100 },
			verdict: "changed",
		});
		expect(trendOf([5, 29], [10, 100]).verdict).toBe("too_few");
		expect(trendOf([0, 0], [10, 100])).toMatchObject({
			now: { value: null, shown: 0 },
			before: { shown: 100 },
			z: null,
			verdict: "too_few",
		});
	});
});

test("the next midnight is the first full hour of a later day", () => {
	const iso = (ms: number) => new Date(ms).toISOString();
	expect(iso(nextMidnight(Date.parse("2026-11-21T12:30:00Z"), "Europe/Rome"))).toBe("2026-11-21T23:00:00.000Z");
	expect(iso(nextMidnight(Date.parse("2026-03-28T23:30:00Z"), "Europe/Rome"))).toBe("2026-03-29T22:00:00.000Z");
	expect(iso(nextMidnight(Date.parse("2026-11-21T12:30:00Z"), "Asia/Kathmandu"))).toBe("2026-11-21T19:00:00.000Z");
});
