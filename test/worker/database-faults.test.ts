import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SHOP, startCollector, type TestCollector } from "../harness/collector.ts";
import { queuedRevision } from "../harness/queued-revision.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ entry: "faulty" });
});
afterEach(() => fail("none", 0));
afterAll(() => collector.stop());

/** Lets so many of the writes of asks fail, with one of the messages of test/harness/faulty-entry.js. */
async function fail(kind: string, share: number, more: object = {}): Promise<void> {
	await collector.fetch("/faults", { method: "POST", body: JSON.stringify({ kind, share, ...more }) });
}

const ingest = (how: "direct" | "queue", site = collector.site) =>
	collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ ingest: how }) }, site);

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
	await expect.poll(stored, { timeout: 120_000, interval: 100 }).toEqual({ n: count, commented: count, sum });
	expect(await collector.drift()).toEqual([]);
}

test.for(["lost", "reset", "starting", "updated", "unresolved"])(
	"a fault that passes (%s) is tried again: everything is stored at once",
	async (kind) => {
		await fail(kind, 0.3);
		const statuses = await sendMany(kind, 15);
		await fail("none", 0);
		expect(statuses.filter((status) => status === "201 stored").length).toBeGreaterThan(25);
		await expectAll(kind, 15);
	},
);

test.for(["too-many", "timed-out", "out-of-memory", "out-of-cpu"])(
	"a database that has more to do than it can (%s) is not asked again at once: the queue takes it",
	async (kind) => {
		await fail(kind, 1);
		expect(new Set(await sendMany(kind, 5))).toEqual(new Set(["202 queued"]));
		await fail("none", 0);
		await expectAll(kind, 5);
	},
);

test("a survey that shares its score loses no answer and no receipt where only the score cannot be read", async () => {
	const shared = await collector.makeSite();
	await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ share_score: true }) }, shared);
	const send = async (transaction: string) => {
		const reply = await collector.send({ ...collector.ask({ transaction }), site: shared.publicKey });
		return `${reply.status} ${(await reply.json()).status}`;
	};
	expect(await send("shares")).toBe("201 stored");
	await fail("overloaded", 1, { sql: "SELECT[^]* FROM shared_score" });
	expect(await send("unread")).toBe("201 stored");
	await fail("overloaded", 1, { sql: "" });
	expect(await send("queued")).toBe("202 queued");
	await fail("none", 0);
	await expect.poll(() => scoresOf("queued"), { timeout: 60_000 }).toEqual([9]);
	expect([await scoresOf("shares"), await scoresOf("unread")]).toEqual([[9], [9]]);
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

test("under load, with a third of all writes overloaded to the very end, two sites lose nothing and double nothing", async () => {
	const other = await collector.makeSite();
	await ingest("queue", other);
	await fail("overloaded", 0.3);
	const asks = Array.from({ length: 300 }, (_, i) => ({
		...collector.ask({ transaction: `load-${i}`, score: i % 11 }),
		site: (i % 3 === 0 ? other : collector.site).publicKey,
	}));
	const acknowledged = new Set<string>();
	const shopper = async (own: typeof asks) => {
		for (const ask of own)
			for (const revision of [ask, { ...ask, rev: 2, comment: "and a word" }]) {
				const reply = await collector.send(revision);
				expect([201, 202]).toContain(reply.status);
				await reply.arrayBuffer();
				acknowledged.add(ask.id);
			}
	};
	await Promise.all(Array.from({ length: 20 }, (_, i) => shopper(asks.filter((_, n) => n % 20 === i))));
	expect(acknowledged.size).toBe(300);
	await expectAll("load", 300);
});

test("an overloaded database is not asked one by one for what it did not take at once: the queue brings all of it later", async () => {
	const { id: site } = collector.site;
	const messages = Array.from({ length: 20 }, () => ({ attempts: 1, body: { site, revision: queuedRevision(Date.now()) } }));
	await fail("overloaded", 1, { times: 2 });
	expect(await collector.bring(messages)).toEqual([]);
	expect(await collector.bring(messages)).toEqual(messages.map((_, i) => i));
	expect(await collector.drift()).toEqual([]);
});

test("what is too much together, time and again, is written one by one, until the database can take no more", async () => {
	const { id: site } = collector.site;
	const messages = Array.from({ length: 5 }, () => ({ attempts: 4, body: { site, revision: queuedRevision(Date.now()) } }));
	await fail("out-of-cpu", 1, { times: 2 });
	expect(await collector.bring(messages)).toEqual([0, 1, 2, 3, 4]);
	await fail("out-of-cpu", 1, { times: 3 });
	expect(
		await collector.bring(
			messages.map(({ body, ...rest }) => ({ ...rest, body: { ...body, revision: queuedRevision(Date.now()) } })),
		),
	).toEqual([]);
});

test("where the queue takes nothing either, the answer is 503 with a time to come again, and coming again stores it once", async () => {
	for (const queue of ["missing", "throwing"]) {
		await fail("overloaded", 1, { queue });
		const ask = collector.ask({ transaction: `nowhere-${queue}`, score: 7 });
		const reply = await collector.send(ask);
		expect([reply.status, Number(reply.headers.get("retry-after")) >= 30]).toEqual([503, true]);
		expect(reply.headers.get("access-control-allow-origin")).toBe("*");
		expect(await scoresOf(ask.transaction ?? "")).toEqual([]);
		await fail("none", 0);
		expect((await collector.send(ask)).status).toBe(201);
		expect(await scoresOf(ask.transaction ?? "")).toEqual([7]);
	}
	expect(await collector.drift()).toEqual([]);
});

/** Sends an ask, and hangs up so many milliseconds later. */
async function hangUp(ask: object, ms: number): Promise<void> {
	const { hostname, port } = new URL(collector.url);
	const body = JSON.stringify(ask);
	const socket = connect(Number(port), hostname);
	await once(socket, "connect");
	socket.write(
		`POST /v1/responses HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${SHOP}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
	);
	await new Promise((later) => setTimeout(later, ms));
	socket.resetAndDestroy();
}

test("a client that hangs up while its answer is written, and never comes back, has answered", async () => {
	// It is written at the fourth try, half a second later or more.
	await fail("lost", 1, { times: 3 });
	await hangUp(collector.ask({ transaction: "gone", score: 4 }), 100);
	await expect.poll(() => scoresOf("gone"), { timeout: 10_000 }).toEqual([4]);
});

test("a client that hangs up at any moment, and comes back, has answered once", async () => {
	for (let i = 0; i < 30; i++) {
		const ask = collector.ask({ transaction: `hung-up-${i}`, score: i % 11 });
		await hangUp(ask, i / 2);
		expect([200, 201]).toContain((await collector.send(ask)).status);
		expect(await scoresOf(`hung-up-${i}`)).toEqual([i % 11]);
	}
	expect(await collector.drift()).toEqual([]);
});

const MISSING = ["ADDRESS_LIMIT", "FIRST_BURST_LIMIT", "FIRST_LIMIT", "FIRST_UNSIGNED_LIMIT"];

test.for(["missing", "throwing"])("with limiters %s answers pass", async (limiters) => {
	await fail("none", 0, { limiters });
	const from = { "cf-connecting-ip": "203.0.113.77" };
	const statuses = new Set<number>();
	for (let i = 0; i < 70; i++)
		statuses.add((await collector.send(collector.ask({ transaction: `${limiters}-${i}`, score: i % 11 }), from)).status);
	expect(statuses).toEqual(new Set([201]));
	const logged: string[] = await (await collector.fetch("/faults")).json();
	const lines = (event: string) => logged.filter((line) => line.includes(event));
	if (limiters === "throwing") expect(lines('"limiter_failed"').length).toBeGreaterThanOrEqual(70);
	// One that is not there is said once, and what each would have stopped went by.
	else
		expect(
			lines('"limiter_missing"')
				.toSorted()
				.map((line) => JSON.parse(line).limiter),
		).toEqual(MISSING);
	expect(logged.join("\n")).not.toMatch(/203\.0\.113/);
	await fail("none", 0);
	const { n } = Object(
		await collector.db.prepare(`SELECT count(*) AS n FROM ask WHERE "transaction" LIKE ?1 || '-%'`).bind(limiters).first(),
	);
	expect(n).toBe(70);
	expect(await collector.drift()).toEqual([]);
});
