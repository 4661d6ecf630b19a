import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";

const ZONE = "Europe/Rome";

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	site = await collector.makeSite();
});

/** Lets the scheduled run recount these sites alone. */
async function recount(sites: readonly TestSite[] = [site], on = collector): Promise<void> {
	await on.db
		.prepare(
			`UPDATE site SET evaluate_at = 9e15, retain_at = 9e15,
				recount_at = iif(id IN (SELECT value FROM json_each(?1)), 0, 9e15)`,
		)
		.bind(JSON.stringify(sites.map(({ id }) => id)))
		.run();
	await on.nightly(Date.now());
}

const load = (count: number, days: number, of = site, on = collector) =>
	loadAsks(on.db, { id: of.id, timezone: ZONE }, madeUpAsks(count, days, 11, Date.now()), `${of.id}-${count}`);

interface Mended {
	readonly site: string;
	readonly day: string;
	readonly rows: number;
	readonly asks: number;
	readonly commented: number;
}

const mended = async (of = site, on = collector): Promise<Mended[]> =>
	(await (await on.operator("/v1/health")).json()).mended.filter(({ site }: Mended) => site === of.id);

/** One row of the tally of a day, as it is broken by hand. */
const someRow = (of = site) =>
	collector.db
		.prepare("SELECT * FROM tally WHERE site = ?1 AND key = 'device' AND n > 3 AND outcome = '5' ORDER BY day LIMIT 1")
		.bind(of.id)
		.first<{ survey: string; value: string; day: string; n: number; commented: number }>();

test("a tally that is right is left alone", async () => {
	await load(3_000, 60);
	await recount();
	expect(await mended()).toEqual([]);
	expect(await collector.drift()).toEqual([]);
	const { last_run } = await (await collector.operator("/v1/health")).json();
	expect(last_run.steps.recount).toEqual({ turns: 2, failed: 0, mended_days: 0, packed: expect.any(Number) });
});

test.for([
	["counts too many", "UPDATE tally SET n = n + 2 WHERE", 2, 0],
	["counts too few", "UPDATE tally SET n = n - 3 WHERE", 3, 0],
	["has fallen below nothing", "UPDATE tally SET n = -1 WHERE", null, 0],
	["counts comments nobody wrote", "UPDATE tally SET commented = commented + 4 WHERE", 0, 4],
	["has lost a row", "DELETE FROM tally WHERE", null, null],
] as const)("one that %s is mended, and the operator told where and by how much", async ([, sql, asks, commented]) => {
	await load(2_000, 20);
	const row = await someRow();
	if (!row) throw new Error("There is no such row");
	const where = "site = ?1 AND survey = ?2 AND key = 'device' AND value = ?3 AND day = ?4 AND outcome = '5'";
	await collector.db.prepare(`${sql} ${where}`).bind(site.id, row.survey, row.value, row.day).run();
	expect(await collector.drift()).not.toEqual([]);
	const lines = collector.log.length;
	await recount();
	expect(await collector.drift()).toEqual([]);
	const [day, ...others] = await mended();
	expect(others).toEqual([]);
	expect(day).toMatchObject({ day: row.day, rows: 1 });
	if (asks !== null) expect(day?.asks).toBe(asks);
	if (commented !== null) expect(day?.commented).toBe(commented);
	const said = collector.log.slice(lines).map((line) => JSON.parse(line));
	expect(said).toContainEqual(expect.objectContaining({ event: "tally_mended", site: site.id, day: row.day, rows: 1 }));
	await recount();
	expect(await mended()).toHaveLength(1);
});

test("what the tally holds of no ask at all is found: other keys, other days, other surveys", async () => {
	await load(500, 10);
	const insert = collector.db.prepare(
		"INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented) VALUES (?1, ?2, ?3, ?4, ?5, ?6, '3', 7, 1)",
	);
	const today = dayOf(Date.now(), ZONE);
	const strays = [
		["nps", 1, "", "", addDays(today, -400)],
		["nps", 1, "", "", addDays(today, 90)],
		["zzz", 9, "zzz", "zzz", today],
		["aaa", 1, "", "", today],
		["csat", 2, "device", "phone", today],
		["csat", 1, "weather", "rain", addDays(today, -3)],
	] as const;
	for (const stray of strays) await insert.bind(site.id, ...stray).run();
	await recount();
	expect(await collector.drift()).toEqual([]);
	const found = await mended();
	expect(found.reduce((sum, { rows }) => sum + rows, 0)).toBe(strays.length);
	expect(new Set(found.map(({ day }) => day))).toEqual(new Set(strays.map(([, , , , day]) => day)));
});

test("the whole tally of a site lost is the whole tally of the site again, and no other's is touched", async () => {
	const other = await collector.makeSite();
	await load(2_500, 40);
	await load(700, 40, other);
	const tallies = async () =>
		(
			await collector.db
				.prepare("SELECT * FROM tally WHERE site IN (?1, ?2) AND n <> 0 ORDER BY site, survey, version, key, value, day, outcome")
				.bind(site.id, other.id)
				.all()
		).results;
	const before = await tallies();
	await collector.db.prepare("DELETE FROM tally WHERE site = ?1").bind(site.id).run();
	await recount([site, other]);
	expect(await tallies()).toEqual(before);
	expect(await mended(other)).toEqual([]);
});

test("days that retention has passed are the tally's alone: they are neither counted nor mended", async () => {
	await load(1_000, 40);
	const passed = addDays(dayOf(Date.now(), ZONE), -20);
	await collector.db.prepare("UPDATE site SET raw_from = ?2 WHERE id = ?1").bind(site.id, passed).run();
	await collector.db.prepare("DELETE FROM ask WHERE site = ?1 AND day < ?2").bind(site.id, passed).run();
	await collector.db.prepare("UPDATE tally SET n = n + 1 WHERE site = ?1 AND day < ?2").bind(site.id, passed).run();
	const history = async () =>
		(await collector.db.prepare("SELECT sum(n) AS n FROM tally WHERE site = ?1 AND day < ?2").bind(site.id, passed).first())?.[
			"n"
		];
	const before = await history();
	await recount();
	expect([await mended(), await history()]).toEqual([[], before]);
	expect(await collector.drift()).toEqual([]);
});

test("answers, edits, deletes and erasures that arrive meanwhile are no difference", async () => {
	await load(2_500, 6);
	let over = false;
	const shoppers = Array.from({ length: 8 }, async () => {
		while (!over) {
			const ask = { ...collector.ask({ survey: "csat", score: 2, customer: "ann" }), site: site.publicKey };
			await collector.send(ask);
			await collector.send({ ...ask, rev: 2, score: 5, comment: "Meanwhile.", drivers: ["price"] });
			const { responses } = await (await collector.owner("/v1/responses?limit=1", {}, site)).json();
			await collector.owner(`/v1/responses/${responses[0].id}`, { method: "DELETE" }, site);
		}
	});
	for (let night = 0; night < 5; night++) await recount();
	over = true;
	await Promise.all(shoppers);
	expect(await mended()).toEqual([]);
	expect(await collector.drift()).toEqual([]);
});

test("runs at once, with retention at its work, find no difference and delete no count", async () => {
	const sites = [site, await collector.makeSite(), await collector.makeSite()];
	for (const of of sites) await load(3_000, 1_200, of);
	const total = async () =>
		await collector.db
			.prepare("SELECT sum(n) AS n, sum(commented) AS commented FROM tally WHERE site IN (?1, ?2, ?3)")
			.bind(...sites.map(({ id }) => id))
			.first();
	const before = await total();
	await collector.db
		.prepare(
			"UPDATE site SET evaluate_at = 9e15, retain_at = iif(id IN (?1, ?2, ?3), 0, 9e15), recount_at = iif(id IN (?1, ?2, ?3), 0, 9e15)",
		)
		.bind(...sites.map(({ id }) => id))
		.run();
	const now = Date.now();
	await Promise.all(Array.from({ length: 4 }, (_, i) => collector.nightly(now + i * 5 * 60_000)));
	const left = await collector.db.prepare("SELECT count(*) AS n FROM ask WHERE site = ?1").bind(site.id).first();
	expect(Number(left?.["n"])).toBeLessThan(2_200);
	for (const of of sites) expect(await mended(of)).toEqual([]);
	expect([await total(), await collector.drift()]).toEqual([before, []]);
});

test("a site of many asks is gone through in pieces over several runs, each of which goes on where the last ended", async () => {
	const narrow = await startCollector({ vars: { D1_CALLS: "9" } });
	const [big, small] = [await narrow.makeSite(), await narrow.makeSite()];
	await load(9_000, 200, big, narrow);
	await load(50, 5, small, narrow);
	const row = "key = '' AND survey = 'nps' AND outcome = 'dismissed'";
	const days = (
		await narrow.db.prepare(`SELECT day FROM tally WHERE site = ?1 AND ${row} ORDER BY day`).bind(big.id).all<{ day: string }>()
	).results.map(({ day }) => day);
	const broken = [days[0], days[70], days[120], days.at(-1)];
	for (const day of broken)
		await narrow.db.prepare(`UPDATE tally SET n = n + 5 WHERE site = ?1 AND day = ?2 AND ${row}`).bind(big.id, day).run();
	const where = async (of: TestSite) =>
		(await narrow.db
			.prepare("SELECT recount_day AS day, recount_at AS at FROM site WHERE id = ?1")
			.bind(of.id)
			.first<{ day: string; at: number }>()) ?? { day: "", at: 0 };
	const cursors: string[] = [];
	for (let run = 0; run < 20; run++) {
		if (run === 0) await recount([big, small], narrow);
		else await narrow.nightly(Date.now());
		const { day, at } = await where(big);
		if (at > Date.now() + 60_000) break;
		cursors.push(day);
	}
	expect(cursors).toEqual(cursors.toSorted());
	expect(new Set(cursors).size).toBeGreaterThanOrEqual(4);
	expect((await where(small)).at).toBeGreaterThan(Date.now());
	expect(await narrow.drift()).toEqual([]);
	expect((await mended(big, narrow)).map(({ day }) => day).sort()).toEqual(broken.toSorted());
	await narrow.stop();
});

test("a night's recount reads some forty rows an ask at most, whatever the number of asks", async () => {
	const reads = async (of: TestSite) => {
		await recount([of]);
		return (await (await collector.operator("/v1/health")).json()).last_run.rows_read;
	};
	const other = await collector.makeSite();
	await load(1_000, 100);
	await load(8_000, 100, other);
	expect((await reads(site)) / 1_000).toBeLessThan(60);
	expect((await reads(other)) / 8_000).toBeLessThan(40);
});
