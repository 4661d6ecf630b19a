import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { statementsOf } from "../../local/migrate.ts";
import { PATHS } from "../../local/paths.ts";
import { addMonths, dayOf } from "../../shared/day.ts";
import { dueEvents, keepDeliveries } from "../../worker/db/due-events.ts";
import { forgetIdentities } from "../../worker/db/retention.ts";
import { tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { startTarget, type Target } from "../harness/target.ts";

/** Milliseconds after which an answer that nobody touched is told. */
const RESTED = 91_000;

let collector: TestCollector;
let target: Target;
beforeAll(async () => {
	collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
});
beforeEach(async () => {
	target = await startTarget();
});
afterEach(async () => {
	await collector.db.prepare("DELETE FROM endpoint").run();
	await collector.db.prepare("DELETE FROM event_due").run();
	await target.stop();
});
afterAll(() => collector.stop());

const rows = async <Row>(sql: string) => (await collector.db.prepare(sql).all<Row>()).results;
const deliveries = () =>
	rows<{ id: string; type: string; state: string; tries: number }>(
		"SELECT id, type, state, tries FROM delivery ORDER BY type, id",
	);

test("a low answer and its case are told once, signed, with score and comment in one", async () => {
	const { secret } = await makeEndpoint(collector, target.url, { comments: true });
	const tap = collector.ask({ score: 2, customer: "someone-else", segments: { channel: "page" } as never });
	await collector.send(tap);
	await collector.send({ ...tap, rev: 2, drivers: ["delivery"] });
	await collector.send({ ...tap, rev: 3, drivers: ["delivery"], comment: "Late." });
	await collector.minute(Date.now());
	expect(await deliveries()).toEqual([]);
	await collector.minute(Date.now() + RESTED);
	await collector.minute(Date.now() + RESTED);

	await target.until(2);
	const told = target.verified(secret);
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
	await collector.send({ ...tap, rev: 4, score: 3, drivers: ["delivery"], comment: "Late." });
	await collector.minute(Date.now() + 3 * RESTED);
	await target.until(3);
	expect(target.verified(secret).at(-1)).toMatchObject({ type: "answer.updated", data: { score: 3 } });
});

test("what an endpoint does not want is not told: other events, surveys, groups and segments", async () => {
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["gold", "free"] } }) });
	const wanting = async (filter: object, events = ["answer.scored"]) =>
		(await makeEndpoint(collector, target.url, { events, filter })).id;
	const endpoints = {
		all: await wanting({}),
		csat: await wanting({ surveys: ["csat"] }),
		detractors: await wanting({ groups: ["detractors"] }),
		gold: await wanting({ segments: ["plan:gold", "channel:email"] }),
		cases: await wanting({ groups: ["promoters"] }, ["case.opened"]),
	};
	const asks = {
		low: collector.ask({ score: 0, segments: { plan: "free" } }),
		gold: collector.ask({ score: 9, segments: { plan: "gold" } }),
		mail: collector.ask({ survey: "csat", score: 5, channel: "email" }),
		shown: collector.ask({ status: "dismissed" }),
	};
	for (const ask of Object.values(asks)) await collector.send(ask);
	await collector.minute(Date.now() + RESTED);
	await target.until(3 + 1 + 1 + 2);
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
	const site = await collector.makeSite();
	const post = async (path: string, body: object) => {
		const response = await collector.owner(path, { method: "POST", body: JSON.stringify(body) }, site);
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
	await makeEndpoint(collector, target.url, { events: ["answer.scored"] }, site);
	// Nothing leaves this machine: those of the CRMs wait.
	await collector.db.prepare("UPDATE endpoint SET paused_until = 9e15 WHERE kind <> 'webhook'").run();
	const ask = (changes: object) => collector.ask({ site: site.publicKey, ...changes });
	await collector.send(ask({ score: 3, transaction: "1", customer: "claimed@example.com" }));
	await collector.send(ask({ score: 4, transaction: "2", token: tokenOf(signer, "2", "ann@example.com") }));
	await collector.send(ask({ score: 5, transaction: "3", token: tokenOf(signer, "3") }));
	await collector.minute(Date.now() + RESTED);
	await target.until(3);
	const bodies = target.received.map(({ body }) => JSON.parse(body).data).sort((a, b) => a.score - b.score);
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
	expect(collector.log.join()).not.toMatch(/pat-eu1-|pk_0000|ann@example/);
});

test("a payload that cannot be sent is dead and seen, keeps no other waiting, and is told once what was wrong with it is mended", async () => {
	const { id, secret } = await makeEndpoint(collector, target.url, { events: ["answer.scored"] });
	await collector.db.prepare("UPDATE endpoint SET paused_until = 9e15").run();
	for (const score of [1, 9]) await collector.send(collector.ask({ score }));
	let now = Date.now() + RESTED;
	await collector.minute(now);
	const poisoned = "UPDATE delivery SET body = 'not' || body WHERE json_extract(body, '$.data.score') = 1 AND endpoint = ?1";
	await collector.db.prepare(poisoned).bind(id).run();
	await collector.db.prepare("UPDATE endpoint SET paused_until = NULL").run();
	const states = async () =>
		rows<{ id: string; state: string; tries: number; due_at: number }>(
			`SELECT id, state, tries, due_at FROM delivery WHERE endpoint = '${id}' ORDER BY tries`,
		);
	for (let tries = 1; tries <= 10; tries++) {
		await collector.minute(now);
		await expect.poll(async () => (await states()).at(-1)?.tries, { timeout: 10_000 }).toBe(tries);
		now = Math.max(now, (await states()).at(-1)?.due_at ?? 0);
	}
	const [told, dead] = await states();
	expect([told, dead]).toMatchObject([
		{ state: "delivered", tries: 1 },
		{ state: "dead", tries: 10 },
	]);
	expect(target.received).toHaveLength(1);
	const { deliveries: seen } = await (await collector.owner(`/v1/webhooks/${id}/deliveries?state=dead`)).json();
	expect(seen).toMatchObject([{ id: dead?.id, state: "dead", tries: 10 }]);
	await collector.db.prepare("UPDATE delivery SET body = substr(body, 4) WHERE body LIKE 'not%'").run();
	expect((await collector.owner(`/v1/deliveries/${dead?.id}/replay`, { method: "POST" })).status).toBe(200);
	await target.until(2);
	expect(target.verified(secret).at(-1)).toMatchObject({ id: dead?.id, type: "answer.scored", data: { score: 1 } });
	await expect.poll(async () => (await states()).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
});

describe("retention", () => {
	const DAY_MS = 24 * 60 * 60 * 1000;
	/** When answers of a few days ago have had their month, and those of today have not. */
	const later = Date.parse(`${addMonths(dayOf(Date.now(), "Europe/Rome"), 1)}T12:00:00Z`);
	const COMMENTS = ["Ann here.", "Call Bea.", "Still young."];

	let site: TestSite;
	let signer: Parameters<typeof tokenOf>[0];
	beforeEach(async () => {
		site = await collector.makeSite();
		const post = async (path: string, method: string, body: object) =>
			(await collector.owner(path, { method, body: JSON.stringify(body) }, site)).json();
		await post("/v1/site", "PATCH", { retention: { identities_months: 1 } });
		const { secret, signing_secret } = await post("/v1/signing-secrets", "POST", {});
		signer = { site: site.publicKey, kid: secret.kid, secret: signing_secret };
	});
	const answer = async (changes: object) => {
		const ask = collector.ask({ site: site.publicKey, age_ms: 5 * DAY_MS, ...changes });
		expect((await collector.send(ask)).status).toBe(201);
		return ask;
	};
	const bodies = async () =>
		(
			await collector.db
				.prepare("SELECT type, state, body FROM delivery WHERE site = ?1")
				.bind(site.id)
				.all<{ type: string; state: string; body: string }>()
		).results.map(({ type, state, body }) => ({ type, state, body, data: JSON.parse(body).data }));
	const forget = async () => {
		await collector.db.prepare("UPDATE site SET retain_at = iif(id = ?1, 0, 9e15)").bind(site.id).run();
		await collector.nightly(later);
	};

	/** Three answers, told at one endpoint and waiting for another, the second with its comment taken back since. */
	async function toldAnswers(): Promise<void> {
		await makeEndpoint(collector, target.url, { comments: true, events: ["answer.scored", "answer.updated"] }, site);
		const down = target.url.replace("/hook", "/down");
		await makeEndpoint(collector, down, { comments: true, events: ["answer.scored"] }, site);
		target.reply((response, { path }) => response.writeHead(path === "/down" ? 500 : 204).end());
		await answer({ score: 9, comment: COMMENTS[0], token: tokenOf(signer, "A-1", "ann@example.com") });
		const taken = await answer({ score: 8, comment: COMMENTS[1] });
		await answer({ score: 7, comment: COMMENTS[2], token: tokenOf(signer, "C-1", "cleo@example.com"), age_ms: 0 });
		await collector.minute(later - 4 * DAY_MS);
		await target.until(4);
		await expect.poll(async () => (await bodies()).filter(({ state }) => state === "delivered").length).toBe(3);
		await collector.send({ ...taken, rev: 2, comment: "" });
		await collector.minute(later - 3 * DAY_MS);
		await expect.poll(async () => (await bodies()).filter(({ state }) => state === "delivered").length).toBe(4);
		for (const comment of COMMENTS) expect((await bodies()).filter(({ body }) => body.includes(comment))).toHaveLength(2);
	}

	/** What is kept of what was told when two of the answers have lost their names. */
	async function expectNameless(): Promise<void> {
		const kept = await bodies();
		expect(kept).toHaveLength(7);
		for (const { data, body } of kept) {
			if (data.score === 7) {
				expect(data).toMatchObject({ comment: COMMENTS[2], customer: "cleo@example.com", transaction: "C-1" });
				continue;
			}
			expect(data).toMatchObject({ comment: null, customer: null, transaction: null, metric: "nps" });
			expect(body).not.toMatch(/Ann|ann@|A-1|Bea/);
		}
	}

	test("takes comment, customer and transaction from what is kept of what was told too, and what waits is told without", async () => {
		await toldAnswers();
		await forget();
		await expectNameless();
		// The run before it has called a sweep, which may have read what it tells before it was taken.
		const lastTold = "SELECT min(attempts ->> '$[#-1].at') AS at FROM delivery WHERE site = ?1 AND state = 'pending'";
		const swept = async () => String((await collector.db.prepare(lastTold).bind(site.id).first())?.["at"]);
		await expect.poll(swept, { timeout: 20_000 }).toMatch(new RegExp(`^${new Date(later).toISOString().slice(0, 13)}`));
		target.reply((response) => response.writeHead(204).end());
		await collector.minute(later + DAY_MS / 2);
		await expect.poll(async () => (await bodies()).map(({ state }) => state)).toEqual(Array(7).fill("delivered"));
		const told = target.received.slice(-3).map(({ body }) => JSON.parse(body).data);
		expect(told.map(({ score, comment }) => [score, comment]).sort()).toEqual([
			[7, COMMENTS[2]],
			[8, null],
			[9, null],
		]);
	});

	test("has done the same once the database is brought up to date, with what it had passed before", async () => {
		await toldAnswers();
		const before = (
			await collector.db
				.prepare("SELECT id, body FROM delivery WHERE site = ?1")
				.bind(site.id)
				.all<{ id: string; body: string }>()
		).results;
		await forget();
		const sql = statementsOf(await readFile(join(PATHS.migrations, "0015_health.sql"), "utf8"))[0] ?? "";
		const unread = "UPDATE delivery SET body = 'not JSON, ' || ?2 WHERE site = ?1 AND id = ?3";
		for (const { id, body } of before)
			await collector.db.prepare("UPDATE delivery SET body = ?2 WHERE site = ?1 AND id = ?3").bind(site.id, body, id).run();
		await collector.db.prepare(sql).run();
		await expectNameless();
		await collector.db.prepare(unread).bind(site.id, "{}", before[0]?.id).run();
		await collector.db.prepare(sql).run();
	});

	test("is not overtaken by an answer that was read before it and told after it", async () => {
		const { id: endpoint } = await makeEndpoint(collector, target.url, { comments: true, events: ["answer.scored"] }, site);
		await answer({ comment: COMMENTS[0] });
		const db = collector.db as unknown as Parameters<typeof dueEvents>[0];
		const due = await dueEvents(db, later, 10);
		await forgetIdentities(db, site.id, dayOf(Date.now(), "UTC"), 10);
		const made = due.map(({ site, subject, type, updated_at, nameless, comment }) => {
			const body = JSON.stringify({ type, data: { comment } });
			return { site, id: "msg_read_before", endpoint, type, subject, updatedAt: updated_at, nameless, body };
		});
		expect(made).toMatchObject([{ body: expect.stringContaining(COMMENTS[0] ?? "") }]);
		await db.batch(keepDeliveries(db, made, due, later));
		expect(await bodies()).toEqual([]);
		await collector.minute(later);
		expect((await bodies()).map(({ data }) => data.comment)).toEqual([null]);
	});
});
