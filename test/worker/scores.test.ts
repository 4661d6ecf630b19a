import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ZONE = "Europe/Rome";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

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
		await loadAsks(collector.db, { id: collector.site.id, timezone: ZONE }, madeUpAsks(3_000, 800, 11, Date.now()));
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

test("a site that signs scores signed answers only, unless asked for all, for everybody and for a segment", async () => {
	const site = await collector.makeSite();
	await collector.db.prepare("UPDATE site SET token_mode = 'prefer' WHERE id = ?1").bind(site.id).run();
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ name: "Signed" }) }, site);
	await collector.send({ ...collector.ask({ score: 0 }), site: site.publicKey });
	await collector.db
		.prepare(
			`INSERT INTO ask (site, id, rev, survey, version, status, outcome, score, drivers, commented, segments, pairs, verified, day, shown_at, updated_at)
			SELECT site, 'signed', 1, survey, version, status, '10', 10, drivers, 0, segments, ?2, 1, day, shown_at, updated_at FROM ask WHERE site = ?1`,
		)
		.bind(
			site.id,
			JSON.stringify([
				["", ""],
				["verified:channel", "page"],
				["verified", "yes"],
			]),
		)
		.run();
	const of = async (query: string) => (await (await collector.owner(`/v1/scores?survey=nps${query}`, {}, site)).json()).scores[0];
	expect(await of("")).toMatchObject({ verified: "only", responses: 1, value: 100 });
	expect(await of("&verified=all")).toMatchObject({ verified: "all", responses: 2, value: 0 });
	expect(await of("&segment=channel:page")).toMatchObject({ verified: "only", responses: 1, value: 100 });
	expect(await of("&segment=channel:page&verified=all")).toMatchObject({ verified: "all", responses: 2, value: 0 });
});
