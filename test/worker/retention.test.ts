import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { addDays, addMonths, type Day, dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

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

const today = dayOf(Date.now(), ZONE);
const patch = (retention: object, of = site) =>
	collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ retention }) }, of);

/** Answers that say all there is to say, so many on each of these days. */
async function answers(days: readonly Day[], perDay: number, of = site): Promise<void> {
	const asks = days.flatMap((day) =>
		Array.from(
			{ length: perDay },
			(_, i): LoadedAsk => ({
				survey: "csat",
				status: i % 3 === 2 ? "shown" : "answered",
				score: i % 3 === 2 ? null : 1 + (i % 5),
				drivers: i % 3 === 2 ? [] : ["price"],
				comment: i % 3 === 2 ? null : "Kind people.",
				segments: { channel: "page", device: "phone" },
				transaction: `order-${i}`,
				shownAt: Date.parse(`${day}T12:00:00Z`),
				answeredAfterMs: i % 3 === 2 ? null : 1_000,
				page: "https://shop.example/thanks",
			}),
		),
	);
	await loadAsks(collector.db, { id: of.id, timezone: ZONE }, asks, `load-${loads++}`);
	await collector.db.prepare("UPDATE ask SET customer = 'ann' WHERE site = ?1 AND status = 'answered'").bind(of.id).run();
}

/** Lets the scheduled run see to the retention of these sites alone. */
async function retain(now = Date.now(), sites = [site], on = collector): Promise<void> {
	const ids = JSON.stringify(sites.map(({ id }) => id));
	await on.db
		.prepare(
			`UPDATE site SET evaluate_at = 9e15, recount_at = 9e15,
				retain_at = coalesce((SELECT key FROM json_each(?1) WHERE json_each.value = site.id), 9e15)`,
		)
		.bind(ids)
		.run();
	await on.nightly(now);
}

interface Kept {
	readonly day: Day;
	readonly n: number;
	readonly named: number;
	readonly scored: number;
	readonly commented: number;
}

const kept = async (of = site): Promise<Kept[]> =>
	(
		await collector.db
			.prepare(
				`SELECT day, count(*) AS n, sum(comment IS NOT NULL OR customer IS NOT NULL OR "transaction" IS NOT NULL OR page IS NOT NULL) AS named,
				count(score) AS scored, sum(commented) AS commented FROM ask WHERE site = ?1 GROUP BY day ORDER BY day`,
			)
			.bind(of.id)
			.all<Kept>()
	).results;

const rawFrom = async (of = site) =>
	(await collector.db.prepare("SELECT raw_from FROM site WHERE id = ?1").bind(of.id).first())?.["raw_from"];
const tally = async (of = site) =>
	(
		await collector.db
			.prepare(
				"SELECT * FROM tally WHERE site = ?1 AND (n <> 0 OR commented <> 0) ORDER BY survey, version, key, value, day, outcome",
			)
			.bind(of.id)
			.all()
	).results;

describe("the setting", () => {
	test("is 13 and 25 months unless the owner says otherwise, and each is changed alone", async () => {
		expect((await (await collector.owner("/v1/site", {}, site)).json()).retention).toEqual({
			identities_months: 13,
			rows_months: 25,
		});
		expect((await (await patch({ identities_months: 6 })).json()).retention).toEqual({ identities_months: 6, rows_months: 25 });
		expect((await (await patch({ rows_months: 6 })).json()).retention).toEqual({ identities_months: 6, rows_months: 6 });
		expect((await (await collector.owner("/v1/site", {}, site)).json()).retention).toEqual({
			identities_months: 6,
			rows_months: 6,
		});
	});

	test.for([
		["no month", { identities_months: 0 }, "retention.identities_months"],
		["37 months for names", { identities_months: 37, rows_months: 60 }, "retention.identities_months"],
		["121 months for rows", { rows_months: 121 }, "retention.rows_months"],
		["half a month", { rows_months: 25.5 }, "retention.rows_months"],
		["rows that go before their names", { rows_months: 12 }, "retention.rows_months"],
		["another word", { days: 10 }, "retention.days"],
	] as const)("with %s is refused by name", async ([, retention, field]) => {
		const response = await patch(retention);
		expect([response.status, (await response.json()).field]).toEqual([400, field]);
	});
});

test("after its months an answer loses comment, customer, transaction and page, and nothing that counts", async () => {
	const edge = addMonths(today, -13);
	await answers([addDays(edge, -40), addDays(edge, -1), edge, addDays(edge, 1)], 6);
	const before = await tally();
	await retain();
	expect(await kept()).toEqual([
		{ day: addDays(edge, -40), n: 6, named: 0, scored: 4, commented: 4 },
		{ day: addDays(edge, -1), n: 6, named: 0, scored: 4, commented: 4 },
		{ day: edge, n: 6, named: 6, scored: 4, commented: 4 },
		{ day: addDays(edge, 1), n: 6, named: 6, scored: 4, commented: 4 },
	]);
	expect(await tally()).toEqual(before);
	expect(await collector.drift()).toEqual([]);
	const { responses } = await (await collector.owner(`/v1/responses?to=${addDays(edge, -1)}`, {}, site)).json();
	expect(responses[0]).toMatchObject({
		comment: null,
		claimed_customer: null,
		transaction: null,
		page: null,
		drivers: ["price"],
	});
});

test("after its months an answer goes, and every figure about its day stays as it was", async () => {
	const edge = addMonths(today, -25);
	await answers([addDays(edge, -60), addDays(edge, -1), edge, addMonths(today, -1)], 5);
	const scores = async () => {
		const window = `${addDays(edge, -70)}..${addDays(edge, 3)}`;
		return (await collector.owner(`/v1/scores?survey=csat&window=${window}`, {}, site)).json();
	};
	const [figures, counts] = [await scores(), await tally()];
	expect(figures.scores[0].responses).toBe(12);
	await retain();
	expect((await kept()).map(({ day, n }) => [day, n])).toEqual([
		[edge, 5],
		[addMonths(today, -1), 5],
	]);
	expect([await rawFrom(), await scores(), await tally()]).toEqual([edge, figures, counts]);
	expect(await collector.drift()).toEqual([]);
});

test("months are the site's own days: at one moment two sites can be a day apart", async () => {
	const now = Date.parse("2026-11-22T11:00:00Z");
	const east = await collector.makeSite({ timezone: "Pacific/Kiritimati" });
	const west = await collector.makeSite({ timezone: "Etc/GMT+12" });
	await retain(now, [east, west]);
	expect([await rawFrom(east), await rawFrom(west)]).toEqual(["2024-10-23", "2024-10-21"]);
});

test("a shorter time is kept to at the next run, a longer one brings nothing back", async () => {
	await answers([addMonths(today, -4), addMonths(today, -2)], 3);
	await retain();
	expect((await kept()).map(({ named }) => named)).toEqual([3, 3]);
	await patch({ identities_months: 1, rows_months: 3 });
	const due = await collector.db.prepare("SELECT retain_at FROM site WHERE id = ?1").bind(site.id).first();
	expect(due).toEqual({ retain_at: 0 });
	await retain();
	expect((await kept()).map(({ day, named }) => [day, named])).toEqual([[addMonths(today, -2), 0]]);
	const passed = await rawFrom();
	await patch({ identities_months: 36, rows_months: 120 });
	await retain();
	expect(await rawFrom()).toBe(passed);
	expect((await kept()).map(({ named }) => named)).toEqual([0]);
	expect(await collector.drift()).toEqual([]);
});

test("an ask of a day that retention has passed is taken by no way and counted by none", async () => {
	const queue = await collector.makeSite();
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ ingest: "queue" }) }, queue);
	await collector.db
		.prepare("UPDATE site SET raw_from = ?1 WHERE id IN (?2, ?3)")
		.bind(addDays(today, -2), site.id, queue.id)
		.run();
	const ask = (of: TestSite, age: number) => ({
		...collector.ask({ survey: "csat", score: 5, comment: "Late.", age_ms: age * DAY_MS }),
		site: of.publicKey,
	});
	const late = ask(site, 4);
	for (const sent of [late, late, { ...late, rev: 2 }]) {
		const reply = await collector.send(sent);
		expect([reply.status, (await reply.json()).status]).toEqual([200, "ignored"]);
	}
	await collector.send(ask(site, 0));
	for (const age of [4, 6, 0, 5]) expect((await collector.send(ask(queue, age))).status).toBe(202);
	await expect.poll(() => kept(queue), { timeout: 120_000 }).toHaveLength(1);
	for (const of of [site, queue]) {
		expect(await kept(of)).toMatchObject([{ day: today, n: 1 }]);
		expect(new Set((await tally(of)).map(({ day }) => day))).toEqual(new Set([today]));
	}
	expect(await collector.drift()).toEqual([]);
});

test("the day after reads what is new and not what was done", async () => {
	const edge = addMonths(today, -13);
	await answers(
		Array.from({ length: 100 }, (_, i) => addDays(edge, -i)),
		30,
	);
	await retain();
	await collector.db.prepare("DELETE FROM case_due").run(); // What was loaded is no news.
	await retain(Date.now() + DAY_MS);
	const { last_run } = await (await collector.operator("/v1/health")).json();
	expect(last_run.steps.retain).toMatchObject({ turns: 1, deleted: 0, forgotten: 30 });
	expect(last_run.rows_read).toBeLessThan(250);
	expect(await collector.drift()).toEqual([]);
});

test("it goes on where a run ended, a piece at a time, and lets others have their turn between", async () => {
	const narrow = await startCollector({ vars: { D1_CALLS: "11" } });
	const edge = addMonths(today, -13);
	const days = (from: Day, many: number) => Array.from({ length: many }, (_, i) => addDays(from, -i));
	const [big, small] = [await narrow.makeSite(), await narrow.makeSite()];
	const load = (of: TestSite, at: readonly Day[], perDay: number) => {
		const asks = at.flatMap((day) => Array.from({ length: perDay }, () => oldAsk(day)));
		return loadAsks(narrow.db, { id: of.id, timezone: ZONE }, asks, `narrow-${loads++}`);
	};
	await load(big, [...days(addDays(edge, -1), 25), ...days(addMonths(today, -26), 15)], 100);
	await load(small, [addDays(edge, -1)], 3);
	const named = async (of: TestSite) =>
		Number((await narrow.db.prepare("SELECT count(comment) AS n FROM ask WHERE site = ?1").bind(of.id).first())?.["n"]);
	await retain(Date.now(), [big, small], narrow);
	expect([await named(big), await named(small)]).toEqual([2_000, 3]);
	const seen: number[][] = [];
	for (let run = 1; run < 6; run++) {
		await narrow.nightly(Date.now());
		seen.push([await named(big), await named(small)]);
		expect(await narrow.drift()).toEqual([]);
		const { last_run } = await (await narrow.operator("/v1/health")).json();
		expect(last_run.calls).toBeLessThanOrEqual(11);
	}
	expect(seen[0]).toEqual([2_000, 0]);
	expect(seen.at(-1)).toEqual([0, 0]);
	expect(Number((await narrow.db.prepare("SELECT count(*) AS n FROM ask").first())?.["n"])).toBe(2_503);
	await narrow.stop();
});

function oldAsk(day: Day): LoadedAsk {
	return {
		survey: "nps",
		status: "answered",
		score: 9,
		drivers: [],
		comment: "Long ago.",
		segments: { channel: "page" },
		transaction: null,
		shownAt: Date.parse(`${day}T12:00:00Z`),
		answeredAfterMs: 1_000,
		page: null,
	};
}
