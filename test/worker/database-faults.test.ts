import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ entry: "faulty" });
});
afterEach(() => fail("none", 0));
afterAll(() => collector.stop());

async function fail(kind: "none" | "overloaded" | "lost" | "lost-after-commit", share: number): Promise<void> {
	await collector.fetch("/faults", { method: "POST", body: JSON.stringify({ kind, share }) });
}

const scoresOf = async (transaction: string): Promise<number[]> => {
	const statement = collector.db.prepare('SELECT score FROM ask WHERE "transaction" = ?1').bind(transaction);
	return (await statement.all()).results.map(({ score }) => Number(score));
};

/** Sends a first revision and an edit of so many asks, and gives the answers' statuses. */
async function sendMany(name: string, count: number): Promise<string[]> {
	const statuses: string[] = [];
	for (let i = 0; i < count; i++) {
		const ask = collector.ask({ transaction: `${name}-${i}`, score: i % 11 });
		for (const revision of [ask, { ...ask, rev: 2, comment: "and a word" }]) {
			const reply = await collector.send(revision);
			statuses.push(`${reply.status} ${(await reply.json()).status}`);
		}
	}
	return statuses;
}

/** Waits until as many asks of that name are stored with their comment, each once, and the tally is a recount. */
async function expectAll(name: string, count: number): Promise<void> {
	const stored = () =>
		collector.db
			.prepare(
				`SELECT count(*) AS n, count(comment) AS commented, sum(score) AS sum FROM ask WHERE "transaction" LIKE ?1 || '-%'`,
			)
			.bind(name)
			.first();
	const sum = Array.from({ length: count }, (_, i) => i % 11).reduce((a, b) => a + b, 0);
	await expect.poll(stored, { timeout: 20_000, interval: 100 }).toEqual({ n: count, commented: count, sum });
	expect(await collector.drift()).toEqual([]);
}

test("a connection that is lost now and then is tried again: everything is stored at once", async () => {
	await fail("lost", 0.3);
	const statuses = await sendMany("lost", 30);
	await fail("none", 0);
	expect(statuses.filter((status) => status === "201 stored").length).toBeGreaterThan(50);
	await expectAll("lost", 30);
});

test("a connection that is lost after the commit stores nothing twice", async () => {
	await fail("lost-after-commit", 0.5);
	const statuses = await sendMany("after", 30);
	await fail("none", 0);
	// One that is lost four times in a row goes through the queue.
	for (const status of statuses) expect(["201 stored", "200 duplicate", "202 queued"]).toContain(status);
	expect(statuses).toContain("200 duplicate");
	await expectAll("after", 30);
});

test("an overloaded database loses nothing: what it cannot take goes through the queue", async () => {
	await fail("overloaded", 1);
	expect(new Set(await sendMany("over", 20))).toEqual(new Set(["202 queued"]));
	await fail("none", 0);
	await expectAll("over", 20);
});

test("a database that is overloaded a third of the time loses nothing and doubles nothing", async () => {
	await fail("overloaded", 0.3);
	const statuses = new Set(await sendMany("third", 40));
	await fail("none", 0);
	expect(statuses).toEqual(new Set(["201 stored", "202 queued"]));
	await expectAll("third", 40);
});

test("a site that says so is written through the queue, in hundreds", async () => {
	const ingest = (how: string) => collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ ingest: how }) });
	await ingest("queue");
	expect(new Set(await sendMany("queue", 150))).toEqual(new Set(["202 queued"]));
	await expectAll("queue", 150);
	await ingest("direct");
});

test("what is not valid is refused before it reaches the queue", async () => {
	await fail("overloaded", 1);
	expect((await collector.send(collector.ask({ score: 99 }))).status).toBe(400);
	expect((await collector.send({ ...collector.ask(), site: "aw_pub_x" })).status).toBe(400);
	await fail("none", 0);
	expect(await scoresOf("nothing")).toEqual([]);
});
