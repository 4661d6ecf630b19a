import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { statementsOf } from "../../local/migrate.ts";
import { PATHS } from "../../local/paths.ts";
import { dueEvents, keepDeliveries, putBack } from "../../worker/db/due-events.ts";
import { metered, newMeter } from "../../worker/db/metered.ts";
import { everyMinute } from "../../worker/deliver/every-minute.ts";
import { routeEvents } from "../../worker/deliver/route-events.ts";
import type { Env } from "../../worker/env.ts";
import { openCases } from "../../worker/open-cases.ts";
import type { TestSite } from "../harness/collector.ts";
import { type DeliveryStage, setDeliveryStage } from "../harness/delivery-stage.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { healthOf } from "../harness/health.ts";
import { tellAll } from "../harness/outbox.ts";

/** Milliseconds after which an answer that nobody touched is told. */
const RESTED = 91_000;
const MINUTE_MS = 60_000;

let stage: DeliveryStage;
let busy: TestSite;
let quiet: TestSite;
beforeAll(async () => {
	stage = await setDeliveryStage();
});
beforeEach(async () => {
	await stage.begin();
	[busy, quiet] = [stage.site, await stage.collector.makeSite()];
	for (const site of [busy, quiet]) await makeEndpoint(stage.collector, stage.target.url, {}, site);
	// Nothing is sent: what was made is looked at.
	await stage.collector.db.prepare("UPDATE endpoint SET paused_until = 9e15").run();
});
afterEach(() => stage.end());
afterAll(() => stage.stop());

/** The site's answers: one comes through the door, the others are copies of it, so many in all. */
async function answers(site: TestSite, score: number, many: number): Promise<void> {
	const { db, ask, send } = stage.collector;
	expect((await send({ ...ask({ score }), site: site.publicKey })).status).toBe(201);
	const columns = (
		await db.prepare("SELECT name FROM pragma_table_info('ask') WHERE name <> 'id'").all<{ name: string }>()
	).results
		.map(({ name }) => `ask."${name}"`)
		.join(", ");
	await db
		.prepare(
			`INSERT INTO ask (id, ${columns.replaceAll("ask.", "")}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
			SELECT score || '-' || i, ${columns} FROM n CROSS JOIN ask WHERE ask.site = ?1 AND score = ?3 AND i < ?2`,
		)
		.bind(site.id, many, score)
		.run();
}

/** How many deliveries of each type there are for a site. */
async function made(site: TestSite): Promise<Record<string, number>> {
	const query = "SELECT type, count(*) AS n FROM delivery WHERE site = ?1 GROUP BY type ORDER BY type";
	const { results } = await stage.collector.db.prepare(query).bind(site.id).all<{ type: string; n: number }>();
	return Object.fromEntries(results.map(({ type, n }) => [type, n]));
}

test("what one site has to tell delays no other's, and a case comes before answers", async () => {
	const db = stage.collector.db as never;
	await answers(busy, 9, 40);
	await answers(busy, 2, 40);
	await answers(quiet, 9, 2);
	await answers(quiet, 0, 1);
	const now = Date.now() + RESTED;
	await openCases(db, now, 1_000);
	await routeEvents(db, now, 10);
	expect([await made(busy), await made(quiet)]).toEqual([{ "case.opened": 9 }, { "case.opened": 1 }]);
	await stage.collector.db.prepare("DELETE FROM event_due WHERE type = 'case.opened'").run();
	await routeEvents(db, now, 10);
	expect([await made(busy), await made(quiet)]).toEqual([
		{ "answer.scored": 7, "case.opened": 9 },
		{ "answer.scored": 3, "case.opened": 1 },
	]);
});

test("a run tells more than the door lets in, and asks the database no more than it may", async () => {
	await answers(busy, 9, 1_300);
	await answers(busy, 3, 1_100);
	const now = Date.now() + RESTED;
	const run = async (D1_CALLS: string) => {
		const meter = newMeter();
		const env = { DB: metered(stage.collector.db as never, meter), DELIVER: { sendBatch: async () => {} }, D1_CALLS };
		await everyMinute(env as unknown as Env, now, Date.now);
		return meter.calls;
	};
	// Two rounds of cases and events, and what is due; one way is left to note what fails.
	expect(await run("12")).toBe(11);
	expect(await made(busy)).toEqual({ "case.opened": 200 });
	expect(await run("45")).toBeLessThanOrEqual(44);
	expect(await made(busy)).toEqual({ "answer.scored": 100, "case.opened": 1_100 });
	await run("60");
	expect(await made(busy)).toEqual({ "answer.scored": 2_400, "case.opened": 1_100 });
});

test("what is more than a round or a database takes at once goes on in the next round", async () => {
	const { db } = stage.collector;
	for (let i = 0; i < 4; i++) await makeEndpoint(stage.collector, stage.target.url, { comments: true }, busy);
	await db.prepare("UPDATE endpoint SET paused_until = 9e15, comments = 1").run();
	await answers(busy, 9, 320);
	await db.prepare("UPDATE ask SET comment = ?2 WHERE site = ?1").bind(busy.id, '"é€'.repeat(660)).run();
	const now = Date.now() + RESTED;
	expect(await routeEvents(db as never, now, 100)).toMatchObject({ events: 20, deliveries: 100, more: true });
	const { events, more } = await routeEvents(db as never, now, 2_000);
	expect([events < 300, more]).toEqual([true, true]);
	await tellAll(stage.collector, now);
	expect(await made(busy)).toEqual({ "answer.scored": 5 * 320 });
});

test("what cannot be read keeps nobody else waiting, is said, and is told once it is mended", async () => {
	const { collector } = stage;
	const { db } = collector;
	const { id: broken } = await makeEndpoint(collector, stage.target.url, { events: ["answer.scored"] }, busy);
	await db.prepare("UPDATE endpoint SET paused_until = 9e15, filter = iif(id = ?1, 'not Ann', filter)").bind(broken).run();
	await answers(busy, 8, 1);
	await answers(busy, 9, 1);
	await answers(quiet, 0, 1);
	await db.prepare("UPDATE ask SET drivers = 'not Ann' WHERE site = ?1 AND score = 8").bind(busy.id).run();
	await db
		.prepare(
			`INSERT INTO episode (site, id, survey, version, key, value, opened_on, z, recent, reference)
			VALUES (?1, 'fall', 'nps', 1, '', '', '2026-11-01', -5, 'not Ann', '{"histogram":{"9":200}}')`,
		)
		.bind(busy.id)
		.run();
	for (const [table, column] of [
		["event_due", "due_at"],
		["ask", "updated_at"],
	])
		await db.prepare(`UPDATE ${table} SET ${column} = ${column} - ${10 * MINUTE_MS}`).run();
	const now = Date.now() + RESTED;
	await tellAll(collector, now);
	await tellAll(collector, now + MINUTE_MS);
	expect([await made(busy), await made(quiet)]).toEqual([{ "answer.scored": 1 }, { "answer.scored": 1, "case.opened": 1 }]);

	const { failed_minutes, deliveries } = await healthOf(collector);
	const reason = expect.stringMatching(new RegExp(`of the site ${busy.id} cannot be told to \\w+: .*; 1 more$`));
	expect(failed_minutes).toMatchObject([{ shard: "DB", step: "events", times: 1, reason }]);
	expect(deliveries).toMatchObject([{ untold: 3, untold_ms: expect.any(Number), late: true }]);
	const said = collector.log.filter((line) => line.includes("event_failed"));
	expect(said).toHaveLength(2);
	expect(said.join() + JSON.stringify(failed_minutes)).not.toContain("Ann");

	await db.prepare("UPDATE endpoint SET filter = '{}'").run();
	await db.prepare("UPDATE ask SET drivers = '[]' WHERE site = ?1").bind(busy.id).run();
	await db.prepare("UPDATE episode SET recent = reference").run();
	await tellAll(collector, now + 31 * MINUTE_MS);
	expect(await made(busy)).toEqual({ "alert.opened": 1, "answer.scored": 4 });
	expect((await db.prepare("SELECT * FROM event_due").all()).results).toEqual([]);
});

test("who can be told is told once of each, however long another cannot; after three days nobody is tried any more", async () => {
	const { collector } = stage;
	const { db, owner } = collector;
	const { id: broken } = await makeEndpoint(collector, stage.target.url, {}, busy);
	await db.prepare("UPDATE endpoint SET paused_until = 9e15, filter = iif(id = ?1, 'not Ann', filter)").bind(broken).run();
	const ask = collector.ask({ site: busy.publicKey, score: 1 });
	await collector.send(ask);
	const [start, opened] = [Date.now() + RESTED, { "answer.scored": 1, "case.opened": 1 }];
	await openCases(db as never, start, 10);
	await tellAll(collector, start);
	expect(await made(busy)).toEqual(opened);

	// A case is the same, whatever becomes of its answer; resolved again, it is resolved another time.
	await collector.send({ ...ask, rev: 2, comment: "Later." });
	await db
		.prepare("UPDATE ask SET updated_at = ?1")
		.bind(start + MINUTE_MS)
		.run();
	const edited = start + 31 * MINUTE_MS;
	await tellAll(collector, edited);
	expect(await made(busy)).toEqual({ ...opened, "answer.scored": 2 });
	const { id } = (await (await owner("/v1/cases", {}, busy)).json()).cases[0];
	const step = (state: string) => owner(`/v1/cases/${id}`, { method: "PATCH", body: JSON.stringify({ state }) }, busy);
	await step("resolved");
	await tellAll(collector, edited + MINUTE_MS);
	expect(await made(busy)).toMatchObject({ "case.opened": 1, "case.resolved": 1 });
	await step("open");
	await step("resolved");
	await tellAll(collector, edited + 2 * MINUTE_MS);
	expect(await made(busy)).toMatchObject({ "case.opened": 1, "case.resolved": 2 });

	const told = await made(busy);
	for (const days of [1, 2, 3.1, 40]) await tellAll(collector, edited + days * 24 * 60 * MINUTE_MS);
	expect([await made(busy), (await db.prepare("SELECT * FROM event_due").all()).results]).toEqual([told, []]);
	expect((await healthOf(collector)).failed_minutes).toMatchObject([
		{ reason: expect.stringMatching(/; 3 given up after three days$/) },
	]);
	await db.prepare("DELETE FROM delivery").run();
	await tellAll(collector, edited + 41 * 24 * 60 * MINUTE_MS);
	expect(await made(busy)).toEqual({});
});

test("what was read and could not be settled moves back behind what waits", async () => {
	const db = stage.collector.db as never;
	await answers(busy, 9, 1);
	const now = Date.now() + RESTED;
	const due = await dueEvents(db, now, 10);
	await stage.collector.db.prepare("UPDATE ask SET customer = 'Ann' WHERE site = ?1").bind(busy.id).run();
	await stage.collector.db.batch([...keepDeliveries(db, [], due, now), putBack(db, due, new Set(), now)] as never[]);
	expect([due.length, await dueEvents(db, now, 10)]).toEqual([1, []]);
	await tellAll(stage.collector, now + MINUTE_MS);
	expect(await made(busy)).toEqual({ "answer.scored": 1 });
});

test("what is left of a site that is gone is told nobody, and goes", async () => {
	await stage.collector.db
		.prepare("INSERT INTO event_due (site, subject, type, due_at) VALUES ('gone', 'x', 'case.opened', 0)")
		.run();
	await tellAll(stage.collector, Date.now());
});

test("alerts that waited before anything could tell them are not told years later", async () => {
	const { db } = stage.collector;
	await db
		.prepare(
			"INSERT INTO event_due (site, subject, type, due_at) VALUES (?1, 'x', 'alert.opened', 0), (?1, 'x', 'case.opened', 0)",
		)
		.bind(busy.id)
		.run();
	const statements = statementsOf(await readFile(join(PATHS.migrations, "0020_event_lines.sql"), "utf8"));
	for (const sql of statements.filter((each) => each.startsWith("DELETE"))) await db.prepare(sql).run();
	expect((await db.prepare("SELECT type FROM event_due").all()).results).toEqual([{ type: "case.opened" }]);
});
