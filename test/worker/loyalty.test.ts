import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addDays, dayOf } from "../../shared/day.ts";
import { wilson } from "../../shared/interval.ts";
import type { LoyaltyReply } from "../../shared/loyalty-contract.ts";
import { bandOf, METRICS, type MetricName } from "../../shared/metrics.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const ZONE = "Europe/Rome";

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	// So few ways to the database that a run does one piece of one site.
	collector = await startCollector({ vars: { D1_CALLS: "42" } });
});
afterAll(() => collector.stop());
beforeEach(async () => {
	site = await collector.makeSite();
});

interface Asked {
	readonly customer: string;
	readonly order: string;
	readonly shownAt: number;
	readonly survey?: MetricName;
	/** Null where it was shown and not answered. */
	readonly score?: number | null;
	readonly verified?: boolean;
}

/** The last noon: so many days ago it is so many local days ago, also where the clocks were changed meanwhile. */
const now = Date.parse(`${dayOf(Date.now() - 12 * HOUR_MS, "UTC")}T12:00:00Z`);
const daysAgo = (days: number) => now - days * DAY_MS;
let asked = 0;

/** Keeps asks as the Worker would have kept them then. */
async function keep(asks: readonly Asked[]): Promise<void> {
	for (let i = 0; i < asks.length; i += 2_000) {
		const rows = asks.slice(i, i + 2_000).map(({ customer, order, shownAt, survey = "nps", score = 9, verified = true }) => {
			const [status, outcome] = score === null ? ["shown", "ignored"] : ["answered", String(score)];
			const id = (asked++).toString(16).padStart(32, "0");
			return [id, survey, status, outcome, score, order, customer, verified ? 1 : 0, dayOf(shownAt, ZONE), shownAt];
		});
		await collector.db
			.prepare(
				`INSERT INTO ask (site, rev, version, drivers, commented, segments, pairs, updated_at, id, survey, status, outcome, score, "transaction", customer, verified, day, shown_at)
				SELECT ?1, 1, 1, '[]', 0, '{}', '[["",""]]', json_extract(value, '$[9]'), ${rows[0]?.map((_, at) => `json_extract(value, '$[${at}]')`).join(", ")} FROM json_each(?2)`,
			)
			.bind(site.id, JSON.stringify(rows))
			.run();
	}
}

/** A run for this site alone, so many days from now. */
async function night(ahead = 0): Promise<LoyaltyReply> {
	await collector.db
		.prepare("UPDATE site SET retain_at = 9e15, recount_at = 9e15, evaluate_at = iif(id = ?1, 0, 9e15)")
		.bind(site.id)
		.run();
	await collector.nightly(now + ahead * DAY_MS);
	return loyalty();
}
const loyalty = async (): Promise<LoyaltyReply> => (await collector.owner("/v1/loyalty", {}, site)).json();
const groupOf = (reply: LoyaltyReply, group: string) => reply.surveys[0]?.groups.find((each) => each.group === group);

test("before the first night there is nothing, and it is said", async () => {
	expect(await loyalty()).toEqual({
		computed_on: null,
		complete: false,
		within_days: 180,
		cohort: null,
		first_on: null,
		surveys: [],
	});
});

test("a customer counts by the first answer, and comes back with another signed order within 180 days", async () => {
	const at = daysAgo(300);
	await keep([
		{ customer: "back", order: "1", shownAt: at, score: 10 },
		{ customer: "back", order: "2", shownAt: at + 100 * DAY_MS, score: 0 },
		{ customer: "shown", order: "3", shownAt: at, score: 9 },
		{ customer: "shown", order: "4", shownAt: at + 180 * DAY_MS, score: null },
		{ customer: "late", order: "5", shownAt: at, score: 9 },
		{ customer: "late", order: "6", shownAt: at + 180 * DAY_MS + 1 },
		{ customer: "same", order: "7", shownAt: at, score: 3 },
		{ customer: "same", order: "7", shownAt: at + DAY_MS, score: null },
		{ customer: "claimed", order: "8", shownAt: at, score: 3 },
		{ customer: "claimed", order: "9", shownAt: at + DAY_MS, verified: false },
		{ customer: "unsigned", order: "10", shownAt: at, score: 3, verified: false },
		{ customer: "young", order: "11", shownAt: daysAgo(179), score: 3 },
	]);
	const reply = await night();
	const today = dayOf(now, ZONE);
	expect(reply).toMatchObject({
		computed_on: today,
		complete: true,
		within_days: 180,
		cohort: { from: addDays(today, -360), to: addDays(today, -181), timezone: ZONE },
		first_on: null,
	});
	expect(reply.surveys).toMatchObject([{ survey: "nps", metric: "nps", customers: 5, returned: 2, tier: "early" }]);
	expect(groupOf(reply, "promoters")).toEqual({
		group: "promoters",
		customers: 3,
		returned: 2,
		share: { value: 200 / 3, interval: wilson(2, 3) },
		tier: "hidden",
	});
	expect(groupOf(reply, "passives")).toMatchObject({ customers: 0, share: { value: null, interval: null } });
	expect(groupOf(reply, "detractors")).toMatchObject({ customers: 2, returned: 0 });
});

test("what was counted stays when the customer is erased, and a customer erased before counts nowhere", async () => {
	await keep([
		{ customer: "ann", order: "1", shownAt: daysAgo(300), score: 2 },
		{ customer: "ann", order: "2", shownAt: daysAgo(290), score: 9 },
		{ customer: "bob", order: "3", shownAt: daysAgo(175), score: 2 },
		{ customer: "zoe", order: "4", shownAt: daysAgo(170), score: 2 },
	]);
	const before = await night();
	expect(before.surveys).toMatchObject([{ customers: 1, returned: 1 }]);
	for (const customer of ["ann", "zoe"]) await collector.owner(`/v1/customers/${customer}`, { method: "DELETE" }, site);
	expect((await night()).surveys).toEqual(before.surveys);
	const dump = JSON.stringify(
		(
			await collector.db.batch(
				["loyalty", "loyalty_count"].map((table) => collector.db.prepare(`SELECT * FROM ${table} WHERE site = ?1`).bind(site.id)),
			)
		).map(({ results }) => results),
	);
	expect(dump).not.toMatch(/ann|bob|zoe/);
	const later = await night(30);
	expect(later.surveys).toMatchObject([{ customers: 2, returned: 1 }]);
});

test("a site whose first customers' time is not over is told the day", async () => {
	await collector.owner("/v1/signing-secrets", { method: "POST" }, site);
	expect(await night()).toMatchObject({ complete: true, first_on: null, surveys: [] });
	await keep([{ customer: "ann", order: "1", shownAt: daysAgo(10) }]);
	const { first_on } = await night();
	expect(first_on).toBe(addDays(dayOf(daysAgo(10), ZONE), 181));
	// A day before it, nothing; on it, the customer.
	const days = Math.round((Date.parse(first_on ?? "") - Date.parse(dayOf(now, ZONE))) / DAY_MS);
	expect((await night(days - 1)).surveys).toEqual([]);
	expect((await night(days)).surveys).toMatchObject([{ customers: 1 }]);
});

test("twenty-two thousand answers are counted in two pieces, and to what a count by hand comes to, today and later", async () => {
	let seed = 7;
	const chance = (below: number) => {
		seed = (seed * 1103515245 + 12345) % 2147483648;
		return Math.floor((seed / 2147483648) * below);
	};
	const asks: Required<Asked>[] = Array.from({ length: 30_000 }, (_, i) => {
		const survey = (["nps", "csat"] as const)[chance(2)] ?? "nps";
		const { min, max } = METRICS[survey];
		const answered = chance(10) < 8;
		return {
			customer: `c${chance(9_000)}`,
			// A question that is not answered may be about the order before.
			order: `o${answered || chance(2) ? i : i - 1}`,
			shownAt: daysAgo(500) + chance(500 * 24 * 60) * 60_000 + i,
			survey,
			score: answered ? min + chance(max - min + 1) : null,
			verified: chance(10) > 0,
		};
	});
	// More of them than one night goes through lie in the days that count.
	const old = asks.map((ask, i) =>
		i % 5 === 0 ? ask : { ...ask, shownAt: daysAgo(360) + chance(178 * 24 * 60) * 60_000 + (i % 60_000) },
	);
	await keep(old);

	const byHand = (ahead: number) => {
		const today = dayOf(now + ahead * DAY_MS, ZONE);
		const [from, to] = [addDays(today, -360), addDays(today, -181)];
		const signed = Map.groupBy(
			old.filter(({ verified }) => verified),
			({ customer }) => customer,
		);
		const sums: Record<string, [customers: number, returned: number]> = {};
		for (const theirs of signed.values())
			for (const survey of ["nps", "csat"] as const) {
				const inCohort = theirs
					.filter((ask) => ask.survey === survey && ask.score !== null)
					.filter(({ shownAt }) => dayOf(shownAt, ZONE) >= from && dayOf(shownAt, ZONE) <= to)
					.sort((a, b) => a.shownAt - b.shownAt);
				const [first] = inCohort;
				if (!first) continue;
				const again = theirs.some(({ shownAt, order }) => {
					const after = shownAt - first.shownAt;
					return after > 0 && after <= 180 * DAY_MS && order !== first.order;
				});
				const key = `${survey} ${bandOf(survey, first.score ?? 0)}`;
				const [customers, returned] = sums[key] ?? [0, 0];
				sums[key] = [customers + 1, returned + Number(again)];
			}
		return sums;
	};
	const counted = ({ surveys }: LoyaltyReply) =>
		Object.fromEntries(
			surveys.flatMap(({ survey, groups }) =>
				groups.map(({ group, customers, returned }) => [`${survey} ${group}`, [customers, returned]]),
			),
		);

	const first = await night();
	expect(first.complete).toBe(false);
	expect(first.cohort?.to && first.cohort.to < addDays(dayOf(now, ZONE), -181)).toBe(true);
	const second = await night();
	expect(second.complete).toBe(true);
	expect(counted(second)).toEqual(byHand(0));
	expect(counted(await night())).toEqual(byHand(0));
	expect(counted(await night(40))).toEqual(byHand(40));
	expect(counted(await night(100))).toEqual(byHand(100));
	const { rows } = (await collector.db
		.prepare("SELECT min(day) AS rows FROM loyalty_count WHERE site = ?1")
		.bind(site.id)
		.first<{ rows: string }>()) ?? {
		rows: "",
	};
	expect(rows >= addDays(dayOf(now + 100 * DAY_MS, ZONE), -360)).toBe(true);
});
