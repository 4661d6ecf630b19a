import type { ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeliveryView } from "../../shared/webhook-contract.ts";
import { NO_REQUEST } from "../harness/target.ts";
import { faultsOf, openWebhooks, type WebhookDesk } from "../harness/webhook-desk.ts";

const DAY_MS = 24 * 3_600_000;

let desk: WebhookDesk;
beforeAll(async () => {
	desk = await openWebhooks();
});
beforeEach(() => desk.begin());
afterEach(() => desk.end());
afterAll(() => desk.stop());

describe("a test", () => {
	test("arrives signed by the secret that was shown, and what came of it is read", async () => {
		const { webhook, secret } = await desk.added();
		const reply = await desk.call("POST", `/v1/webhooks/${webhook.id}/test`);
		expect(reply.status).toBe(202);
		const { delivery } = await reply.json();
		expect(await desk.ended(delivery)).toMatchObject({
			webhook: webhook.id,
			type: "test",
			state: "delivered",
			tries: 1,
			due_at: null,
			attempts: [{ outcome: "delivered", status: 204, reason: null }],
			body: { type: "test", data: { site: { id: desk.site.id }, url: `${desk.collector.url}/app/webhooks/${webhook.id}` } },
		});
		const [{ headers, body } = NO_REQUEST] = desk.target.received;
		expect(headers["webhook-id"]).toBe(delivery);
		expect(new Webhook(secret ?? "").verify(body, headers as Record<string, string>)).toMatchObject({ type: "test" });
		expect((await desk.read(webhook.id)).deliveries).toMatchObject({
			delivered: 1,
			last: { id: delivery, type: "test", state: "delivered" },
		});
	});

	test("that fails stays pending with its reason, and there is no second beside it", async () => {
		desk.target.reply((response) => response.writeHead(500).end());
		const { webhook } = await desk.added();
		const { delivery } = await (await desk.call("POST", `/v1/webhooks/${webhook.id}/test`)).json();
		const attempts = async () => (await (await desk.call("GET", `/v1/deliveries/${delivery}`)).json()).attempts;
		await expect
			.poll(attempts, { timeout: 20_000 })
			.toMatchObject([{ outcome: "failed", status: 500, reason: "The target answered 500" }]);
		expect(await (await desk.call("POST", `/v1/webhooks/${webhook.id}/test`)).json()).toEqual({ delivery });
		expect((await desk.read(webhook.id)).deliveries.pending).toBe(1);
		desk.target.reply((response) => response.writeHead(200).end());
		await desk.call("POST", `/v1/deliveries/${delivery}/replay`);
		expect(await desk.ended(delivery)).toMatchObject({ state: "delivered" });
	});
});

describe("the log", () => {
	const MADE = Date.parse("2026-11-01T00:00:00Z");

	test("lists deliveries newest first, by state, a page at a time, without what was told", async () => {
		const { webhook } = await desk.added();
		const states = ["pending", "delivered", "dead"];
		// Pairs made in the same moment: the cursor tells them apart.
		const rows = Array.from({ length: 30 }, (_, i) => ({
			id: `d${10 + i}`,
			state: states[i % 3] ?? "",
			madeAt: MADE + Math.floor(i / 2),
		}));
		await desk.keep(webhook.id, rows);
		const listed = async (query: string) => {
			const ids: string[] = [];
			let cursor: string | null = "";
			while (cursor !== null) {
				const reply = await desk.call(
					"GET",
					`/v1/webhooks/${webhook.id}/deliveries?limit=7${query}${cursor && `&cursor=${cursor}`}`,
				);
				const text = await reply.text();
				expect(text).not.toContain('"score"');
				const { deliveries, next } = JSON.parse(text);
				ids.push(...deliveries.map(({ id }: DeliveryView) => id));
				cursor = next;
			}
			return ids;
		};
		expect(await listed("")).toEqual(rows.map(({ id }) => id).reverse());
		expect(await listed("&state=dead")).toEqual(
			rows
				.filter(({ state }) => state === "dead")
				.map(({ id }) => id)
				.reverse(),
		);
		expect((await desk.read(webhook.id)).deliveries).toMatchObject({
			pending: 10,
			delivered: 10,
			dead: 10,
			oldest_pending: new Date(MADE).toISOString(),
			last: { id: "d38", created_at: new Date(MADE + 14).toISOString() },
		});
		const wrong = await desk.call("GET", `/v1/webhooks/${webhook.id}/deliveries?state=lost&cursor=x`);
		expect(await faultsOf(wrong)).toEqual(["state"]);
		expect(await faultsOf(await desk.call("GET", `/v1/webhooks/${webhook.id}/deliveries?cursor=x`))).toEqual(["cursor"]);
	});

	test("shows what was told only to a key that may read answers", async () => {
		const { webhook } = await desk.added();
		await desk.keep(webhook.id, [{ id: "one", state: "dead", madeAt: MADE }]);
		const made = await (await desk.call("POST", "/v1/keys", { name: "Plumber", scopes: ["webhooks:write"] })).json();
		const plumber = { ...desk.site, secretKey: made.secret_key };
		expect(await (await desk.call("GET", "/v1/deliveries/one", undefined, plumber)).json()).toMatchObject({
			id: "one",
			body: null,
		});
		expect(await (await desk.call("GET", "/v1/deliveries/one")).json()).toMatchObject({ body: { data: { score: 3 } } });
		const reader = await (await desk.call("POST", "/v1/keys", { name: "Reader", scopes: ["responses:read"] })).json();
		expect((await desk.call("GET", "/v1/deliveries/one", undefined, { ...desk.site, secretKey: reader.secret_key })).status).toBe(
			403,
		);
	});

	test("one is sent again under its id, for 30 days", async () => {
		const { webhook } = await desk.added();
		const now = Date.now();
		await desk.keep(webhook.id, [
			{ id: "dead", state: "dead", madeAt: now - 40 * DAY_MS, endedAt: now - 29 * DAY_MS },
			{ id: "old", state: "dead", madeAt: now - 40 * DAY_MS, endedAt: now - 31 * DAY_MS },
		]);
		const replayed = await desk.call("POST", "/v1/deliveries/dead/replay");
		expect([replayed.status, await replayed.json()]).toMatchObject([
			200,
			{ id: "dead", state: "pending", tries: 0, ended_at: null },
		]);
		expect(await desk.ended("dead")).toMatchObject({ state: "delivered", tries: 1 });
		expect(desk.target.received.map(({ headers }) => headers["webhook-id"])).toEqual(["dead"]);
		expect((await desk.call("POST", "/v1/deliveries/old/replay")).status).toBe(409);
		expect((await desk.call("POST", "/v1/deliveries/none/replay")).status).toBe(404);
	});

	test("one that is replayed while an attempt is under way is sent once more, whatever comes of that attempt", async () => {
		for (const status of [204, 500]) {
			const { webhook } = await desk.added();
			const held: ServerResponse[] = [];
			desk.target.reply((response) => void held.push(response));
			const { delivery } = await (await desk.call("POST", `/v1/webhooks/${webhook.id}/test`)).json();
			await expect.poll(() => held.length, { timeout: 20_000 }).toBe(1);
			expect((await desk.call("POST", `/v1/deliveries/${delivery}/replay`)).status).toBe(200);
			held[0]?.writeHead(status).end();
			await expect.poll(() => held.length, { timeout: 20_000 }).toBe(2);
			expect(await (await desk.call("GET", `/v1/deliveries/${delivery}`)).json()).toMatchObject({ state: "pending", tries: 0 });
			held[1]?.writeHead(204).end();
			expect(await desk.ended(delivery)).toMatchObject({
				state: "delivered",
				tries: 1,
				attempts: [{ status }, { outcome: "delivered" }],
			});
		}
	});

	test("a range is sent again, a thousand a call, what died or what arrived", async () => {
		const { webhook } = await desk.added();
		await desk.call("PATCH", `/v1/webhooks/${webhook.id}`, { active: false });
		const now = Date.now();
		const rows = Array.from({ length: 2_405 }, (_, i) => ({
			id: `r${10_000 + i}`,
			state: i % 2 === 0 ? "dead" : "delivered",
			madeAt: now - DAY_MS + Math.floor(i / 4),
		}));
		await desk.keep(webhook.id, rows);
		expect((await desk.read(webhook.id)).deliveries).toMatchObject({ delivered: 1_000, dead: 1_000, complete: false });
		const at = (ms: number) => new Date(ms).toISOString();
		const replay = async (body: object) => (await desk.call("POST", `/v1/webhooks/${webhook.id}/replay`, body)).json();
		// From the fifth moment to the four hundredth: 395 moments with two of a state each.
		const some = { from: at(now - DAY_MS + 5), to: at(now - DAY_MS + 400) };
		expect(await replay({ ...some, state: "delivered" })).toEqual({ replayed: 790, next: null });
		const all = { from: at(now - 2 * DAY_MS), to: at(now) };
		const first = await replay(all);
		expect(first).toEqual({ replayed: 1_000, next: expect.stringMatching(/^\d+\.r\d+$/) });
		expect(await replay({ ...all, cursor: first.next })).toEqual({ replayed: 203, next: null });
		expect(await replay(all)).toEqual({ replayed: 0, next: null });
		const left = await desk.collector.db
			.prepare("SELECT state, count(*) AS n FROM delivery WHERE endpoint = ?1 GROUP BY state")
			.bind(webhook.id)
			.all();
		expect(left.results).toEqual([
			{ state: "delivered", n: 1_202 - 790 },
			{ state: "pending", n: 1_203 + 790 },
		]);
		expect(await faultsOf(await desk.call("POST", `/v1/webhooks/${webhook.id}/replay`, { from: all.to, to: all.from }))).toEqual([
			"to",
		]);
		expect(
			await faultsOf(
				await desk.call("POST", `/v1/webhooks/${webhook.id}/replay`, { from: "yesterday", to: all.to, state: "pending" }),
			),
		).toEqual(["from", "state"]);
	});

	test("costs few rows to read, however much was told", async () => {
		const { webhook } = await desk.added();
		const rows = Array.from({ length: 3_000 }, (_, i) => ({ id: `m${i}`, state: "delivered", madeAt: MADE + i }));
		await desk.keep(webhook.id, rows);
		const cost = async (path: string) => Number((await desk.call("GET", path)).headers.get("x-rows-read"));
		expect(await cost(`/v1/webhooks/${webhook.id}/deliveries`)).toBeLessThan(1_400);
		expect(await cost("/v1/webhooks")).toBeLessThan(1_200);
	});
});

test("what was told and is to be told of an answer goes with it, erased or deleted", async () => {
	const { webhook } = await desk.added();
	const send = async (transaction: string) => {
		const ask = { ...desk.collector.ask({ transaction, score: 2 }), site: desk.site.publicKey };
		expect((await desk.collector.send(ask)).status).toBe(201);
	};
	await Promise.all([send("ORDER-1"), send("ORDER-2"), send("ORDER-3")]);
	const { responses } = await (await desk.call("GET", "/v1/responses")).json();
	const idOf = (wanted: string) => responses.find(({ transaction }: { transaction: string }) => transaction === wanted).id;
	await desk.keep(
		webhook.id,
		[1, 2, 3].flatMap((n) =>
			["pending", "delivered", "dead"].map((state) => ({
				id: `${state}${n}`,
				state,
				madeAt: Date.now(),
				subject: idOf(`ORDER-${n}`),
			})),
		),
	);
	expect((await desk.call("DELETE", "/v1/transactions/ORDER-1")).status).toBe(200);
	expect((await desk.call("DELETE", `/v1/responses/${idOf("ORDER-2")}`)).status).toBe(204);
	const { deliveries } = await (await desk.call("GET", `/v1/webhooks/${webhook.id}/deliveries`)).json();
	expect(deliveries.map(({ id }: DeliveryView) => id).sort()).toEqual(["dead3", "delivered3", "pending3"]);
	const due = await desk.collector.db.prepare("SELECT subject FROM event_due WHERE site = ?1").bind(desk.site.id).all();
	expect(due.results).toEqual([{ subject: idOf("ORDER-3") }]);
	expect((await desk.call("POST", "/v1/deliveries/dead1/replay")).status).toBe(404);
});
