import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, dayOf } from "../../shared/day.ts";
import type { Drivers, Segments, Series, Silence } from "../../shared/insight-contract.ts";
import type { TestCollector } from "../harness/collector.ts";
import { listOf, startInsights } from "../harness/insights.ts";
import { plainInterval, plainScore, plainSurvivors, plainZ } from "../harness/plain-figures.ts";

const today = dayOf(Date.now(), "Europe/Rome");

interface RawAsk {
	readonly survey: string;
	readonly day: string;
	readonly outcome: string;
	readonly commented: number;
	readonly drivers: string[];
	readonly segments: Record<string, string>;
	readonly delay: string | null;
}

let collector: TestCollector;
let asks: RawAsk[];
beforeAll(async () => {
	collector = await startInsights();
	const { results } = await collector.db
		.prepare("SELECT survey, day, outcome, commented, drivers, segments, delay FROM ask")
		.all<Record<keyof RawAsk, string>>();
	asks = results.map((row) => ({
		...row,
		commented: Number(row.commented),
		drivers: JSON.parse(row.drivers),
		segments: JSON.parse(row.segments),
	}));
});
afterAll(() => collector.stop());

const answered = (list: RawAsk[]) =>
	list.filter(({ outcome }) => /^\d+$/.test(outcome)).map((ask) => ({ ...ask, score: Number(ask.outcome) }));
const scoresOf = (list: RawAsk[]) => answered(list).map(({ score }) => score);
const share = <T>(list: T[], test: (item: T) => boolean) =>
	list.length === 0 ? null : (100 * list.filter(test).length) / list.length;
const value = (survey: string, list: RawAsk[]) => plainScore(survey, scoresOf(list));
const asked = (list: RawAsk[]) => list.filter(({ segments }) => segments["channel"] !== "import");
/** Those whose silence is seen: e-mail's begin with the click that answers. */
const seen = (list: RawAsk[]) => asked(list).filter(({ segments }) => segments["channel"] !== "email");
const wasAnswered = ({ outcome }: RawAsk) => /^\d+$/.test(outcome);
const within = (survey: string, from: string, to: string) =>
	asks.filter((ask) => ask.survey === survey && ask.day >= from && ask.day <= to);
const window90 = (survey: string) => within(survey, addDays(today, -89), today);
function near(actual: number | null | undefined, expected: number | null): void {
	if (expected === null) expect(actual).toBeNull();
	else expect(actual).toBeCloseTo(expected, 9);
}

/** Holds an interval against the plain one. */
function nearInterval(actual: { low: number; high: number } | null, expected: readonly [number, number] | null): void {
	near(actual?.low ?? null, expected?.[0] ?? null);
	near(actual?.high ?? null, expected?.[1] ?? null);
}

describe("the series", () => {
	test.for(["7d", "30d", "365d"] as const)(
		"of %s equals, day by day, the score of the raw asks of those days",
		async (window) => {
			const length = Number.parseInt(window, 10);
			for (const { survey, points } of await listOf<Series>(
				collector,
				`/v1/scores/series?window=${window}&from=${addDays(today, -60)}`,
				"series",
			)) {
				expect(points).toHaveLength(61);
				for (const point of points) {
					const days = within(survey, addDays(point.day, 1 - length), point.day);
					near(point.value, value(survey, days));
					nearInterval(point.interval, plainInterval(survey, scoresOf(days)));
					expect(point.responses).toBe(answered(days).length);
					expect(point.interval === null).toBe(point.value === null);
				}
			}
		},
	);

	test("has gaps, not zeros, where nobody answered", async () => {
		const [series] = await listOf<Series>(
			collector,
			`/v1/scores/series?survey=csat&window=7d&from=2024-01-01&to=2024-01-31`,
			"series",
		);
		expect(series?.points).toHaveLength(31);
		expect(series?.points.every(({ value, interval, responses }) => value === null && interval === null && responses === 0)).toBe(
			true,
		);
	});

	test("can cover two years and one segment, in months", async () => {
		const [series] = await listOf<Series>(
			collector,
			`/v1/scores/series?survey=nps&segment=device:phone&step=month&from=${addDays(today, -729)}`,
			"series",
		);
		expect(series?.segment).toBe("device:phone");
		expect(series?.points.length).toBeGreaterThanOrEqual(24);
		const last = series?.points.at(-1);
		near(
			last?.value,
			value(
				"nps",
				within("nps", addDays(today, -29), today).filter(({ segments }) => segments["device"] === "phone"),
			),
		);
	});
});

test("a score of one segment is the score of its asks", async () => {
	for (const [segment, key, name] of [
		["plan:gold", "plan", "gold"],
		["delay:1h", "delay", "1h"],
	] as const) {
		const scores = await listOf<{ survey: string; value: number; responses: number; segment: string }>(
			collector,
			`/v1/scores?window=90d&segment=${segment}`,
			"scores",
		);
		for (const score of scores) {
			const mine = window90(score.survey).filter((ask) => (key === "delay" ? ask.delay : ask.segments[key]) === name);
			near(score.value, value(score.survey, mine));
			expect([score.segment, score.responses]).toEqual([segment, answered(mine).length]);
		}
	}
});

test("every value of a segment has its score, its response rate and its difference from everybody else", async () => {
	for (const key of ["channel", "device", "plan", "delay"])
		for (const { survey, values, everybody } of await listOf<Segments>(collector, `/v1/segments?key=${key}`, "segments")) {
			const all = window90(survey);
			const nameOf = (ask: RawAsk) => (key === "delay" ? ask.delay : (ask.segments[key] ?? null));
			near(everybody.value, value(survey, all));
			near(everybody.response_rate.value, share(seen(all), wasAnswered));
			expect([everybody.shown, everybody.emailed]).toEqual([seen(all).length, asked(all).length - seen(all).length]);
			const names = [...new Set(all.map(nameOf))].filter((name) => name !== null);
			expect(values.map(({ name }) => name).sort()).toEqual(names.sort());
			const parts = values.map(
				({ name }) => [all.filter((ask) => nameOf(ask) === name), all.filter((ask) => nameOf(ask) !== name)] as const,
			);
			const zs = parts.map(([mine, rest]) =>
				Math.min(scoresOf(mine).length, scoresOf(rest).length) >= 50 ? plainZ(survey, scoresOf(mine), scoresOf(rest)) : null,
			);
			const survive = plainSurvivors(zs);
			for (const [i, found] of values.entries()) {
				const [mine = [], rest = []] = parts[i] ?? [];
				near(found.value, value(survey, mine));
				nearInterval(found.interval, plainInterval(survey, scoresOf(mine)));
				expect([found.responses, found.shown]).toEqual([answered(mine).length, key === "delay" ? null : asked(mine).length]);
				near(found.response_rate.value, key === "channel" ? share(asked(mine), wasAnswered) : null);
				if (found.difference) near(found.difference.value, (value(survey, mine) ?? 0) - (value(survey, rest) ?? 0));
				if (found.difference) near(found.difference.z, plainZ(survey, scoresOf(mine), scoresOf(rest)));
				expect(found.verdict).toBe(zs[i] === null ? "too_few" : survive[i] ? "likely_changed" : "no_detectable_change");
			}
		}
});

test("every reason has its reach, contrast and impact among answers with a reason, and impact is reach × contrast", async () => {
	for (const { survey, responses, value: base, drivers } of await listOf<Drivers>(collector, "/v1/drivers", "drivers")) {
		const all = window90(survey).filter(({ drivers }) => drivers.length > 0);
		expect(responses).toBe(all.length);
		near(base, value(survey, all));
		for (const driver of drivers) {
			const mine = all.filter(({ drivers }) => drivers.includes(driver.id));
			const rest = all.filter(({ drivers }) => !drivers.includes(driver.id));
			near(driver.reach, mine.length / all.length);
			near(driver.contrast, (value(survey, mine) ?? 0) - (value(survey, rest) ?? 0));
			near(driver.impact, (value(survey, all) ?? 0) - (value(survey, rest) ?? 0));
			near(driver.impact, driver.reach * (driver.contrast ?? 0));
			expect(driver.interval?.low).toBeLessThanOrEqual(driver.contrast ?? 0);
			expect(driver.interval?.high).toBeGreaterThanOrEqual(driver.contrast ?? 0);
		}
		expect(drivers[0]).toMatchObject({ id: "delivery", rank: 1, verdict: "likely_changed" });
		expect(["fix_first", "watch"]).toContain(drivers[0]?.quadrant);
	}
});

test("silence is what was shown and not answered, by channel, without imports, and e-mail beside the others", async () => {
	for (const silence of await listOf<Silence>(collector, "/v1/silence", "silence")) {
		const { survey } = silence;
		const withEmail = asked(window90(survey));
		const all = seen(withEmail);
		const of = (list: RawAsk[]) => ({
			shown: list.length,
			answered: answered(list).length,
			dismissed: list.filter(({ outcome }) => outcome === "dismissed").length,
			ignored: list.filter(({ outcome }) => outcome === "ignored").length,
			commented: list.filter(({ commented }) => commented === 1).length,
		});
		expect(silence.funnel).toEqual(of(all));
		expect(silence.channels.map(({ channel, base }) => [channel, base])).toEqual([
			["email", "opened"],
			["page", "shown"],
		]);
		for (const { channel, funnel } of silence.channels)
			expect(funnel).toEqual(of(withEmail.filter(({ segments }) => segments["channel"] === channel)));
		const before = seen(within(survey, addDays(today, -179), addDays(today, -90)));
		near(
			silence.response_rate.before.value,
			share(before, ({ outcome }) => /^\d+$/.test(outcome)),
		);
		for (const trend of [silence.response_rate, silence.dismissal_rate])
			expect([trend.now.shown, trend.before.shown]).toEqual([all.length, before.length]);
		near(
			silence.dismissal_rate.now.value,
			share(all, ({ outcome }) => outcome === "dismissed"),
		);
		const rate = answered(all).length / all.length;
		const goal = survey === "ces" ? 4 : 30;
		const tipping = (goal - rate * (value(survey, all) ?? 0)) / (1 - rate);
		if (silence.tipping_point?.outcome === "value") near(silence.tipping_point.value, tipping);
		else expect(silence.tipping_point?.value).toBeNull();
		const parts = (["channel", "device", "plan"] as const).flatMap((key) =>
			[...new Set(all.map(({ segments }) => segments[key] ?? ""))].map((name) => {
				const mine = (key === "channel" ? all : withEmail).filter(({ segments }) => segments[key] === name);
				const answeredHere = answered(mine).length;
				// As if it had, of e-mail's asks, all that were not answered and none that were.
				const unanswered = withEmail.filter((ask) => ask.segments["channel"] === "email" && !wasAnswered(ask)).length;
				const shown = mine.length - (key === "channel" ? 0 : Math.min(unanswered, mine.length - answeredHere));
				const rest = { shown: all.length - shown, answered: answered(all).length - answeredHere };
				// Agresti–Caffo on the response rates, which is what csat's z is when an answer counts as satisfied.
				const rates = (yes: number, n: number) => Array.from({ length: n }, (_, i) => (i < yes ? 5 : 1));
				if (Math.min(shown, rest.shown) < 50) return { label: `${key}:${name}`, z: null };
				const possible = rest.answered >= 0 && rest.answered <= rest.shown;
				const z = possible ? plainZ("csat", rates(answeredHere, shown), rates(rest.answered, rest.shown)) : 0;
				return { label: `${key}:${name}`, z: key === "channel" ? z : Math.min(z, 0) };
			}),
		);
		const survive = plainSurvivors(parts.map(({ z }) => z));
		const silent = parts.filter(({ z }, i) => survive[i] && (z ?? 0) < 0).sort((x, y) => (x.z ?? 0) - (y.z ?? 0));
		expect(silence.silent_segments.map(({ key, name }) => `${key}:${name}`)).toEqual(silent.map(({ label }) => label));
		expect(silence.reasoned).toBe(answered(withEmail).filter(({ drivers }) => drivers.length > 0).length);
		for (const late of silence.delay.values) {
			const mine = withEmail.filter(({ delay }) => delay === late.delay);
			expect([late.delay, late.responses]).toEqual([late.delay, answered(mine).length]);
			near(late.value, value(survey, mine));
		}
		for (const { group, responses, commented } of silence.comment_rate) {
			const bands: Record<string, [number, number]> = {
				promoters: [9, 10],
				passives: [7, 8],
				detractors: [0, 6],
				satisfied: [4, 5],
				agree: [5, 7],
				rest: survey === "ces" ? [1, 4] : [1, 3],
			};
			const [low, high] = bands[group] ?? [0, -1];
			const mine = answered(all).filter(({ score }) => score >= low && score <= high);
			expect([group, responses, commented]).toEqual([group, mine.length, mine.filter((ask) => ask.commented === 1).length]);
		}
	}
});
