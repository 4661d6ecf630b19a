import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { tokenOf } from "../bench/signed-orders.ts";
import { type DeliveryStage, setDeliveryStage } from "../harness/delivery-stage.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { tellAll } from "../harness/outbox.ts";

/** Milliseconds after which an answer that nobody touched is told. */
const RESTED = 91_000;
const HOUR = 3_600_000;

let stage: DeliveryStage;
beforeAll(async () => {
	stage = await setDeliveryStage();
});
beforeEach(() => stage.begin());
afterEach(() => stage.end());
afterAll(() => stage.stop());

const rows = async <Row>(sql: string) => (await stage.collector.db.prepare(sql).all<Row>()).results;
const deliveries = () =>
	rows<{ id: string; type: string; state: string; tries: number }>(
		"SELECT id, type, state, tries FROM delivery ORDER BY type, id",
	);

test("a low answer and its case are told once, signed, with score and comment in one", async () => {
	const { secret } = await makeEndpoint(stage.collector, stage.target.url, { comments: true });
	const tap = stage.collector.ask({ score: 2, customer: "someone-else", segments: { channel: "page" } as never });
	await stage.collector.send(tap);
	await stage.collector.send({ ...tap, rev: 2, drivers: ["delivery"] });
	await stage.collector.send({ ...tap, rev: 3, drivers: ["delivery"], comment: "Late." });
	await tellAll(stage.collector, Date.now());
	expect(await deliveries()).toEqual([]);
	await tellAll(stage.collector, Date.now() + RESTED);
	await tellAll(stage.collector, Date.now() + RESTED);

	await stage.target.until(2);
	const told = stage.target.verified(secret);
	expect(told.map(({ type }) => type).sort()).toEqual(["answer.scored", "case.opened"]);
	for (const { data } of told)
		expect(data).toMatchObject({
			survey: "nps",
			score: 2,
			group: "detractors",
			drivers: ["delivery"],
			comment: "Late.",
			customer: null,
		});
	await expect
		.poll(deliveries)
		.toEqual([
			expect.objectContaining({ type: "answer.scored", state: "delivered", tries: 1 }),
			expect.objectContaining({ type: "case.opened", state: "delivered", tries: 1 }),
		]);
	await stage.collector.send({ ...tap, rev: 4, score: 3, drivers: ["delivery"], comment: "Late." });
	await tellAll(stage.collector, Date.now() + 3 * RESTED);
	await stage.target.until(3);
	expect(stage.target.verified(secret).at(-1)).toMatchObject({ type: "answer.updated", data: { score: 3 } });
});

test("comments that are turned off leave no more: with no retry, and no replay of one or of a range", async () => {
	const { collector, target } = stage;
	target.reply((response) => response.writeHead(500).end());
	const { id } = await makeEndpoint(collector, target.url, { comments: true, events: ["answer.scored", "case.opened"] });
	await collector.send(collector.ask({ score: 2, comment: "Private words." }));
	const now = Date.now() + RESTED;
	await collector.minute(now);
	const states = async () => (await deliveries()).map(({ state, tries }) => [state, tries]);
	await expect.poll(states).toEqual(Array.from({ length: 2 }, () => ["pending", 1]));
	expect(target.received.map(({ body }) => JSON.parse(body).data.comment)).toEqual(["Private words.", "Private words."]);
	expect((await collector.owner(`/v1/webhooks/${id}`, { method: "PATCH", body: '{"comments":false}' })).status).toBe(200);
	target.reply((response) => response.writeHead(204).end());
	await collector.minute(now + 60_000);
	const arrived = () => expect.poll(states).toEqual([...Array.from({ length: 2 }, () => ["delivered", expect.any(Number)])]);
	await arrived();
	const post = (path: string, body?: string) => collector.owner(path, { method: "POST", ...(body ? { body } : {}) });
	expect((await post(`/v1/deliveries/${(await deliveries())[0]?.id}/replay`)).status).toBe(200);
	await target.until(5);
	await arrived();
	const all = { from: new Date(0), to: new Date(now + RESTED), state: "delivered" };
	expect(await (await post(`/v1/webhooks/${id}/replay`, JSON.stringify(all))).json()).toEqual({ replayed: 2, next: null });
	await target.until(7);
	const sent = target.received.slice(2).map(({ body }) => JSON.parse(body));
	expect(sent.map(({ data }) => data.comment)).toEqual(Array.from({ length: 5 }, () => null));
	expect(JSON.stringify(sent)).not.toContain("Private");
	await arrived();
});

test("what an endpoint does not want is not told: other events, surveys, groups and segments", async () => {
	await stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["gold", "free"] } }) });
	const wanting = async (filter: object, events = ["answer.scored"]) =>
		(await makeEndpoint(stage.collector, stage.target.url, { events, filter })).id;
	const endpoints = {
		all: await wanting({}),
		csat: await wanting({ surveys: ["csat"] }),
		detractors: await wanting({ groups: ["detractors"] }),
		gold: await wanting({ segments: ["plan:gold", "channel:email"] }),
		cases: await wanting({ groups: ["promoters"] }, ["case.opened"]),
	};
	const asks = {
		low: stage.collector.ask({ score: 0, segments: { plan: "free" } }),
		gold: stage.collector.ask({ score: 9, segments: { plan: "gold" } }),
		mail: stage.collector.ask({ survey: "csat", score: 5, channel: "email" }),
		shown: stage.collector.ask({ status: "dismissed" }),
	};
	for (const ask of Object.values(asks)) await stage.collector.send(ask);
	await tellAll(stage.collector, Date.now() + RESTED);
	await stage.target.until(3 + 1 + 1 + 2);
	const told = async (endpoint: string) =>
		(
			await rows<{ endpoint: string; score: number }>(
				"SELECT endpoint, json_extract(body, '$.data.score') AS score FROM delivery",
			)
		)
			.filter((row) => row.endpoint === endpoint)
			.map(({ score }) => score)
			.sort((a, b) => a - b);
	expect(await told(endpoints.all)).toEqual([0, 5, 9]);
	expect(await told(endpoints.csat)).toEqual([5]);
	expect(await told(endpoints.detractors)).toEqual([0]);
	expect(await told(endpoints.gold)).toEqual([5, 9]);
	expect(await told(endpoints.cases)).toEqual([]);
});

test("a CRM is told of verified customers alone, and nobody of what a page claims", async () => {
	const site = await stage.collector.makeSite();
	const post = async (path: string, body: object) => {
		const response = await stage.collector.owner(path, { method: "POST", body: JSON.stringify(body) }, site);
		return { status: response.status, body: await response.json() };
	};
	const { body: signing } = await post("/v1/signing-secrets", {});
	const signer = { site: site.publicKey, kid: signing.secret.kid, secret: signing.signing_secret };
	const crms = { hubspot: { token: "pat-eu1-0000000000000000" }, klaviyo: { api_key: "pk_0000000000000000000000" } };
	for (const [kind, credentials] of Object.entries(crms)) {
		const made = await post("/v1/webhooks", {
			kind,
			name: kind,
			settings: {},
			credentials,
			events: ["answer.scored"],
			comments: false,
		});
		expect([made.status, JSON.stringify(made.body).includes("000000000000")]).toEqual([201, false]);
	}
	await makeEndpoint(stage.collector, stage.target.url, { events: ["answer.scored"] }, site);
	// Nothing leaves this machine: those of the CRMs wait.
	await stage.collector.db.prepare("UPDATE endpoint SET paused_until = 9e15 WHERE kind <> 'webhook'").run();
	const ask = (changes: object) => stage.collector.ask({ site: site.publicKey, ...changes });
	await stage.collector.send(ask({ score: 3, transaction: "1", customer: "claimed@example.com" }));
	await stage.collector.send(ask({ score: 4, transaction: "2", token: tokenOf(signer, "2", "ann@example.com") }));
	await stage.collector.send(ask({ score: 5, transaction: "3", token: tokenOf(signer, "3") }));
	await tellAll(stage.collector, Date.now() + RESTED);
	await stage.target.until(3);
	const bodies = stage.target.received.map(({ body }) => JSON.parse(body).data).sort((a, b) => a.score - b.score);
	expect(bodies.map(({ customer, verified }) => [customer, verified])).toEqual([
		[null, false],
		["ann@example.com", true],
		[null, true],
	]);
	const outbox =
		"SELECT e.kind, json_extract(d.body, '$.data.score') AS score FROM delivery d JOIN endpoint e ON e.site = d.site AND e.id = d.endpoint WHERE e.kind <> 'webhook' ORDER BY e.kind";
	expect(await rows(outbox)).toEqual([
		{ kind: "hubspot", score: 4 },
		{ kind: "klaviyo", score: 4 },
	]);
	expect(JSON.stringify(await rows("SELECT body FROM delivery"))).not.toContain("claimed@example.com");
	expect(stage.collector.log.join()).not.toMatch(/pat-eu1-|pk_0000|ann@example/);
});

const dateIn = (hours: number) => new Date(Date.now() + hours * HOUR).toUTCString();

test.each([
	["a date", 429, dateIn(2), 2],
	["a date weeks ahead", 503, dateIn(500), 24],
	["seconds of many days", 503, "9999999", 24],
	["a date that is over", 429, dateIn(-1), null],
	["a date, with a status that is no wish to wait", 500, dateIn(2), null],
] as const)("a target that asks to wait by %s is heeded for a day at most", async (_, status, header, hours) => {
	const { collector, target } = stage;
	const { id } = await makeEndpoint(collector, target.url);
	target.reply((response) => response.writeHead(status, { "retry-after": header }).end());
	expect((await collector.owner(`/v1/webhooks/${id}/test`, { method: "POST" })).status).toBe(202);
	const swept =
		"SELECT paused_until, attempts FROM endpoint JOIN delivery d ON d.endpoint = endpoint.id WHERE leased_until IS NULL AND attempts <> '[]'";
	await expect.poll(() => rows(swept), { timeout: 20_000 }).toHaveLength(1);
	const [{ paused_until = null, attempts = "[]" } = {}] = await rows<{ paused_until?: number; attempts?: string }>(swept);
	const [{ at }] = JSON.parse(attempts);
	expect(paused_until && Math.round((paused_until - Date.parse(at)) / HOUR)).toBe(hours);
});

test("a payload that cannot be sent is dead and seen, keeps no other waiting, and is told once what was wrong with it is mended", async () => {
	const { id, secret } = await makeEndpoint(stage.collector, stage.target.url, { events: ["answer.scored"] });
	await stage.collector.db.prepare("UPDATE endpoint SET paused_until = 9e15").run();
	for (const score of [1, 9]) await stage.collector.send(stage.collector.ask({ score }));
	let now = Date.now() + RESTED;
	await tellAll(stage.collector, now);
	const poisoned = "UPDATE delivery SET body = 'not' || body WHERE json_extract(body, '$.data.score') = 1 AND endpoint = ?1";
	await stage.collector.db.prepare(poisoned).bind(id).run();
	await stage.collector.db.prepare("UPDATE endpoint SET paused_until = NULL").run();
	const states = async () =>
		rows<{ id: string; state: string; tries: number; due_at: number }>(
			`SELECT id, state, tries, due_at FROM delivery WHERE endpoint = '${id}' ORDER BY tries`,
		);
	for (let tries = 1; tries <= 10; tries++) {
		await tellAll(stage.collector, now);
		await expect.poll(async () => (await states()).at(-1)?.tries, { timeout: 10_000 }).toBe(tries);
		now = Math.max(now, (await states()).at(-1)?.due_at ?? 0);
	}
	const [told, dead] = await states();
	expect([told, dead]).toMatchObject([
		{ state: "delivered", tries: 1 },
		{ state: "dead", tries: 10 },
	]);
	expect(stage.target.received).toHaveLength(1);
	const { deliveries: seen } = await (await stage.collector.owner(`/v1/webhooks/${id}/deliveries?state=dead`)).json();
	expect(seen).toMatchObject([{ id: dead?.id, state: "dead", tries: 10 }]);
	await stage.collector.db.prepare("UPDATE delivery SET body = substr(body, 4) WHERE body LIKE 'not%'").run();
	expect((await stage.collector.owner(`/v1/deliveries/${dead?.id}/replay`, { method: "POST" })).status).toBe(200);
	await stage.target.until(2);
	expect(stage.target.verified(secret).at(-1)).toMatchObject({ id: dead?.id, type: "answer.scored", data: { score: 1 } });
	await expect.poll(async () => (await states()).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
});
