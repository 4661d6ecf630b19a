import { afterAll, beforeAll, expect, test } from "vitest";
import { SHOP, startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

/** Sends asks from an address until one is refused, at most so many; gives how many passed and the refusal. */
async function until429(address: string, most: number, change: (i: number) => object = () => ({})) {
	for (let i = 0; i < most; i++) {
		const reply = await collector.send(collector.ask(change(i)), { "cf-connecting-ip": address });
		if (reply.status === 429) return { passed: i, reply };
		expect([200, 201]).toContain(reply.status);
	}
	return { passed: most, reply: null };
}

const stored = async () => Number((await collector.db.prepare("SELECT count(*) AS n FROM ask").first())?.["n"]);

/** Waits for a new window of the limiters, which begin with the clock's tens of seconds. */
async function newWindow(): Promise<void> {
	const left = 10_000 - (Date.now() % 10_000);
	if (left < 6_000) await new Promise((later) => setTimeout(later, left + 50));
}

test("from one address 60 new asks pass in ten seconds; the next is told when to come again and stores nothing", async () => {
	await newWindow();
	const { passed, reply } = await until429("203.0.113.7", 70);
	expect(passed).toBe(60);
	const problem = await reply?.json();
	expect([problem.code, reply?.headers.get("retry-after")]).toEqual(["too_many_requests", "10"]);
	expect(reply?.headers.get("access-control-allow-origin")).toBe("*");
	const before = await stored();
	await collector.send(collector.ask(), { "cf-connecting-ip": "203.0.113.7" });
	expect(await stored()).toBe(before);
});

test("another address is not held up, nor is a request that comes from none", async () => {
	expect((await collector.send(collector.ask(), { "cf-connecting-ip": "203.0.113.8" })).status).toBe(201);
	const unnamed = await collector.fetch("/v1/responses", {
		method: "POST",
		headers: { origin: SHOP, "content-type": "text/plain" },
		body: JSON.stringify(collector.ask()),
	});
	expect(unnamed.status).toBe(201);
});

test("the addresses of one IPv6 network are one", async () => {
	await newWindow();
	const { passed } = await until429("2001:db8:1:2::1", 60);
	expect(passed).toBe(60);
	for (const [address, status] of [
		["2001:0db8:0001:0002:ffff::9", 429],
		["2001:DB8:1:2:0:0:0:5", 429],
		["2001:db8:1:3::1", 201],
	] as const)
		expect([address, (await collector.send(collector.ask(), { "cf-connecting-ip": address })).status]).toEqual([address, status]);
});

test("edits of an answer have room of their own", async () => {
	await newWindow();
	const ask = collector.ask();
	const from = { "cf-connecting-ip": "203.0.113.9" };
	expect((await collector.send(ask, from)).status).toBe(201);
	for (let rev = 2; rev < 100; rev++) expect((await collector.send({ ...ask, rev }, from)).status).toBe(201);
});

test("no address is kept anywhere", async () => {
	const tables = await collector.db
		.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
		.all();
	for (const { name } of tables.results) {
		const rows = JSON.stringify((await collector.db.prepare(`SELECT * FROM "${name}"`).all()).results);
		expect([name, /203\.0\.113|2001:db8/i.test(rows)]).toEqual([name, false]);
	}
});
