import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import type { EpisodeView } from "../../shared/insight-contract.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const ZONE = "Europe/Rome";

let collector: TestCollector;
let site: TestSite;
let loads = 0;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	site = await collector.makeSite();
});

/** `perDay` CSAT answers a day, `daysAgo` days ago down to `until` days ago, each with one of `scores` in turn. */
async function answers(
	daysAgo: number,
	until: number,
	perDay: number,
	scores: number[],
	segments: Record<string, string> = {},
): Promise<void> {
	const now = Date.now();
	const asks: LoadedAsk[] = [];
	for (let ago = daysAgo; ago >= until; ago--)
		for (let i = 0; i < perDay; i++)
			asks.push({
				survey: "csat",
				status: "answered",
				score: scores[i % scores.length] ?? 5,
				drivers: [],
				comment: null,
				segments: { channel: "page", ...segments },
				transaction: null,
				shownAt: Date.parse(`${addDays(dayOf(now, ZONE), -ago)}T12:00:00Z`),
				answeredAfterMs: 1_000,
				page: null,
			});
	await loadAsks(collector.db, { id: site.id, timezone: ZONE }, asks, `load-${loads++}`);
}

/** Runs the nightly evaluation for this site alone, as if it were `daysAhead` days from now. */
async function night(daysAhead = 0): Promise<void> {
	await collector.db.prepare("UPDATE site SET evaluate_at = CASE id WHEN ?1 THEN 0 ELSE 9e15 END").bind(site.id).run();
	await collector.nightly(Date.now() + daysAhead * DAY_MS);
}

const alerts = async (state = "all"): Promise<EpisodeView[]> =>
	(await (await collector.owner(`/v1/alerts?state=${state}`, {}, site)).json()).alerts;
const csat = async (query = "window=30d") =>
	(await (await collector.owner(`/v1/scores?survey=csat&${query}`, {}, site)).json()).scores[0];

describe("the alert", () => {
	test("opens once when the score falls, stays one episode, and clears when the fall has become the rule", async () => {
		await answers(112, 29, 5, [5, 5, 4, 4, 2]);
		await answers(28, 1, 5, [5, 2, 4, 1, 2]);
		await night();
		await night();
		await night(1);
		const [alert, ...others] = (await alerts()).filter(({ segment }) => segment === null);
		expect(others).toEqual([]);
		const yesterday = addDays(dayOf(Date.now(), ZONE), -1);
		expect(alert).toMatchObject({ survey: "csat", direction: "down", opened_on: yesterday, cleared_on: null });
		expect(alert?.z).toBeLessThan(-3);
		expect(alert?.recent).toEqual({ from: addDays(yesterday, -27), to: yesterday, value: 40, responses: 140 });
		expect(alert?.reference).toMatchObject({ value: 80, responses: 420 });
		await answers(0, -113, 5, [5, 2, 4, 1, 2]);
		await night(114);
		expect((await alerts("open")).filter(({ segment }) => segment === null)).toEqual([]);
		const [cleared] = (await alerts()).filter(({ segment }) => segment === null);
		expect(cleared).toMatchObject({ id: alert?.id, cleared_on: addDays(yesterday, 114) });
	});

	test("is silent on a stable score and on too few answers", async () => {
		await answers(112, 1, 1, [5, 4, 3]);
		await night();
		expect(await alerts()).toEqual([]);
		site = await collector.makeSite();
		await answers(112, 29, 5, [5]);
		await answers(28, 1, 1, [1]);
		await night();
		expect(await alerts()).toEqual([]);
	});

	test("tells which value of a segment changed", async () => {
		await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { region: ["islands"] } }) }, site);
		await answers(112, 1, 20, [5, 5, 4, 4, 2], { device: "desktop" });
		await answers(112, 29, 3, [5, 4, 5], { region: "islands" });
		await answers(28, 1, 3, [1, 2, 5], { region: "islands" });
		await night();
		const segments = (await alerts()).map(({ segment }) => segment);
		expect(segments).toContain("region:islands");
		expect(segments).not.toContain("device:desktop");
	});

	test("of a value that the owner no longer declares is over", async () => {
		await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { region: ["islands"] } }) }, site);
		await answers(112, 29, 5, [5], { region: "islands" });
		await answers(28, 1, 5, [1], { region: "islands" });
		await night();
		expect((await alerts("open")).map(({ segment }) => segment)).toContain("region:islands");
		await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: {} }) }, site);
		await night(1);
		expect((await alerts("open")).map(({ segment }) => segment)).not.toContain("region:islands");
		expect((await (await collector.owner("/v1/alerts?since=2999-01-01", {}, site)).json()).alerts).toEqual([]);
	});

	test("ends with the question it was about", async () => {
		await answers(112, 29, 5, [5]);
		await answers(28, 1, 5, [1]);
		await night();
		expect(await alerts("open")).not.toEqual([]);
		await collector.owner(
			"/v1/surveys/csat",
			{ method: "PATCH", body: JSON.stringify({ wording: { en: { question: "New?" } } }) },
			site,
		);
		await night(1);
		expect((await alerts("open")).filter(({ segment }) => segment === null)).toEqual([]);
	});
});

describe("the baseline", () => {
	const baselines = async () => (await (await collector.owner("/v1/surveys/csat/baselines", {}, site)).json()).baselines;

	test("is provisional from 100 answers, frozen at 84 days and 200 answers, and then moved by nothing", async () => {
		await answers(60, 1, 2, [5, 1]);
		await night();
		expect(await csat()).toMatchObject({ baseline: { status: "provisional", set_by: "rule", value: 50, responses: 120 } });
		await answers(150, 61, 2, [5, 5]);
		await night();
		const frozen = (await csat()).baseline;
		const first = addDays(dayOf(Date.now(), ZONE), -150);
		expect(frozen).toMatchObject({ status: "frozen", from: first, to: addDays(first, 99), responses: 200 });
		await answers(150, 100, 3, [1]);
		await night(1);
		expect((await csat()).baseline).toEqual(frozen);
		expect(await baselines()).toHaveLength(1);
	});

	test("is compared with a window behind it, and not with one that overlaps it", async () => {
		await answers(150, 40, 3, [5, 5, 1]);
		await answers(29, 1, 3, [5, 1, 1]);
		await night();
		expect((await csat()).baseline).toMatchObject({ status: "frozen", verdict: "changed" });
		expect((await csat("window=365d")).baseline).toMatchObject({ change: null, z: null, verdict: null });
		expect((await csat("window=30d&segment=channel:page")).baseline).toBeNull();
	});

	test("is set anew only by the owner, and the old one is kept", async () => {
		await answers(150, 1, 3, [5, 5, 1]);
		await night();
		const [old] = await baselines();
		const made = await collector.owner(
			"/v1/surveys/csat/baselines",
			{ method: "POST", body: JSON.stringify({ window: "30d" }) },
			site,
		);
		expect(made.status).toBe(201);
		const all = await baselines();
		expect(all).toMatchObject([{ set_by: "owner", status: "frozen", responses: 87 }, old]);
		await night(1);
		expect(await baselines()).toEqual(all);
		expect((await csat("window=2026-01-01..2026-01-31")).baseline.verdict).not.toBeNull();
		const future = await collector.owner(
			"/v1/surveys/csat/baselines",
			{ method: "POST", body: JSON.stringify({ window: "2026-06-01..2028-01-01" }) },
			site,
		);
		expect([future.status, (await future.json()).field]).toEqual([400, "window"]);
		const few = await collector.owner("/v1/surveys/nps/baselines", { method: "POST", body: "{}" }, site);
		expect([few.status, (await few.json()).field]).toEqual([409, "window"]);
	});
});

test("a goal is met, missed or undecided, with how many more answers would decide it", async () => {
	await answers(20, 1, 5, [5, 5, 5, 5, 1]);
	const goal = async (value: number | null) => {
		await collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ goal: value }) }, site);
		return (await csat()).goal;
	};
	expect(await goal(70)).toEqual({ target: 70, verdict: "met", more_responses: null });
	expect(await goal(95)).toEqual({ target: 95, verdict: "missed", more_responses: null });
	expect(await goal(78)).toMatchObject({ verdict: "undecided", more_responses: expect.any(Number) });
	expect(await goal(null)).toBeNull();
	const wrong = await collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ goal: 8 }) }, site);
	expect([wrong.status, (await wrong.json()).field]).toEqual([400, "goal"]);
});

test("benchmarks are the owner's and the published ones, of which CSAT and CES have none", async () => {
	const own = { value: 71, source: "Our trade association", year: 2025, country: "IT", url: null };
	await collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ benchmarks: [own] }) }, site);
	const { scores } = await (await collector.owner("/v1/scores", {}, site)).json();
	const of = (survey: string) => scores.find((score: { survey: string }) => score.survey === survey).benchmarks;
	expect(of("csat")).toEqual([own]);
	expect(of("ces")).toEqual([]);
	expect(of("nps").map(({ value }: { value: number }) => value)).toEqual([30, 29, 62]);
	expect(of("nps").map(({ year }: { year: number }) => year)).toEqual([2024, 2024, 2018]);
});

test("versions are pooled only when asked, and only of the same metric", async () => {
	await answers(10, 1, 4, [5]);
	const patch = (change: object) => collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify(change) }, site);
	await patch({ wording: { en: { question: "New?" } } });
	await collector.send({ ...collector.ask({ survey: "csat", version: 2, score: 1 }), site: site.publicKey });
	expect(await csat()).toMatchObject({ version: 2, versions: [2], responses: 1, value: 0 });
	expect(await csat("versions=all")).toMatchObject({ version: 2, versions: [1, 2], responses: 41, value: (100 * 40) / 41 });
	await patch({ metric: "ces" });
	expect(await csat("versions=all")).toMatchObject({ version: 3, versions: [3], responses: 0, metric: "ces" });
});

test("a site's new time zone moves the days to come, not the days that were", async () => {
	await collector.send({ ...collector.ask({ survey: "csat", score: 5, age_ms: 3 * DAY_MS }), site: site.publicKey });
	const days = async () =>
		(
			await collector.db.prepare("SELECT day FROM ask WHERE site = ?1 ORDER BY updated_at").bind(site.id).all<{ day: string }>()
		).results.map(({ day }) => day);
	const before = await days();
	for (const [zone, offset] of [
		["Pacific/Kiritimati", 14],
		["Etc/GMT+12", -12],
	] as const) {
		await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ timezone: zone }) }, site);
		await collector.send({ ...collector.ask({ survey: "csat", score: 5 }), site: site.publicKey });
		expect((await days())[0]).toBe(before[0]);
		expect((await days()).at(-1)).toBe(new Date(Date.now() + offset * 3_600_000).toISOString().slice(0, 10));
	}
	expect((await csat("window=7d")).window.timezone).toBe("Etc/GMT+12");
});

test("a run takes no more ways to the database than it may, and several runs do all there is to do", async () => {
	const frugal = await startCollector({ vars: { D1_CALLS: "45" } });
	const sites = [frugal.site, await frugal.makeSite(), await frugal.makeSite(), await frugal.makeSite()];
	const segments = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`key-${i}`, ["a", "b"]]));
	for (const of of sites) {
		await frugal.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments }) }, of);
		await loadAsks(frugal.db, { id: of.id, timezone: ZONE }, madeUpAsks(900, 200, 3, Date.now()), of.id);
	}
	const now = Date.now();
	const waiting = async () => (await (await frugal.operator("/v1/health")).json()).waiting;
	for (let run = 0; run < 20; run++) {
		await frugal.nightly(now + run * 5 * 60_000);
		const { last_run, failing } = await (await frugal.operator("/v1/health")).json();
		expect([last_run.calls <= 50, failing]).toEqual([true, []]);
	}
	for (const line of Object.values<{ sites: number }>(await waiting())) expect(line.sites).toBe(0);
	expect((await (await frugal.owner("/v1/surveys/csat/baselines")).json()).baselines).toHaveLength(1);
	await frugal.stop();
});

test("a site that cannot be evaluated is said in the log and keeps no other waiting", async () => {
	const broken = site;
	site = await collector.makeSite();
	await answers(112, 29, 5, [5]);
	await answers(28, 1, 5, [1]);
	await collector.db
		.prepare("UPDATE site SET evaluate_at = CASE WHEN id = ?1 THEN 0 WHEN id = ?2 THEN 1 ELSE 9e15 END")
		.bind(broken.id, site.id)
		.run();
	await collector.db.prepare("UPDATE survey SET wording = 'broken' WHERE site = ?1").bind(broken.id).run();
	await collector.nightly(Date.now());
	expect(await alerts("open")).not.toEqual([]);
	const row = await collector.db
		.prepare("SELECT evaluate_at FROM site WHERE id = ?1")
		.bind(broken.id)
		.first<{ evaluate_at: number }>();
	expect(row?.evaluate_at).toBeGreaterThan(Date.now());
});
