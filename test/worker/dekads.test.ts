import { afterAll, beforeAll, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { addDays, dayOf, daysIn } from "../../shared/day.ts";
import { dekadOf } from "../../shared/dekad.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { night } from "../harness/night.ts";

const ZONE = "Europe/Rome";
const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = 100;

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await loadAsks(collector.db, { id: collector.site.id, timezone: ZONE }, madeUpAsks(4_000, DAYS, 5, Date.now()), "dekads");
	await collector.db.prepare("UPDATE site SET evaluate_at = 9e15, retain_at = 9e15").run();
	await recount();
});
afterAll(() => collector.stop());

/** Lets the scheduled runs recount and pack all there is. */
async function recount(): Promise<void> {
	await collector.db.prepare("UPDATE site SET recount_at = 0").run();
	await night(collector, Date.now());
}

const packedUntil = async (): Promise<string> => {
	const row = collector.db.prepare("SELECT day FROM packed_until WHERE site = ?1").bind(collector.site.id);
	return (await row.first<{ day: string }>())?.day ?? "";
};

const today = () => dayOf(Date.now(), ZONE);
const figures = async () => {
	const windows = [
		"90d",
		`${addDays(today(), -70)}..${addDays(today(), -25)}`,
		`${addDays(today(), -44)}..${addDays(today(), -43)}`,
	];
	const paths = ["scores?", "scores?segment=device:phone&", "drivers?", "silence?", "segments?key=device&"];
	return Promise.all(
		windows.flatMap((window) =>
			paths.map(async (path) => (await collector.owner(`/v1/${path}survey=nps&window=${window}`)).json()),
		),
	);
};

test("a night packs all but the youngest days, and another finds nothing to do", async () => {
	const from = await packedUntil();
	expect(dekadOf(from)).toBe(from);
	expect(daysIn(from, today())).toBeGreaterThan(10);
	expect(daysIn(from, today())).toBeLessThanOrEqual(22);
	expect(await collector.drift()).toEqual([]);
	await recount();
	const { last_run } = await (await collector.operator("/v1/health")).json();
	expect(last_run.steps.recount).toMatchObject({ failed: 0, mended_days: 0, packed: 0 });
	expect(await packedUntil()).toBe(from);
});

test("an ask of these days unpacks nothing; answers of long ago that are deleted or brought in are missed or counted at once", async () => {
	const from = await packedUntil();
	await collector.send(collector.ask({ survey: "nps", score: 3, age_ms: 8 * DAY_MS }));
	expect(await packedUntil()).toBe(from);

	const at = addDays(today(), -44);
	const window = `${at}..${addDays(at, 1)}`;
	const responses = async (): Promise<number> =>
		(await (await collector.owner(`/v1/scores?survey=nps&window=${window}`)).json()).scores[0].responses;
	const before = await responses();
	const old = await collector.db
		.prepare("SELECT id FROM ask WHERE site = ?1 AND survey = 'nps' AND status = 'answered' AND day = ?2 LIMIT 1")
		.bind(collector.site.id, at)
		.first<{ id: string }>();
	expect((await collector.owner(`/v1/responses/${old?.id}`, { method: "DELETE" })).status).toBeLessThan(300);
	expect(await responses()).toBe(before - 1);
	expect(await packedUntil()).toBe(dekadOf(at));

	await loadAsks(collector.db, { id: collector.site.id, timezone: ZONE }, madeUpAsks(1_000, DAYS, 6, Date.now()), "late");
	const kept = await collector.db
		.prepare("SELECT count(*) AS n FROM ask WHERE survey = 'nps' AND status = 'answered' AND day BETWEEN ?1 AND ?2")
		.bind(at, addDays(at, 1))
		.first<{ n: number }>();
	expect(kept?.n).toBeGreaterThan(before);
	expect(await responses()).toBe(kept?.n);
	expect(await collector.drift()).toEqual([]);

	const read = await figures();
	await recount();
	expect(await packedUntil()).toBe(from);
	expect(await collector.drift()).toEqual([]);
	expect(await figures()).toEqual(read);
});

test("what a recount mends in days long past was packed as wrong as it was, and is mended there too", async () => {
	const read = await figures();
	const at = addDays(today(), -60);
	await collector.db.prepare("UPDATE tally SET n = n + 5 WHERE site = ?1 AND day = ?2").bind(collector.site.id, at).run();
	await collector.db.prepare("DELETE FROM tally WHERE site = ?1 AND day = ?2").bind(collector.site.id, addDays(at, 20)).run();
	await collector.db
		.prepare("DELETE FROM tally_dekad WHERE site = ?1 AND dekad >= ?2")
		.bind(collector.site.id, dekadOf(at))
		.run();
	expect(await figures()).not.toEqual(read);
	await recount();
	expect(await figures()).toEqual(read);
	expect(await collector.drift()).toEqual([]);
});

test("what retention deletes stays packed", async () => {
	const [from, read] = [await packedUntil(), await figures()];
	const ahead = new Date();
	ahead.setUTCMonth(ahead.getUTCMonth() + 25, ahead.getUTCDate() - 40);
	const asks = () => collector.db.prepare("SELECT count(*) AS n FROM ask").first<{ n: number }>();
	const before = (await asks())?.n ?? 0;
	await collector.db.prepare("UPDATE site SET retain_at = 0, recount_at = 9e15").run();
	await collector.nightly(ahead.getTime());
	expect((await asks())?.n).toBeLessThan(before - 500);
	expect(await packedUntil()).toBe(from);
	expect(await collector.drift()).toEqual([]);
	expect(await figures()).toEqual(read);
});
