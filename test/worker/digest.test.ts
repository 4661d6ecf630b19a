import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LoadedAsk } from "../../local/load-asks.ts";
import { addDays, dayOf, midnightOf } from "../../shared/day.ts";
import { siteById } from "../../worker/db/sites.ts";
import { makeDigests } from "../../worker/digest/make-digests.ts";
import { AT, type DigestDesk, noon, openDigests, WEEK } from "../harness/digest-desk.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let desk: DigestDesk;
beforeAll(async () => {
	desk = await openDigests();
});
beforeEach(() => desk.begin());
afterEach(() => desk.end());
afterAll(() => desk.stop());

const answer = (shownAt: number, changes: Partial<LoadedAsk> = {}): LoadedAsk => ({
	survey: "csat",
	status: "answered",
	score: 5,
	drivers: [],
	comment: null,
	segments: { channel: "page" },
	transaction: null,
	shownAt,
	answeredAfterMs: 1_000,
	page: null,
	...changes,
});

describe("each endpoint is told each period once", () => {
	beforeEach(async () => {
		await desk.load([answer(noon(WEEK.to))]);
	});

	test("however often the night comes, and an endpoint that is new within days gets the one before", async () => {
		const { id, secret } = await desk.endpoint();
		await desk.night();
		await desk.night();
		await desk.told(secret);
		for (const days of [1, 2, 3]) await desk.night(AT + days * DAY_MS);
		expect((await desk.kept()).map(({ endpoint, subject }) => [endpoint, subject])).toEqual([[id, "digest:week:2026-05-25"]]);
		const late = await desk.endpoint();
		await desk.night(AT + 3 * DAY_MS);
		expect((await desk.kept()).map(({ endpoint }) => endpoint).sort()).toEqual([id, late.id].sort());
		await desk.endpoint();
		await desk.night(AT + 4 * DAY_MS);
		expect(await desk.kept()).toHaveLength(2);
	});

	test("a run that was missed is made up for within four days, and no later", async () => {
		await desk.endpoint();
		await desk.night(AT + 4 * DAY_MS);
		expect(await desk.kept()).toEqual([]);
		await desk.night(AT + 3 * DAY_MS);
		expect(await desk.kept()).toHaveLength(1);
	});

	test("also where several runs are at it at once", async () => {
		await desk.endpoint({ filter: { digest: "both" } });
		await desk.endpoint();
		const db = desk.collector.db as unknown as Parameters<typeof makeDigests>[0];
		const found = await siteById(db, desk.site.id);
		if (!found) throw new Error("There is no site");
		const made = await Promise.all(Array.from({ length: 5 }, () => makeDigests(db, found, AT)));
		expect(made.reduce((sum, n) => sum + n, 0)).toBe(3);
		expect((await desk.kept()).map(({ subject }) => subject).sort()).toEqual([
			"digest:month:2026-05-01",
			"digest:week:2026-05-25",
			"digest:week:2026-05-25",
		]);
	});

	test("weekly, monthly or both, as it was chosen; who did not ask for digests or is paused gets none", async () => {
		const chosen = ["weekly", "monthly", "both"] as const;
		const made = await Promise.all(chosen.map((digest) => desk.endpoint({ filter: { digest } })));
		await desk.endpoint({ events: ["answer.scored"] });
		const paused = await desk.endpoint();
		await desk.collector.db.prepare("UPDATE endpoint SET active = 0 WHERE id = ?1").bind(paused.id).run();
		await desk.night();
		const rows = await desk.kept();
		const kinds = ({ id }: { id: string }) =>
			rows.filter(({ endpoint }) => endpoint === id).map(({ data: { period } }) => `${period.kind} ${period.from}`);
		expect(made.map(kinds)).toEqual([["week 2026-05-25"], ["month 2026-05-01"], ["month 2026-05-01", "week 2026-05-25"]]);
		expect(rows).toHaveLength(4);
	});
});

describe("the days are the site's own", () => {
	test.each([
		["Pacific/Kiritimati", "2026-05-31T10:05:00Z"],
		["America/Los_Angeles", "2026-06-01T07:05:00Z"],
		// Daylight saving ended, or began, in the week that is told of.
		["America/Los_Angeles", "2026-11-02T08:05:00Z"],
		["Europe/Rome", "2026-03-29T22:05:00Z"],
	])("in %s it is Monday from %s on", async (timezone, monday) => {
		const at = Date.parse(monday);
		const of = await desk.collector.makeSite({ timezone });
		const today = dayOf(at, timezone);
		const first = midnightOf(addDays(today, -7), timezone);
		const last = midnightOf(today, timezone) - 60_000;
		const days = [first - 60_000, first, last, last + 61_000];
		await desk.load(
			days.map((shownAt) => answer(shownAt)),
			{ of, timezone },
		);
		await desk.endpoint({}, of);
		await desk.night(at - 10 * 60_000, of);
		expect(await desk.kept(of)).toEqual([]);
		await desk.night(at, of);
		const [digest, ...others] = await desk.kept(of);
		expect(others).toEqual([]);
		expect(digest?.data.period).toEqual({ kind: "week", from: addDays(today, -7), to: addDays(today, -1), timezone });
		expect(digest?.data.surveys).toMatchObject([{ survey: "csat", responses: 2, before: { responses: 1 } }]);
	});
});

describe("comments", () => {
	const said = [
		answer(noon("2026-05-28"), { score: 1, comment: "Broken, says Ann.", transaction: "T-1" }),
		answer(noon("2026-05-28") + 1, { score: 3, comment: "So so." }),
		answer(noon("2026-05-28") + 2, { score: 5, comment: "Lovely." }),
	];

	test("are kept as ids and read when it is sent: who was erased or deleted meanwhile says nothing", async () => {
		await desk.load(said);
		const { secret } = await desk.endpoint({ comments: true });
		await desk.night();
		const [digest] = await desk.kept();
		expect(digest?.data.comment_ids).toHaveLength(3);
		expect(digest?.body).not.toMatch(/Broken|So so|Lovely/);
		const erased = await desk.collector.owner("/v1/transactions/T-1", { method: "DELETE" }, desk.site);
		expect(await erased.json()).toEqual({ erased: 1 });
		await desk.collector.owner(`/v1/responses/${digest?.data.comment_ids[2]}`, { method: "DELETE" }, desk.site);
		const [data] = await desk.told(secret);
		expect(data?.comments).toMatchObject([{ survey: "csat", score: 3, mood: "middle", comment: "So so." }]);
		expect(data?.comment_ids).toEqual([digest?.data.comment_ids[1]]);
		expect(desk.target.received[0]?.body).not.toMatch(/Broken|Lovely|T-1/);
	});

	test("do not leave where the endpoint does not ask for them, or asks no more", async () => {
		await desk.load(said);
		const silent = await desk.endpoint();
		const { id, secret } = await desk.endpoint({ comments: true });
		await desk.night();
		expect((await desk.kept()).find(({ endpoint }) => endpoint === silent.id)?.data.comment_ids).toEqual([]);
		await desk.collector.db.prepare("UPDATE endpoint SET comments = 0 WHERE id = ?1").bind(id).run();
		await desk.collector.db.prepare("UPDATE endpoint SET next_at = NULL WHERE id = ?1").bind(silent.id).run();
		const [data] = await desk.told(secret);
		expect([data?.comments, data?.comment_ids]).toEqual([[], []]);
	});
});

test("surveys that the endpoint names are the only ones it is told of", async () => {
	await desk.load([
		answer(noon("2026-05-28")),
		answer(noon("2026-05-28"), { survey: "nps", score: 9, comment: "Of the other." }),
	]);
	await desk.endpoint({ filter: { surveys: ["csat"] }, comments: true });
	await desk.endpoint({ filter: { surveys: ["ces"] } });
	await desk.night();
	const [digest, ...others] = await desk.kept();
	expect(others).toEqual([]);
	expect(digest?.data.surveys).toMatchObject([{ survey: "csat", responses: 1, value: null, interval: null, tier: "hidden" }]);
	expect(digest?.data.headline).toBe(digest?.data.surveys[0]?.sentence);
	expect(digest?.data.comment_ids).toEqual([]);
});

test("that nobody was asked is said once, and of a site that never asked nothing", async () => {
	await desk.endpoint();
	await desk.night();
	expect(await desk.kept()).toEqual([]);
	await desk.load([answer(noon(WEEK.to), { status: "shown", score: null, answeredAfterMs: null })]);
	for (const weeks of [0, 1, 2]) await desk.night(AT + weeks * 7 * DAY_MS);
	expect((await desk.kept()).map(({ subject, data }) => [subject, data.headline])).toEqual([
		["digest:week:2026-05-25", "One customer was asked in these 7 days, and none has answered yet."],
		["digest:week:2026-06-01", "Nobody was asked in these 7 days."],
	]);
});

test("a night with digests takes a few ways to the database more, however many surveys and endpoints there are", async () => {
	await desk.load(madeUpAsks(900, 30, 3, AT));
	const calls = async () => {
		await desk.night();
		const run = await desk.collector.db.prepare("SELECT calls FROM scheduled_run").first<{ calls: number }>();
		return run?.calls ?? 0;
	};
	await calls();
	const without = await calls();
	for (let i = 0; i < 5; i++) await desk.endpoint({ comments: true });
	expect((await calls()) - without).toBeLessThanOrEqual(6);
	expect(await desk.kept()).toHaveLength(5);
});
