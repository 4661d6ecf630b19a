import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { health as schema } from "../../shared/operator-contract.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { barred, healthOf, putOffChores } from "../harness/health.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";
import { queuedRevision } from "../harness/queued-revision.ts";
import { fail, siteIn, siteOfEach } from "../harness/sharded.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	await putOffChores(collector);
	site = await collector.makeSite();
});

test("it names what fails, since when and why, until it no longer does", async () => {
	const before = (
		await collector.db.prepare("SELECT wording FROM survey WHERE site = ?1 AND slug = 'nps'").bind(site.id).first()
	)?.["wording"];
	const wording = (text: unknown) =>
		collector.db.prepare("UPDATE survey SET wording = ?2 WHERE site = ?1 AND slug = 'nps'").bind(site.id, text).run();
	await wording("what-Ann-said");
	const at = Date.now();
	await collector.nightly(at);
	expect((await healthOf(collector)).failing).toEqual([
		{
			site: site.id,
			name: "Test shop",
			chore: "evaluate",
			since: new Date(at).toISOString(),
			last_at: new Date(at).toISOString(),
			times: 1,
			reason: expect.stringMatching(/JSON/),
		},
	]);
	expect(JSON.stringify(await healthOf(collector))).not.toContain("what-Ann-said");
	await collector.nightly(at + 5 * MINUTE_MS);
	expect((await healthOf(collector)).failing).toMatchObject([{ times: 1 }]);
	await collector.nightly(at + HOUR_MS);
	expect((await healthOf(collector)).failing).toMatchObject([{ times: 2, since: new Date(at).toISOString() }]);
	await wording(before);
	await collector.nightly(at + 2 * HOUR_MS);
	expect((await healthOf(collector)).failing).toEqual([]);
});

test("it tells when who was erased is not recognised, for the secret is another, until nobody needs to be", async () => {
	const state = await mkdtemp(join(tmpdir(), "afterword-secrets-"));
	const under = async (secret: string, erases: string | null) => {
		const vars = secret === "" ? { AFTERWORD_SECRET: "" } : { AFTERWORD_SECRET: secret };
		const fresh = await startCollector({ state, vars });
		if (erases !== null) {
			await fresh.send(fresh.ask({ customer: erases }));
			expect((await fresh.owner(`/v1/customers/${erases}`, { method: "DELETE" })).status).toBe(200);
		}
		const told = schema.parse(await (await fresh.operator("/v1/health")).json()).other_secret;
		const page = await (await (await logInTo(fresh, "operator")).get("/app/health")).text();
		expect(page.includes("AFTERWORD_SECRET is not what it was")).toBe(told !== null);
		const kept = (await fresh.db.prepare("SELECT id, last_at FROM secret_use").all<{ id: string; last_at: number }>()).results;
		await fresh.db
			.prepare("UPDATE secret_use SET last_at = last_at - ?1")
			.bind(100 * 24 * HOUR_MS)
			.run();
		await fresh.stop();
		return { told, kept };
	};
	expect(await under("the first", null)).toEqual({ told: null, kept: [] });
	const first = await under("the first", "ann");
	expect(first).toEqual({ told: null, kept: [{ id: expect.stringMatching(/^[0-9a-f]{32}$/), last_at: expect.any(Number) }] });
	const at = new Date((first.kept[0]?.last_at ?? 0) - 100 * 24 * HOUR_MS).toISOString();
	expect((await under("the second", null)).told).toBe(at);
	expect((await under("", null)).told).not.toBeNull();
	const second = await under("the second", "bea");
	expect([second.told !== null, second.kept.length]).toEqual([true, 2]);
	expect((await under("the second", null)).told).toBeNull();
	expect((await under("the first", null)).told).not.toBeNull();
	await rm(state, { recursive: true });
});

describe("with several databases, of which one fails,", () => {
	let sharded: TestCollector;
	beforeAll(async () => {
		sharded = await startCollector({ shards: 3, entry: "faulty" });
		await siteOfEach(sharded);
	});
	afterEach(() => fail(sharded, { kind: "none" }));
	afterAll(() => sharded.stop());

	const pageOf = async (session: OwnerSession) => {
		const reply = await session.get("/app/health");
		expect(reply.status).toBe(200);
		return barred(await reply.text());
	};

	test("it tells which step of the run of every minute failed there, since when, how often and why", async () => {
		const operator = await logInTo(sharded, "operator");
		const at = Date.now() - 3 * HOUR_MS;
		const minute = async (ms: number) => {
			await sharded.minute(at + ms);
			return (await healthOf(sharded)).failed_minutes;
		};
		expect(await minute(0)).toEqual([]);
		expect(await pageOf(operator)).toContain("Nothing fails.");
		await fail(sharded, { kind: "overloaded", shard: "DB_2", sql: "SELECT due.site" });
		await minute(MINUTE_MS);
		const failed = {
			shard: "DB_2",
			step: "events",
			since: new Date(at + MINUTE_MS).toISOString(),
			last_at: new Date(at + 2 * MINUTE_MS).toISOString(),
			times: 2,
			reason: expect.stringContaining("overloaded"),
		};
		expect(await minute(2 * MINUTE_MS)).toEqual([failed]);
		await fail(sharded, { kind: "none" });
		expect(await minute(3 * MINUTE_MS)).toEqual([failed]);
		expect(await pageOf(operator)).toMatch(
			/\|DB_2\|?\. \|?Telling what happened, every minute: failed 2 times, the last time on /,
		);

		await fail(sharded, { kind: "overloaded", shard: "DB_3", sql: "(SELECT due.site|SELECT site, id AS endpoint)" });
		await minute(4 * MINUTE_MS);
		await fail(sharded, { kind: "overloaded", shard: "DB_2", sql: "SELECT due.site" });
		const again = new Date(at + 2 * HOUR_MS).toISOString();
		expect(await minute(2 * HOUR_MS)).toMatchObject([
			{ ...failed, times: 1, since: again, last_at: again },
			{ shard: "DB_3", step: "endpoints", times: 1 },
			{ shard: "DB_3", step: "events", times: 1 },
		]);
		await sharded.db
			.prepare("UPDATE minute_failure SET at = at - ?1 WHERE shard = 'DB_3'")
			.bind(24 * HOUR_MS)
			.run();
		expect(await healthOf(sharded)).toMatchObject({ failed_minutes: [{ shard: "DB_2" }] });
	});

	test("it tells what the queue cannot write, since when and after how many tries, until it is written", async () => {
		const site = await siteIn(sharded, "DB_2");
		const sentAt = (Math.floor(Date.now() / HOUR_MS) - 3) * HOUR_MS;
		const messages = (attempts: number, from: number, to: number) =>
			Array.from({ length: to - from }, (_, i) => ({
				body: { site: site.id, revision: queuedRevision(Date.now()) },
				attempts,
				timestamp: new Date(sentAt + (from + i) * MINUTE_MS),
			}));
		const told = async () => (await healthOf(sharded)).put_off;
		const oldest = new Date(sentAt).toISOString();
		expect(await told()).toBeNull();
		await fail(sharded, { kind: "overloaded", shard: "DB_2" });
		expect(await sharded.bring([...messages(12, 0, 3), ...messages(4, 3, 5)])).toEqual([]);
		expect(await healthOf(sharded)).toMatchObject({ queue: null, put_off: { messages: 5, oldest, attempts: 12 } });
		expect(await pageOf(await logInTo(sharded, "operator"))).toMatch(
			/\|5 messages could not be written and will be tried again, the oldest sent on [^|]+ and tried 12 times\.\|Nothing came through/,
		);
		expect((await sharded.db.prepare("SELECT attempts FROM ingest_put_off").all()).results).toHaveLength(2);

		await fail(sharded, { kind: "none" });
		await sharded.bring(messages(13, 0, 2));
		expect(await told()).toEqual({ messages: 3, oldest, attempts: 12 });
		await sharded.bring([...messages(13, 2, 3), ...messages(5, 3, 5), ...messages(1, 5, 6)]);
		expect(await told()).toBeNull();

		// One row is not old for ever: what was sent hours after another that is written is the oldest then.
		const [early] = messages(1, 0, 1);
		const [late] = messages(1, 60, 61);
		await fail(sharded, { kind: "overloaded", shard: "DB_2" });
		await sharded.bring([early, late].filter((message) => message !== undefined));
		await fail(sharded, { kind: "none" });
		await sharded.bring(messages(2, 0, 1));
		expect(await told()).toEqual({ messages: 1, oldest: new Date(sentAt + HOUR_MS).toISOString(), attempts: 1 });
		await sharded.bring(messages(2, 60, 61));

		await sharded.bring([{ body: "unreadable", attempts: 20 }]);
		expect(await told()).toBeNull(); // That was the last try.
		const gone = [{ body: "unreadable", attempts: 19 }];
		await sharded.bring(gone);
		expect(await told()).toMatchObject({ messages: 1, attempts: 19 });
		await sharded.db
			.prepare("UPDATE ingest_put_off SET until = until - ?1")
			.bind(2 * HOUR_MS)
			.run();
		expect(await told()).toBeNull();
		await fail(sharded, { kind: "overloaded", shard: "DB", sql: "INSERT INTO ingest_put_off" });
		expect(await sharded.bring(gone)).toEqual([]);
		await fail(sharded, { kind: "none" });
		await sharded.bring(gone);
		expect(await told()).toMatchObject({ messages: 1 });
		await sharded.db.prepare("DELETE FROM ingest_put_off").run();
	});

	test("it names the one that does not answer, and tells what the others know", async () => {
		const operator = await logInTo(sharded, "operator");
		await sharded.nightly(Date.now());
		const shards = ["DB", "DB_2", "DB_3"];
		const all = await healthOf(sharded);
		expect([all.silent, all.deliveries.map(({ shard }) => shard)]).toEqual([null, shards]);
		for (const chore of ["retain", "recount"] as const)
			for (const db of sharded.shards.values()) await db.prepare(`UPDATE site SET ${chore}_at = 0`).run();
		const { waiting, last_run, dead_letters } = await healthOf(sharded);
		expect(waiting.retain.sites).toBe(waiting.recount.sites);

		await fail(sharded, { kind: "overloaded", shard: "DB_2", sql: "[^]*FROM site" });
		const without = await healthOf(sharded);
		expect(without).toMatchObject({ silent: ["DB_2"], last_run, dead_letters });
		expect(without.deliveries.map(({ shard }) => shard)).toEqual(["DB", "DB_3"]);
		expect(without.waiting.retain.sites).toBeGreaterThan(0);
		expect(without.waiting.retain.sites).toBeLessThan(waiting.retain.sites);
		expect(await pageOf(operator)).toContain("|No answer from DB_2: ");

		await fail(sharded, { kind: "lost", shard: "DB", sql: "" });
		const headless = await healthOf(sharded);
		expect(headless).toMatchObject({ silent: ["DB"], last_run: null, dead_letters: null, queue: null });
		expect(headless.deliveries.map(({ shard }) => shard)).toEqual(["DB_2", "DB_3"]);
	});
});
