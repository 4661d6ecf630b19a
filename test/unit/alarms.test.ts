import { expect, test } from "vitest";
import { evaluateAlert, FIRE, FIRE_SEGMENT, RECENT_DAYS, REFERENCE_DAYS } from "../../shared/alert.ts";
import { type Histogram, sumOf } from "../../shared/histogram.ts";
import type { MetricName } from "../../shared/metrics.ts";
import { chance, EFFORTS, type Population, SATISFIED, SHOPS, sample } from "../harness/population.ts";

const SPAN = RECENT_DAYS + REFERENCE_DAYS;
const YEARS = 60;
const DAYS = YEARS * 365 + SPAN;

/** Metrics that do not change, with the answers a day of a whole survey and of one of its busy values. */
const STEADY = [
	["nps", SHOPS[2] ?? {}, 5, 2],
	["csat", SATISFIED[6] ?? {}, 8, 3],
	["ces", EFFORTS[1] ?? {}, 3, 2],
] as const satisfies readonly (readonly [MetricName, Population, number, number])[];

/** Alerts a year that open over days of answers, evaluated after each of them. */
function alarmsOf(metric: MetricName, days: readonly Histogram[], fire: number): number {
	let recent: Histogram = sumOf(days.slice(SPAN - RECENT_DAYS, SPAN));
	let reference: Histogram = sumOf(days.slice(0, REFERENCE_DAYS));
	const move = (into: Histogram, come: Histogram, go: Histogram) =>
		sumOf([into, come, Object.fromEntries(Object.entries(go).map(([score, n]) => [score, -n]))]);
	let open = false;
	let count = 0;
	for (let last = SPAN; last < days.length; last++) {
		const { step } = evaluateAlert(metric, recent, reference, open, fire);
		if (step === "open") count++;
		if (step !== "keep") open = step === "open";
		const [come = {}, over = {}, gone = {}] = [days[last], days[last - RECENT_DAYS], days[last - SPAN]];
		recent = move(recent, come, over);
		reference = move(reference, over, gone);
	}
	return count / ((days.length - SPAN) / 365);
}

test("a shop that does not change is alarmed less than once in two years", () => {
	const random = chance(4_711);
	for (const [metric, population, perDay] of STEADY) {
		const days = Array.from({ length: DAYS }, () => sample(population, perDay, random));
		expect(alarmsOf(metric, days, FIRE)).toBeLessThan(0.5);
	}
});

test("a shop that does not change is alarmed about once in two years, eight busy values of its segments and the whole together", () => {
	const random = chance(28_084);
	const perYear = STEADY.map(([metric, population, , perDay]) => {
		const values = Array.from({ length: 8 }, () => Array.from({ length: DAYS }, () => sample(population, perDay, random)));
		const whole = Array.from({ length: DAYS }, (_, day) => sumOf(values.map((days) => days[day] ?? {})));
		const inValues = values.map((days) => alarmsOf(metric, days, FIRE_SEGMENT)).reduce((a, b) => a + b, 0);
		return { metric, whole: alarmsOf(metric, whole, FIRE), "eight values": inValues };
	});
	console.table(perYear);
	const totals = perYear.map((each) => each.whole + each["eight values"]);
	for (const total of totals) expect(total).toBeLessThan(0.8);
	expect(totals.reduce((a, b) => a + b, 0) / totals.length).toBeLessThan(0.6);
});
