import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ZONE = "Europe/Rome";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

/** Made-up asks, the same ones for the same seed, over the last `days` days. */
function* madeUp(count: number, days: number, surveys: readonly string[], seed: number): Generator<LoadedAsk> {
	let state = seed;
	const chance = () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	const scale: Record<string, readonly [number, number]> = { nps: [0, 11], csat: [1, 5], ces: [1, 7] };
	for (let i = 0; i < count; i++) {
		const survey = surveys[i % surveys.length] ?? "nps";
		const fate = chance();
		const answered = fate < 0.6;
		const [from, span] = scale[survey] ?? [0, 11];
		yield {
			survey,
			status: answered ? "answered" : fate < 0.75 ? "dismissed" : "shown",
			score: answered ? from + Math.floor(chance() * span) : null,
			drivers: answered && chance() < 0.5 ? ["price"] : [],
			comment: answered && chance() < 0.3 ? "Said." : null,
			segments: { channel: "page", device: chance() < 0.6 ? "phone" : "desktop" },
			transaction: null,
			shownAt: Date.now() - Math.floor(chance() * days * DAY_MS),
			answeredAfterMs: answered ? 30_000 : null,
			page: null,
		};
	}
}

interface RawAsk {
	outcome: string;
	day: string;
	commented: number;
}

/** The figures of a window straight from the raw asks, as plainly as they can be computed. */
function plainly(asks: RawAsk[], metric: string, from: string, to: string) {
	const inside = asks.filter(({ day }) => day >= from && day <= to);
	const scores = inside.filter(({ outcome }) => /^\d+$/.test(outcome)).map(({ outcome }) => Number(outcome));
	const n = scores.length;
	const share = (test: (score: number) => boolean) => (100 * scores.filter(test).length) / n;
	const mean = scores.reduce((a, b) => a + b, 0) / n;
	const value = { nps: share((s) => s >= 9) - share((s) => s <= 6), csat: share((s) => s >= 4), ces: mean }[metric];
	const of = (outcome: string) => inside.filter((ask) => ask.outcome === outcome).length;
	return {
		value,
		mean,
		responses: n,
		funnel: {
			shown: inside.length,
			answered: n,
			dismissed: of("dismissed"),
			ignored: of("ignored"),
			commented: inside.reduce((sum, ask) => sum + ask.commented, 0),
		},
	};
}

describe("scores of a history", () => {
	const today = dayOf(Date.now(), ZONE);

	beforeAll(async () => {
		await loadAsks(collector.db, { id: collector.site.id, timezone: ZONE }, madeUp(3_000, 800, ["nps", "csat", "ces"], 11));
	});

	test.for([
		"7d",
		"30d",
		"90d",
		"365d",
		`${addDays(today, -200)}..${addDays(today, -101)}`,
		`${addDays(today, -1)}..${addDays(today, -1)}`,
	])("over %s equal the same figures computed from the raw asks", async (window) => {
		const { scores } = await (await collector.owner(`/v1/scores?window=${window}`)).json();
		expect(scores.map(({ survey }: { survey: string }) => survey)).toEqual(["ces", "csat", "nps"]);
		for (const score of scores) {
			const { results } = await collector.db
				.prepare("SELECT outcome, day, commented FROM ask WHERE site = ?1 AND survey = ?2")
				.bind(collector.site.id, score.survey)
				.all<RawAsk>();
			const { from, to } = score.window;
			const now = plainly(results, score.metric, from, to);
			if (now.responses === 0) {
				expect(score).toMatchObject({ value: null, mean: null, interval: null, responses: 0, funnel: now.funnel });
				continue;
			}
			expect(score.value).toBeCloseTo(now.value ?? 0, 9);
			expect(score.mean).toBeCloseTo(now.mean, 9);
			expect(score).toMatchObject({ responses: now.responses, funnel: now.funnel });
			expect(Object.values<number>(score.distribution).reduce((a, b) => a + b, 0)).toBe(now.responses);
			expect(Object.values<number>(score.groups).reduce((a, b) => a + b, 0)).toBe(now.responses);
			const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
			const before = plainly(results, score.metric, addDays(from, -days), addDays(from, -1));
			expect(score.previous.responses).toBe(before.responses);
			if (before.responses > 0) expect(score.previous.value).toBeCloseTo(before.value ?? 0, 9);
		}
	});

	test("come with the window's days in the site's time zone, today included", async () => {
		const { window } = await collector.score("csat", "7d");
		expect(window).toEqual({ name: "7d", from: addDays(today, -6), to: today, timezone: ZONE });
	});

	test("can be asked for one metric", async () => {
		const { scores } = await (await collector.owner("/v1/scores?metric=ces")).json();
		expect(scores.map(({ survey }: { survey: string }) => survey)).toEqual(["ces"]);
	});
});

test("60 promoters, 15 detractors and 25 passives score 45, from 29.34 to 58.04", async () => {
	const site = await collector.makeSite();
	const send = (score: number) => collector.send({ ...collector.ask({ score }), site: site.publicKey });
	await Promise.all([...Array(60).fill(10), ...Array(25).fill(8), ...Array(15).fill(3)].map(send));
	const { scores } = await (await collector.owner("/v1/scores?survey=nps", {}, site)).json();
	expect(scores).toMatchObject([{ value: 45, tier: "stable", responses: 100, interval: { level: 0.95, method: "add-3" } }]);
	expect(scores[0].interval.low).toBeCloseTo(29.34, 2);
	expect(scores[0].interval.high).toBeCloseTo(58.04, 2);
});

test("one promoter and two dismissals score 100, not 33", async () => {
	const site = await collector.makeSite();
	const as = (changes: object) => collector.send({ ...collector.ask(), ...changes, id: randomUUID(), site: site.publicKey });
	await as({ score: 10 });
	await as({ status: "dismissed", score: undefined });
	await as({ status: "dismissed", score: undefined });
	const { scores } = await (await collector.owner("/v1/scores?survey=nps", {}, site)).json();
	expect(scores).toMatchObject([
		{ value: 100, responses: 1, tier: "hidden", funnel: { shown: 3, answered: 1, dismissed: 2, ignored: 0 } },
	]);
});

test("a new version is scored apart from the old one", async () => {
	const site = await collector.makeSite();
	await collector.send({ ...collector.ask({ score: 10 }), site: site.publicKey });
	const patch = { wording: { en: { question: "Would you come back to {shop}?" } } };
	const changed = await (await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify(patch) }, site)).json();
	expect(changed.version).toBe(2);
	await collector.send({ ...collector.ask({ score: 0, version: 2 }), site: site.publicKey });
	expect((await collector.send({ ...collector.ask({ score: 9, version: 1 }), site: site.publicKey })).status).toBe(201);
	const { scores } = await (await collector.owner("/v1/scores?survey=nps", {}, site)).json();
	expect(scores).toMatchObject([{ version: 2, value: -100, responses: 1 }]);
});

test.for([
	["window=30", 400, "window"],
	["window=2026-02-30..2026-03-01", 400, "window"],
	["window=2026-03-02..2026-03-01", 400, "window"],
	["window=2020-01-01..2026-01-01", 400, "window"],
	["metric=happiness", 400, "metric"],
	["survey=nothing", 404, "survey"],
	["survey=../nps", 400, "survey"],
	["period=30d", 400, "period"],
] as const)("%s is refused by name, with what would be taken", async ([query, status, field]) => {
	const response = await collector.owner(`/v1/scores?${query}`);
	const problem = await response.json();
	expect([response.status, problem.field]).toEqual([status, field]);
	expect(problem.detail).toMatch(/must|known|expected/);
});

describe("rows read", () => {
	const outcomes: Record<string, number> = { nps: 13, csat: 7, ces: 9 };

	test("for a year with the year before are days × outcomes, within 9,500 a survey and 21,500 for three", async () => {
		const site = await collector.makeSite();
		const today = dayOf(Date.now(), ZONE);
		// The most that any number of answers can fill: every outcome on every day.
		for (const [survey, count] of Object.entries(outcomes))
			for (let o = 0; o < count; o++)
				await collector.db
					.prepare(
						`INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented)
						WITH RECURSIVE d(day, i) AS (SELECT ?4, 0 UNION ALL SELECT date(day, '-1 day'), i + 1 FROM d WHERE i < 799)
						SELECT ?1, ?2, 1, '', '', day, ?3, 5, 1 FROM d`,
					)
					.bind(site.id, survey, o === 0 ? "ignored" : o === 1 ? "dismissed" : String(o - 2 + (survey === "nps" ? 0 : 1)), today)
					.run();
		const read = async (query: string) => {
			const response = await collector.owner(`/v1/scores?window=365d${query}`, {}, site);
			expect(response.status).toBe(200);
			return Number(response.headers.get("x-rows-read"));
		};
		expect(await read("&survey=nps")).toBeLessThanOrEqual(9_500);
		expect(await read("")).toBeLessThanOrEqual(21_500);
	});
});
