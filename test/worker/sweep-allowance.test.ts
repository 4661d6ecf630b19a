import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { unstable_readConfig } from "wrangler";
import { PATHS } from "../../local/paths.ts";
import { Allowance } from "../../worker/deliver/allowance.ts";
import { sweepInTurn } from "../../worker/deliver/deliver-queue.ts";
import type { Send } from "../../worker/deliver/destination.ts";
import { DESTINATIONS } from "../../worker/deliver/destinations.ts";
import { everyMinute } from "../../worker/deliver/every-minute.ts";
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

/** Requests of one invocation that Cloudflare lets wait for their replies; the next waits its turn. workerd here has no such limit. */
const AT_ONCE = 6;

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

const targetOf = (endpoint: string) => ({ place: { id: collector.site.id, shard: "DB" }, endpoint, calledAt: 0 });

const clock = () => Date.now() + RESTED;

/** What one invocation has, without a queue, and how many requests it made of the database so far. */
function meteredEnv(): { readonly env: Env; asked(): number } {
	let requests = 0;
	const metered = new Proxy(collector.db, {
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
	const vars = { AFTERWORD_SECRET: SECRET, AFTERWORD_LOOPBACK_TARGETS: "1", D1_CALLS: String(FREE_PLAN) };
	return { env: { DB: metered, ...vars } as unknown as Env, asked: () => requests };
}

/** A way out to HubSpot and to the tests' own servers. */
const wayOut = (): Send => (url, init) => {
	if (url.startsWith("https://")) return hubspot.send(url, init);
	return fetch(url, { method: "POST", ...init }).then(({ status }) => ({ status, retryAfterMs: null, text: "" }));
};

/** One invocation that sweeps an endpoint: how many requests it made, those to the database among them, and when it is due next. */
async function invocation(endpoint: string, allowance: Allowance) {
	const { env, asked } = meteredEnv();
	let sent = 0;
	const counted = (): Send => (url, init) => {
		sent++;
		return wayOut()(url, init);
	};
	const next = await sweep(env, targetOf(endpoint), allowance, clock, Math.random, counted);
	return { requests: asked() + sent, next };
}

test("a sweep begins no delivery that its invocation could not end, however many requests one takes, and goes on in the next", async () => {
	const crm = await makeHubSpot();
	await waiting(20, [crm]);
	let invocations = 0;
	for (let next: number | null = 0; next !== null; invocations++) {
		const before = await pending(crm);
		const done = await invocation(crm, new Allowance(FREE_PLAN));
		expect(done.requests).toBeLessThanOrEqual(FREE_PLAN);
		expect(await pending(crm)).toBeLessThan(before);
		next = done.next;
	}
	expect([await pending(crm), hubspot.contacts.size]).toEqual([0, 20]);
	// The first made the properties; of a delivery that then took two requests thirteen might have been taken.
	expect(invocations).toBeLessThanOrEqual(3);
});

test("each call is an invocation of its own, in which no kind has more than six requests wait", () => {
	const { queues } = unstable_readConfig({ config: PATHS.wranglerConfig });
	expect(queues.consumers?.find(({ queue }: { queue: string }) => queue === "afterword-deliver")).toMatchObject({
		max_batch_size: 1,
	});
	for (const { kind, atOnce } of DESTINATIONS) expect([kind, atOnce <= AT_ONCE]).toEqual([kind, true]);
});

test("where there is no queue one invocation sweeps all in turn: each gets on, it asks no more than it may, and never do more than six requests wait", async () => {
	const hooks: string[] = [];
	for (let i = 0; i < 5; i++) hooks.push((await makeEndpoint(collector, target.url, { events: ["answer.scored"] })).id);
	await waiting(12, hooks);
	let [open, most] = [0, 0];
	target.reply((response) => {
		most = Math.max(most, ++open);
		setTimeout(() => {
			open--;
			response.writeHead(204).end();
		}, 20);
	});
	const { env, asked } = meteredEnv();
	const left = () => Promise.all(hooks.map(pending));
	for (let before = await left(); before.some((n) => n > 0); ) {
		const requests = asked() + target.received.length;
		const due = hooks.filter((_, i) => before[i] !== 0);
		await sweepInTurn(env, due.map(targetOf), clock);
		expect(asked() + target.received.length - requests).toBeLessThanOrEqual(FREE_PLAN);
		const after = await left();
		for (const [i, n] of before.entries()) expect(after[i]).toBeLessThan(Math.max(n, 1));
		before = after;
	}
	expect([target.received.length, most <= AT_ONCE]).toEqual([60, true]);
});

test("where too little is left a sweep holds nothing and is called again", async () => {
	const { id } = await makeEndpoint(collector, target.url, { events: ["answer.scored"] });
	await waiting(1, [id]);
	expect(await invocation(id, new Allowance(LEAST - 1))).toEqual({ requests: 0, next: 0 });
	expect(await invocation(id, new Allowance(LEAST))).toEqual({ requests: LEAST, next: null });
});

test("where there is no queue the first of many gets on, whatever its kind takes", async () => {
	const crm = await makeHubSpot();
	const hooks: string[] = [];
	for (let i = 0; i < 4; i++) hooks.push((await makeEndpoint(collector, target.url, { events: ["answer.scored"] })).id);
	await waiting(1, [crm, ...hooks]);
	const others = [...hooks, ...hooks].map(targetOf);
	await sweepInTurn(meteredEnv().env, [targetOf(crm), ...others], clock, FREE_PLAN, wayOut);
	expect([await pending(crm), hubspot.contacts.size]).toEqual([0, 1]);
});

test("where there is no queue a run that has much to tell sweeps with what it has left", async () => {
	const { id } = await makeEndpoint(collector, target.url, { events: ["answer.scored"] });
	await waiting(30, [id]);
	const gone =
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT 'gone', i, 'case.opened', 0 FROM n";
	await collector.db.prepare(`INSERT INTO event_due (site, subject, type, due_at) ${gone}`).run();
	const { env, asked } = meteredEnv();
	await everyMinute(env, clock(), clock);
	expect(asked() + target.received.length).toBeLessThanOrEqual(FREE_PLAN);
	expect(target.received.length).toBeGreaterThan(0);
	await collector.db.prepare("DELETE FROM event_due").run();
});
