import { mkdtemp, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { outboxFaults, tellAll } from "../harness/outbox.ts";
import { startTarget, type Target } from "../harness/target.ts";

/** Milliseconds after which an answer that nobody touched is told. */
const RESTED = 91_000;
const HOUR = 60 * 60 * 1000;

let collector: TestCollector;
let state: string;
let targets: Target[] = [];
beforeAll(async () => {
	state = await mkdtemp(join(tmpdir(), "afterword-deliveries-"));
	collector = await startCollector({ state, vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
});
afterEach(async () => {
	expect(await outboxFaults(collector.db)).toEqual([]);
	for (const table of ["endpoint", "ask", "event_due"]) await collector.db.prepare(`DELETE FROM ${table}`).run();
	await Promise.all(targets.map((target) => target.stop()));
	targets = [];
});
afterAll(async () => {
	await collector.stop();
	await rm(state, { recursive: true });
});

interface Row {
	id: string;
	endpoint: string;
	type: string;
	state: string;
	tries: number;
	due_at: number;
	attempts: string;
}

const rows = async () => (await collector.db.prepare("SELECT * FROM delivery ORDER BY created_at, id").all<Row>()).results;
const row = async (endpoint: string) => {
	const found = (await rows()).filter((each) => each.endpoint === endpoint);
	if (found.length !== 1) throw new Error(`${found.length} deliveries`);
	return found[0] as Row;
};
const reasons = ({ attempts }: Row) => JSON.parse(attempts).map((each: { reason: string }) => each.reason);

async function newTarget(): Promise<Target> {
	const target = await startTarget();
	targets.push(target);
	return target;
}

/** Lets one low answer rest, and runs the minute in which its case is told. @returns that minute */
async function oneCase(): Promise<number> {
	await collector.send(collector.ask({ score: 1 }));
	const now = Date.now() + RESTED;
	await tellAll(collector, now);
	return now;
}

const CASES = { events: ["case.opened"] };

test("a target that answers 500 is tried ten times over three days, then the delivery is dead and seen", async () => {
	const target = await newTarget();
	target.reply((response) => response.writeHead(500).end());
	const { id } = await makeEndpoint(collector, target.url, CASES);
	let now = await oneCase();
	const waits: number[] = [];
	for (let tries = 1; tries <= 10; tries++) {
		await expect.poll(async () => (await row(id)).tries, { timeout: 10_000 }).toBe(tries);
		const { due_at, state } = await row(id);
		if (state === "dead") break;
		waits.push(due_at - now);
		now = due_at;
		await tellAll(collector, now);
	}
	expect(await row(id)).toMatchObject({ state: "dead", tries: 10 });
	const hours = [5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24];
	for (const [i, hour] of hours.entries()) {
		expect(waits[i]).toBeGreaterThanOrEqual(0.8 * hour * HOUR);
		expect(waits[i]).toBeLessThanOrEqual(1.2 * hour * HOUR + 60_000);
	}
	expect(new Set(target.received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([(await row(id)).id]));
});

test("one that hangs and those that answer a byte at a time, body or headers, delay no other, and are given up after fifteen seconds", async () => {
	const healthy = await newTarget();
	const { id } = await makeEndpoint(collector, healthy.url, CASES);
	const drip = (response: ServerResponse, write: () => void) => {
		const drops = setInterval(write, 500);
		response.socket?.on("close", () => clearInterval(drops));
	};
	const slow: string[] = [];
	for (const how of [
		() => {},
		(response: ServerResponse) => {
			response.writeHead(200, { "content-length": "1000" });
			drip(response, () => response.write("."));
		},
		(response: ServerResponse) => {
			response.socket?.write("HTTP/1.1 200 OK\r\nx-drops: ");
			drip(response, () => response.socket?.write("."));
		},
	]) {
		const target = await newTarget();
		target.reply(how);
		slow.push((await makeEndpoint(collector, target.url, CASES)).id);
	}
	await oneCase();
	await healthy.until(1);
	await expect.poll(async () => (await row(id)).state).toBe("delivered");
	for (const each of slow) expect((await row(each)).tries).toBe(0);
	for (const each of slow) {
		await expect.poll(async () => (await row(each)).tries, { timeout: 30_000 }).toBe(1);
		expect(await row(each)).toMatchObject({ state: "pending" });
		expect(reasons(await row(each))).toEqual(["The target did not answer within 15 seconds"]);
	}
});

test("a redirect is not followed", async () => {
	const [target, elsewhere] = [await newTarget(), await newTarget()];
	target.reply((response) => response.writeHead(302, { location: elsewhere.url }).end());
	const { id } = await makeEndpoint(collector, target.url, CASES);
	await oneCase();
	await expect.poll(async () => (await row(id)).tries).toBe(1);
	expect(await row(id)).toMatchObject({ state: "pending" });
	expect(reasons(await row(id))).toEqual(["The target redirects, which is not followed"]);
	expect(elsewhere.received).toEqual([]);
});

test("one that is gone ends its endpoint: what was pending is dead, and nothing more is made for it", async () => {
	const target = await newTarget();
	target.reply((response) => response.writeHead(410).end());
	const { id } = await makeEndpoint(collector, target.url, CASES);
	await oneCase();
	await expect.poll(async () => (await row(id)).state).toBe("dead");
	const endpoint = await collector.db.prepare("SELECT active, ended, next_at FROM endpoint WHERE id = ?1").bind(id).first();
	expect(endpoint).toEqual({ active: 0, ended: "gone", next_at: null });
	await oneCase();
	expect(await row(id)).toMatchObject({ tries: 1 });
	await collector.db.prepare("DELETE FROM endpoint").run();
});

test("five megabytes of reply are neither read nor waited for", async () => {
	const target = await newTarget();
	let taken = 0;
	target.reply((response) => {
		response.writeHead(200);
		const more = () => {
			while (taken < 5 * 2 ** 20) {
				taken += 2 ** 14;
				if (!response.write("x".repeat(2 ** 14))) return void response.once("drain", more);
			}
			response.end();
		};
		response.on("error", () => {});
		more();
	});
	const { id } = await makeEndpoint(collector, target.url, CASES);
	await oneCase();
	await expect.poll(async () => (await row(id)).state).toBe("delivered");
	expect(taken).toBeLessThan(5 * 2 ** 20);
	expect((await row(id)).attempts).not.toContain("xx");
});

test("a target that asks to wait is left alone that long, whatever else happens", async () => {
	const target = await newTarget();
	target.reply((response) => response.writeHead(target.received.length === 1 ? 429 : 204, { "retry-after": "7200" }).end());
	const { id } = await makeEndpoint(collector, target.url, CASES);
	const now = await oneCase();
	await expect.poll(async () => (await row(id)).tries).toBe(1);
	await collector.send(collector.ask({ score: 0 }));
	for (const wait of [RESTED, HOUR, 1.9 * HOUR]) await tellAll(collector, now + wait);
	expect(target.received).toHaveLength(1);
	await tellAll(collector, now + 2 * HOUR + 60_000);
	await target.until(3);
	await expect.poll(async () => (await rows()).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
});

test("two runs at once, and one that is killed after the POST: nothing is told under two ids, and nothing is lost", async () => {
	const target = await newTarget();
	const { id } = await makeEndpoint(collector, target.url, CASES);
	for (let i = 0; i < 12; i++) await collector.send(collector.ask({ score: i % 7 }));
	const now = Date.now() + RESTED;
	let held = 0;
	target.reply((response) => void (++held > 4 ? response.writeHead(204).end() : null)); // The first four never hear back.
	await Promise.all([tellAll(collector, now), tellAll(collector, now)]);
	await target.until(4);
	await collector.restart();
	expect(await outboxFaults(collector.db)).toEqual([]);
	await tellAll(collector, now + 5 * 60_000);
	await target.until(4 + 12);
	await expect
		.poll(async () => (await rows()).filter((each) => each.endpoint === id).map(({ state }) => state))
		.toEqual(Array.from({ length: 12 }, () => "delivered"));
	const ids = target.received.map(({ headers }) => headers["webhook-id"]);
	expect(new Set(ids).size).toBe(12);
	const subjects = target.received.map(({ body }) => JSON.parse(body).data.id);
	expect(new Set(subjects).size).toBe(12);
});

test("an answer that is erased or deleted before it is told is not told", async () => {
	const target = await newTarget();
	await makeEndpoint(collector, target.url, { events: ["answer.scored"], comments: true });
	const [erased, kept] = [
		collector.ask({ score: 9, transaction: "erase-me", comment: "Ann was here" }),
		collector.ask({ score: 8 }),
	];
	await collector.send(erased);
	await collector.send(kept);
	await collector.owner("/v1/transactions/erase-me", { method: "DELETE" });
	await tellAll(collector, Date.now() + RESTED);
	await target.until(1);
	await expect.poll(async () => (await rows()).map(({ state }) => state)).toEqual(["delivered"]);
	expect(target.received.map(({ body }) => JSON.parse(body).data.score)).toEqual([8]);
});

test("an endpoint where nothing has got through for five days is given up, and goes on where it stood once its owner resumes it", async () => {
	const target = await newTarget();
	target.reply((response) => response.writeHead(503).end());
	const { id } = await makeEndpoint(collector, target.url, CASES);
	const now = await oneCase();
	await expect.poll(async () => (await row(id)).tries).toBe(1);
	const since = "UPDATE endpoint SET failing_since = ?2 WHERE id = ?1 RETURNING failing_since";
	expect(
		await collector.db
			.prepare(since)
			.bind(id, now - 121 * HOUR)
			.first(),
	).not.toBeNull();
	await tellAll(collector, (await row(id)).due_at);
	await expect.poll(async () => (await row(id)).state).toBe("dead");
	const webhook = await (await collector.owner(`/v1/webhooks/${id}`)).json();
	expect(webhook).toMatchObject({ active: false, ended: "failing", deliveries: { pending: 0, dead: 1 } });

	target.reply((response) => response.writeHead(204).end());
	const resumed = await collector.owner(`/v1/webhooks/${id}`, { method: "PATCH", body: JSON.stringify({ active: true }) });
	expect(resumed.status).toBe(200);
	const replayed = await collector.owner(`/v1/deliveries/${(await row(id)).id}/replay`, { method: "POST" });
	expect(replayed.status).toBe(200);
	await expect.poll(async () => (await row(id)).state).toBe("delivered");
	expect(new Set(target.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

test("an endpoint whose last event was given up long ago is not given up with the first try of the next", async () => {
	const target = await newTarget();
	target.reply((response) => response.writeHead(503).end());
	const { id } = await makeEndpoint(collector, target.url, CASES);
	const now = await oneCase();
	await expect.poll(async () => (await row(id)).tries).toBe(1);
	// As ten tries and ten days leave it.
	const { id: dead } = await row(id);
	await collector.db.prepare("UPDATE delivery SET state = 'dead', tries = 10, ended_at = 1 WHERE id = ?1").bind(dead).run();
	await collector.db
		.prepare("UPDATE endpoint SET next_at = NULL, failing_since = ?2 WHERE id = ?1")
		.bind(id, now - 240 * HOUR)
		.run();
	await oneCase();
	const next = async () => (await rows()).find((each) => each.endpoint === id && each.id !== dead);
	await expect.poll(async () => (await next())?.tries).toBe(1);
	expect(await next()).toMatchObject({ state: "pending" });
	const webhook = await (await collector.owner(`/v1/webhooks/${id}`)).json();
	expect(webhook).toMatchObject({ active: true, ended: null, failing_since: expect.any(String) });
	expect(Date.parse(webhook.failing_since)).toBeGreaterThanOrEqual(now);
});
