import { describe, expect, test } from "vitest";
import { compare } from "../../shared/compare.ts";
import { addDays } from "../../shared/day.ts";
import { driverReport } from "../../shared/driver-impact.ts";
import { goalResult } from "../../shared/goal.ts";
import type { Histogram } from "../../shared/histogram.ts";
import type { Drivers, EpisodeView, Silence } from "../../shared/insight-contract.ts";
import type { MetricName } from "../../shared/metrics.ts";
import { scoreOf, shareOf } from "../../shared/score.ts";
import type { SurveyScore } from "../../shared/score-contract.ts";
import { trendOf } from "../../shared/silence-report.ts";
import { sentenceOf, shopSentence } from "../../worker/dashboard/overview/sentences.ts";
import { shopStatement } from "../../worker/dashboard/overview/shop-takeaway.ts";
import { type Findings, statementsOf } from "../../worker/dashboard/overview/takeaway.ts";

const TO = "2026-11-22";
const FROM = addDays(TO, -29);

/** Promoters, passives and detractors as a histogram. */
const nps = (promoters: number, passives: number, detractors: number): Histogram => ({
	10: promoters,
	7: passives,
	3: detractors,
});

interface Case {
	metric?: MetricName;
	now: Histogram;
	before?: Histogram;
	shown?: number;
	goal?: number;
	baseline?: Histogram;
}

/** What the API would say of such answers, by the functions that the API itself uses. */
function scoreFrom({ metric = "nps", now, before = {}, shown, goal, baseline }: Case): SurveyScore {
	const { responses, ...score } = scoreOf(metric, now);
	const covers = { survey: metric, version: 1, versions: [1], verified: "all" as const, segment: null };
	return {
		...covers,
		...score,
		metric,
		responses,
		window: { name: "30d", from: FROM, to: TO, timezone: "Europe/Rome" },
		previous: compare(metric, now, before),
		goal: goal === undefined ? null : goalResult(metric, now, goal),
		baseline: baseline
			? { status: "frozen", set_by: "rule", from: "2026-01-01", to: "2026-04-01", ...compare(metric, now, baseline) }
			: null,
		benchmarks: [],
		funnel: {
			shown: shown ?? responses * 3,
			answered: responses,
			dismissed: 0,
			ignored: (shown ?? responses * 3) - responses,
			commented: 0,
		},
	} as SurveyScore;
}

const silent = (now: readonly [number, number] = [100, 300], before: readonly [number, number] = now, segments: object[] = []) =>
	({ response_rate: trendOf(now, before), silent_segments: segments }) as unknown as Silence;

const reasons = (base: Histogram = {}, chosen: Record<string, Histogram> = {}) =>
	driverReport("nps", base, chosen) as unknown as Drivers;

const alert = (changes: Partial<EpisodeView> = {}): EpisodeView => ({
	id: "a",
	survey: "nps",
	version: 1,
	segment: null,
	direction: "down",
	opened_on: "2026-11-03",
	cleared_on: null,
	z: -3.4,
	recent: { from: FROM, to: TO, value: 1, responses: 90 },
	reference: { from: FROM, to: TO, value: 20, responses: 270 },
	...changes,
});

function said(of: Case, { drivers = reasons(), alerts = [], silence = silent() }: Partial<Findings> = {}): string {
	const score = scoreFrom(of);
	const reader = {
		locale: "en-GB",
		number: (value: number) => String(value),
		percent: (share: number) => `${Math.round(share * 100)}%`,
		day: (day: string) => day,
	};
	const names: Record<string, string> = { delivery: "Delivery speed", price: "Price" };
	const sentence = sentenceOf(statementsOf({ score, drivers, alerts, silence }), {
		score,
		reader,
		driverName: (id) => names[id] ?? id,
	});
	return sentence.replace(/[\u2068\u2069]/g, "");
}

const even = nps(100, 50, 50);

describe("how sure a score is decides what is said of it", () => {
	test.for<[string, Case, RegExp]>([
		["nobody was asked", { now: {}, shown: 0 }, /^Nobody was asked in these 30 days\.$/],
		["nobody answered", { now: {}, shown: 41 }, /^41 customers were asked in these 30 days, and none has answered yet\.$/],
		["one was asked", { now: {}, shown: 1 }, /^One customer was asked /],
		["four answers", { now: nps(4, 0, 0) }, /^Too few answers for a score: 4 so far, and it takes 5\.$/],
		[
			"five answers",
			{ now: nps(5, 0, 0) },
			/^Early: \+100 from 5 answers, which can be anything from \+\d+ to \+100\. From 30 answers on a change can be told\.$/,
		],
		["29 answers after many", { now: nps(29, 0, 0), before: nps(10, 40, 50) }, /^Early: \+100 from 29 answers/],
		[
			"29 answers before",
			{ now: even, before: nps(0, 0, 29) },
			/^\+25 \(\+\d+ to \+\d+\), with too few answers in the 30 days before to compare\.$/,
		],
		[
			"the same as before",
			{ now: even, before: even },
			/^\+25 \(\+\d+ to \+\d+\), no detectable change against the 30 days before\.$/,
		],
		[
			"likely up",
			{ now: nps(125, 40, 35), before: even },
			/^Up 20 points against the 30 days before, to \+45: likely changed\.$/,
		],
		["surely down", { now: nps(50, 50, 100), before: even }, /^Down 50 points against the 30 days before, to −25: changed\.$/],
		[
			"csat",
			{ metric: "csat", now: { 5: 90, 1: 10 }, before: { 5: 70, 1: 30 } },
			/^Up 20 points against the 30 days before, to 90%: changed\.$/,
		],
		[
			"ces",
			{ metric: "ces", now: { 7: 100, 1: 20 }, before: { 7: 80, 1: 40 } },
			/^Up 1\.0 against the 30 days before, to 6\.0: likely changed\.$/,
		],
		[
			"a change that rounds to nothing",
			{ now: nps(1_005_000, 500_000, 500_000), before: nps(1_000_000, 500_000, 500_000) },
			/^Up less than 1 point against the 30 days before, to \+25: likely changed\.$/,
		],
	])("%s", ([, of, expected]) => expect(said(of)).toMatch(expected));

	test("never is there a value below 5 answers, nor a direction, goal or baseline below 30", () => {
		for (let n = 0; n < 30; n++) {
			const text = said({ now: nps(0, 0, n), before: nps(200, 0, 0), goal: 50, baseline: nps(200, 0, 0) });
			expect(text).not.toMatch(/\b(?:up|down|goal|baseline|changed)\b/i);
			if (n < 5) expect(text).not.toMatch(/−|100/);
		}
		expect(said({ now: nps(0, 0, 30), before: nps(200, 0, 0), goal: 50 })).toMatch(
			/^Down 200 points .*The goal of \+50 is missed\.$/,
		);
	});
});

describe("reasons", () => {
	const base = nps(200, 100, 100);

	test("the biggest loss that survives Benjamini–Hochberg is named, before any gain", () => {
		const drivers = reasons(base, { delivery: nps(5, 10, 60), price: nps(150, 40, 10) });
		expect(drivers.drivers.map(({ id, verdict }) => [id, verdict])).toEqual([
			["price", "likely_changed"],
			["delivery", "likely_changed"],
		]);
		expect(said({ now: base, before: base }, { drivers })).toMatch(
			/Delivery speed goes with the biggest loss \(−\d+ points\)\.$/,
		);
	});

	test("without a loss, the biggest gain", () => {
		const drivers = reasons(base, { price: nps(150, 40, 10) });
		expect(said({ now: base, before: base }, { drivers })).toMatch(/Price goes with the biggest gain \(\+\d+ points\)\.$/);
	});

	test("one that cannot be told apart, or is chosen too seldom, is not named however large its contrast", () => {
		const drivers = reasons(base, { delivery: nps(0, 0, 49), price: nps(50, 25, 25) });
		expect(drivers.drivers.map(({ verdict }) => verdict).sort()).toEqual(["no_detectable_change", "too_few"]);
		expect(said({ now: base, before: base }, { drivers })).not.toMatch(/goes with/);
	});
});

describe("what else there is to know", () => {
	test("an open alert of this survey and version, opened in the window or before it", () => {
		const with_ = (changes: Partial<EpisodeView>) => said({ now: even, before: even }, { alerts: [alert(changes)] });
		expect(with_({})).toMatch(/An alert for a lower score has been open since 2026-11-03\.$/);
		expect(with_({ direction: "up" })).toMatch(/An alert for a higher score has been open/);
		expect(with_({ segment: "device:phone" })).toMatch(/An alert is open for one of its segments\.$/);
		for (const other of [{ survey: "ces" }, { version: 2 }, { cleared_on: TO }, { opened_on: addDays(TO, 1) }])
			expect(with_(other)).not.toMatch(/alert/);
	});

	test("a goal that is decided, and never one that is not", () => {
		expect(said({ now: even, before: even, goal: 60 })).toMatch(/The goal of \+60 is missed\.$/);
		expect(said({ now: even, before: even, goal: 0 })).toMatch(/The goal of 0 is met\.$/);
		expect(said({ now: even, before: even, goal: 25 })).not.toMatch(/goal/);
	});

	test("a baseline it has left", () => {
		expect(said({ now: even, before: even, baseline: nps(50, 50, 100) })).toMatch(
			/Up 50 points against its baseline: changed\.$/,
		);
		expect(said({ now: even, before: even, baseline: even })).not.toMatch(/baseline/);
	});

	test("a response rate that fell beyond chance, and none that rose or may not have moved", () => {
		const with_ = (now: [number, number], before: [number, number]) =>
			said({ now: even, before: even }, { silence: silent(now, before) });
		expect(with_([100, 500], [200, 500])).toMatch(/The response rate went from 40% of 500 asked to 20% of 500: changed\.$/);
		expect(with_([200, 500], [100, 500])).not.toMatch(/response rate/);
		expect(with_([100, 500], [101, 500])).not.toMatch(/response rate/);
	});

	test("who is more silent than the rest", () => {
		const phones = { key: "device", name: "phone", shown: 200, response_rate: shareOf(30, 200), rest: shareOf(80, 200), z: -5 };
		expect(said({ now: even, before: even }, { silence: silent([110, 400], [110, 400], [phones]) })).toMatch(
			/Customers of “Phone” \(Device\) answer less often than the rest: 15% against 40%\.$/,
		);
	});

	test("three things at most, the ones to act on first", () => {
		const drivers = reasons(nps(200, 100, 100), { delivery: nps(5, 10, 60) });
		const all = said(
			{ now: nps(50, 50, 100), before: even, goal: 60, baseline: even },
			{ drivers, alerts: [alert()], silence: silent([100, 500], [200, 500]) },
		);
		expect(all).toMatch(
			/^Down 50 .*changed\. An alert for a lower score .*\. Delivery speed goes with the biggest loss \(−\d+ points\)\.$/,
		);
	});
});

describe("the shop", () => {
	const shop = (cases: Case[], alerts: EpisodeView[] = []) =>
		shopSentence(shopStatement(cases.map((of) => ({ score: scoreFrom(of), alerts }))), 30, (survey) =>
			survey.toUpperCase(),
		).replace(/[\u2068\u2069]/g, "");
	const up: Case = { metric: "csat", now: { 5: 90, 1: 10 }, before: { 5: 70, 1: 30 } };
	const down: Case = { now: nps(50, 50, 100), before: even };
	const steady: Case = { metric: "ces", now: { 7: 50, 4: 50 }, before: { 7: 50, 4: 50 } };

	test("says of every survey what its answers can tell, what went down first", () => {
		expect(shop([up, down, steady])).toBe(
			"Against the 30 days before: NPS is down (changed); CSAT is up (changed); CES shows no detectable change.",
		);
		expect(shop([steady, { now: nps(9, 0, 0) }])).toBe(
			"Against the 30 days before: CES shows no detectable change; NPS has too few answers to tell.",
		);
		expect(shop([{ now: even, before: even }, steady])).toBe(
			"Against the 30 days before: NPS and CES show no detectable change.",
		);
	});

	test("counts alerts once, and names who misses a goal", () => {
		expect(shop([{ ...down, goal: 50 }, steady], [alert(), alert({ id: "b" })])).toMatch(
			/NPS misses its goal\. 2 alerts are open\.$/,
		);
	});

	test("counts where there are too many to name", () => {
		expect(shop([steady, steady, steady, steady])).toBe("Against the 30 days before: 4 surveys show no detectable change.");
	});
});
