import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Allowance } from "../../worker/deliver/allowance.ts";
import type { Send } from "../../worker/deliver/destination.ts";
import { LEAST, sweep } from "../../worker/deliver/sweep.ts";
import type { Env } from "../../worker/env.ts";
import { type Signer, tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { type HubSpot, openHubSpot } from "../harness/platforms/hubspot.ts";
import { startTarget, type Target } from "../harness/target.ts";

const SECRET = "what seals the secrets of the tests";

/** Requests that an invocation may make on Cloudflare's free plan, and those that deliveries take of them. */
const FREE_PLAN = 45;

/** Milliseconds after which an answer that nobody touched is told. */
const RESTED = 91_000;

let collector: TestCollector;
let hubspot: HubSpot;
let target: Target;
beforeAll(async () => {
	collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1", AFTERWORD_SECRET: SECRET } });
	hubspot = await openHubSpot();
});
beforeEach(async () => {
	target = await startTarget();
});
afterEach(async () => {
	await collector.db.prepare("DELETE FROM endpoint").run();
	hubspot.reset();
	await target.stop();
});
afterAll(async () => {
	await collector.stop();
	await hubspot.stop();
});

const pending = async (endpoint: string) =>
	Number(
		(
			await collector.db
				.prepare("SELECT count(*) AS n FROM delivery WHERE endpoint = ?1 AND state = 'pending'")
				.bind(endpoint)
				.first()
		)?.["n"],
	);

/** Answers of customers whose orders are signed, each on its way to these endpoints and none told yet. */
async function waiting(answers: number, endpoints: readonly string[]): Promise<void> {
	await collector.db.prepare("UPDATE endpoint SET paused_until = 9e15").run();
	const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" })).json();
	const signer: Signer = { site: collector.site.publicKey, kid: made.secret.kid, secret: made.signing_secret };
	for (let i = 0; i < answers; i++) {
		const token = tokenOf(signer, `${made.secret.kid}-${i}`, `customer-${i}@shop.example`);
		expect((await collector.send(collector.ask({ token }))).status).toBe(201);
	}
	await collector.minute(Date.now() + RESTED);
	await collector.db.prepare("UPDATE endpoint SET paused_until = NULL").run();
	for (const endpoint of endpoints) expect(await pending(endpoint)).toBe(answers);
}

async function makeHubSpot(): Promise<string> {
	const made = { kind: "hubspot", name: "CRM", settings: {}, credentials: { token: hubspot.token }, events: ["answer.scored"] };
	const reply = await collector.owner("/v1/webhooks", { method: "POST", body: JSON.stringify({ ...made, comments: false }) });
	expect(reply.status).toBe(201);
	return (await reply.json()).webhook.id;
}

/** One invocation that sweeps these endpoints side by side: how many requests it made, those to the database among them, and when each is due next. */
async function invocation(endpoints: readonly string[], allowance: Allowance) {
	let requests = 0;
	const counting = new Proxy(collector.db, {
		get: (db, name) =>
			name === "batch"
				? (statements: never[]) => {
						requests++;
						return db.batch(statements);
					}
				: (sql: string) => counted(db.prepare(sql)),
	});
	const counted = (statement: ReturnType<typeof collector.db.prepare>) => ({
		...statement,
		bind: (...values: unknown[]) => counted(statement.bind(...values)),
		all: () => {
			requests++;
			return statement.all();
		},
		first: () => {
			requests++;
			return statement.first();
		},
	});
	const env = { DB: counting, AFTERWORD_SECRET: SECRET } as unknown as Env;
	const wayOut = (): Send => (url, init) => {
		requests++;
		if (url.startsWith("https://")) return hubspot.send(url, init);
		return fetch(url, { method: "POST", ...init }).then(({ status }) => ({ status, retryAfterMs: null, text: "" }));
	};
	const clock = () => Date.now() + RESTED;
	const next = await Promise.all(
		endpoints.map((endpoint) =>
			sweep(env, { place: { id: collector.site.id, shard: "DB" }, endpoint, calledAt: 0 }, allowance, clock, Math.random, wayOut),
		),
	);
	return { requests, next };
}

test("a sweep begins no delivery that its invocation could not end, however many requests one takes, and goes on in the next", async () => {
	const crm = await makeHubSpot();
	await waiting(20, [crm]);
	let invocations = 0;
	for (let next: number | null = 0; next !== null; invocations++) {
		const before = await pending(crm);
		const done = await invocation([crm], new Allowance(FREE_PLAN));
		expect(done.requests).toBeLessThanOrEqual(FREE_PLAN);
		expect(await pending(crm)).toBeLessThan(before);
		[next = null] = done.next;
	}
	expect([await pending(crm), hubspot.contacts.size]).toEqual([0, 20]);
	// The first made the properties; of a delivery that then took two requests thirteen might have been taken.
	expect(invocations).toBeLessThanOrEqual(3);
});

test("sweeps of one invocation share what it may ask, each of them gets on, and who asks less leaves it to the others", async () => {
	const crm = await makeHubSpot();
	const hooks: string[] = [];
	for (let i = 0; i < 4; i++) hooks.push((await makeEndpoint(collector, target.url, { events: ["answer.scored"] })).id);
	const all = [...hooks, crm];
	await waiting(12, all);
	let left = 12 * all.length;
	for (let next: (number | null)[] = [0]; next.some((at) => at !== null); ) {
		const due = (await Promise.all(all.map(async (id) => ((await pending(id)) > 0 ? [id] : [])))).flat();
		const done = await invocation(due, new Allowance(FREE_PLAN));
		expect(done.requests).toBeLessThanOrEqual(FREE_PLAN);
		const now = (await Promise.all(all.map(pending))).reduce((sum, n) => sum + n, 0);
		expect(left - now).toBeGreaterThanOrEqual(due.filter((id) => id !== crm).length);
		[left, next] = [now, done.next];
	}
	expect([left, hubspot.contacts.size, target.received.length]).toEqual([0, 12, 48]);
});

test("where too little is left a sweep holds nothing and is called again", async () => {
	const { id } = await makeEndpoint(collector, target.url, { events: ["answer.scored"] });
	await waiting(1, [id]);
	expect(await invocation([id], new Allowance(LEAST - 1))).toEqual({ requests: 0, next: [0] });
	expect(await invocation([id], new Allowance(LEAST))).toEqual({ requests: LEAST, next: [null] });
});
