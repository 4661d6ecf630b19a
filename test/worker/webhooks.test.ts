import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeliveryView, NewWebhookReply, WebhookView } from "../../shared/webhook-contract.ts";
import type { Send } from "../../worker/deliver/destination.ts";
import { newWebhookSecret } from "../../worker/deliver/sign.ts";
import { webhook } from "../../worker/deliver/webhook.ts";
import type { Env } from "../../worker/env.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { type Received, startTarget, type Target } from "../harness/target.ts";

const NOTHING: Received = { path: "", headers: {}, body: "", at: 0 };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let collector: TestCollector;
let target: Target;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
});
afterAll(() => collector.stop());
beforeEach(async () => {
	[site, target] = await Promise.all([collector.makeSite(), startTarget()]);
});
afterEach(() => target.stop());

const call = (method: string, path: string, body?: unknown, of: TestSite = site) =>
	collector.owner(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, of);

const declared = (changes: object = {}) => ({
	kind: "webhook",
	name: "Our server",
	settings: { url: `${target.url}/in` },
	events: ["answer.scored", "case.opened"],
	...changes,
});

async function added(changes: object = {}): Promise<NewWebhookReply> {
	const reply = await call("POST", "/v1/webhooks", declared(changes));
	expect(reply.status).toBe(201);
	return reply.json();
}

const read = async (id: string): Promise<WebhookView> => (await call("GET", `/v1/webhooks/${id}`)).json();

/** What was told of one delivery once it is no longer pending. */
async function ended(id: string): Promise<DeliveryView> {
	const state = async () => (await (await call("GET", `/v1/deliveries/${id}`)).json()).state;
	await expect.poll(state, { timeout: 20_000 }).not.toBe("pending");
	return (await call("GET", `/v1/deliveries/${id}`)).json();
}

/** Makes deliveries as the run of each minute would, made `minutesAgo` and ended then. */
async function kept(
	endpoint: string,
	rows: readonly { id: string; state: string; madeAt: number; endedAt?: number; subject?: string }[],
) {
	await collector.db
		.prepare(
			`INSERT INTO delivery (site, id, endpoint, type, subject, body, state, created_at, due_at, tries, ended_at)
			SELECT ?1, json_extract(value, '$.id'), ?2, 'answer.scored', coalesce(json_extract(value, '$.subject'), 's'),
				'{"type":"answer.scored","timestamp":"2026-11-01T00:00:00.000Z","data":{"score":3}}', json_extract(value, '$.state'),
				json_extract(value, '$.madeAt'), json_extract(value, '$.madeAt'), 3,
				iif(json_extract(value, '$.state') = 'pending', NULL, coalesce(json_extract(value, '$.endedAt'), json_extract(value, '$.madeAt')))
			FROM json_each(?3)`,
		)
		.bind(site.id, endpoint, JSON.stringify(rows))
		.run();
}

const faults = async (reply: Response) => {
	expect(reply.status).toBe(400);
	return ((await reply.json()).errors as { field: string }[]).map(({ field }) => field);
};

describe("an endpoint", () => {
	test("is declared, its secret shown once and kept sealed, and what is read of it never holds it", async () => {
		const { webhook, secret } = await added({ filter: { surveys: ["nps"], segments: ["device:phone"] }, comments: true });
		expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
		expect(webhook).toMatchObject({
			kind: "webhook",
			name: "Our server",
			settings: { url: `${target.url}/in` },
			hint: secret?.slice(-4),
			filter: { surveys: ["nps"], segments: ["device:phone"] },
			comments: true,
			active: true,
			ended: null,
			deliveries: { pending: 0, delivered: 0, dead: 0, complete: true, oldest_pending: null, last: null },
		});
		const listed = await (await call("GET", "/v1/webhooks")).text();
		const row = JSON.stringify(await collector.db.prepare("SELECT * FROM endpoint WHERE id = ?1").bind(webhook.id).first());
		for (const text of [listed, row, JSON.stringify(await read(webhook.id))]) {
			expect(text).toContain("Our server");
			expect(text).not.toContain(secret?.slice(6, -4));
		}
		expect(row).toContain(`"origin":"${collector.url}"`);
	});

	test("whose fields are wrong names each of them, keeps nothing and repeats nothing", async () => {
		for (const [changes, fields] of [
			[{ kind: "pigeon" }, ["kind"]],
			[{ kind: "hook" }, ["kind"]],
			[{ settings: {} }, ["settings.url"]],
			[{ settings: { url: "not an address", more: 1 } }, ["settings.more"]],
			[{ settings: { url: "not an address" } }, ["settings.url"]],
			[{ settings: [] }, ["settings"]],
			[{ credentials: { secret: "whsec_mine" } }, ["credentials"]],
			[{ events: [] }, ["events"]],
			[{ events: ["answer.scored", "test"] }, ["events.1"]],
			[{ filter: { surveys: ["none-such"] } }, ["filter.surveys"]],
			[
				{ filter: { segments: ["phone"], groups: ["everybody"], day: 1 } },
				["filter.groups.0", "filter.segments.0", "filter.day"],
			],
			[{ name: " ", comments: "yes", colour: "red" }, ["name", "comments", "colour"]],
		] as const) {
			const reply = await call("POST", "/v1/webhooks", declared(changes));
			expect([changes, (await faults(reply.clone())).sort()]).toEqual([changes, [...fields].sort()]);
			expect(await reply.text()).not.toMatch(/pigeon|whsec_mine|not an address|none-such/);
		}
		expect(await (await call("GET", "/v1/webhooks")).json()).toEqual({ webhooks: [] });
	});

	test("is one of five at most, also where ten are added at once", async () => {
		const replies = await Promise.all(
			Array.from({ length: 10 }, (_, i) => call("POST", "/v1/webhooks", declared({ name: `No ${i}` }))),
		);
		expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409, 409, 409, 409]);
		expect((await (await call("GET", "/v1/webhooks")).json()).webhooks).toHaveLength(5);
	});

	test("is changed in what is named and in nothing else, by the same rules", async () => {
		const { webhook } = await added();
		const { status } = await call("PATCH", `/v1/webhooks/${webhook.id}`, { name: "Other", comments: true });
		expect(status).toBe(200);
		expect(await read(webhook.id)).toEqual({ ...webhook, name: "Other", comments: true });
		const patched = (patch: object) => call("PATCH", `/v1/webhooks/${webhook.id}`, patch);
		expect(await faults(await patched({ settings: { url: "https://10.0.0.1/" } }))).toEqual(["settings.url"]);
		expect(await faults(await patched({ kind: "webhook" }))).toEqual(["kind"]);
		expect(await faults(await patched({ credentials: { secret: "x" } }))).toEqual(["credentials"]);
		expect(await faults(await patched({ filter: { surveys: ["none-such"] } }))).toEqual(["filter.surveys"]);
		await Promise.all([
			patched({ name: "Both" }),
			patched({ events: ["case.resolved"] }),
			patched({ filter: { groups: ["rest"] } }),
		]);
		expect(await read(webhook.id)).toMatchObject({ name: "Both", events: ["case.resolved"], filter: { groups: ["rest"] } });
	});

	test("is paused and resumed: what is pending waits, and goes on when it was due", async () => {
		const { webhook } = await added();
		const dueAt = Date.now() + 5 * HOUR_MS;
		await kept(webhook.id, [
			{ id: "late", state: "pending", madeAt: dueAt + 1 },
			{ id: "first", state: "pending", madeAt: dueAt },
		]);
		const due = async () =>
			(await collector.db.prepare("SELECT next_at FROM endpoint WHERE id = ?1").bind(webhook.id).first())?.["next_at"];
		const set = async (active: boolean) => (await call("PATCH", `/v1/webhooks/${webhook.id}`, { active })).json();
		expect(await set(false)).toMatchObject({ active: false, ended: "owner", deliveries: { pending: 2 } });
		expect(await due()).toBeNull();
		expect((await call("POST", `/v1/webhooks/${webhook.id}/test`)).status).toBe(409);
		await call("POST", "/v1/deliveries/late/replay");
		expect(await due()).toBeNull();
		await collector.db
			.prepare("UPDATE delivery SET due_at = ?2 WHERE id = ?1")
			.bind("late", dueAt + 1)
			.run();
		expect(await set(true)).toMatchObject({ active: true, ended: null });
		expect(await due()).toBe(dueAt);
	});

	test("that ended by itself is resumed as if nothing had failed, and a pause does not hide why it ended", async () => {
		const { webhook } = await added();
		await collector.db
			.prepare("UPDATE endpoint SET active = 0, ended = 'failing', failing_since = 5, paused_until = 9e15 WHERE id = ?1")
			.bind(webhook.id)
			.run();
		const set = async (active: boolean) => (await call("PATCH", `/v1/webhooks/${webhook.id}`, { active })).json();
		expect(await set(false)).toMatchObject({ ended: "failing", failing_since: "1970-01-01T00:00:00.005Z" });
		expect(await set(true)).toMatchObject({ active: true, ended: null, failing_since: null });
		const row = await collector.db.prepare("SELECT paused_until FROM endpoint WHERE id = ?1").bind(webhook.id).first();
		expect(row).toEqual({ paused_until: null });
	});

	test("is deleted with what was for it, and is nobody's any more", async () => {
		const [{ webhook }, other] = [await added(), await added()];
		await kept(webhook.id, [{ id: "mine", state: "dead", madeAt: Date.now() }]);
		await kept(other.webhook.id, [{ id: "others", state: "dead", madeAt: Date.now() }]);
		expect((await call("DELETE", `/v1/webhooks/${webhook.id}`)).status).toBe(204);
		expect((await call("DELETE", `/v1/webhooks/${webhook.id}`)).status).toBe(404);
		expect((await call("GET", `/v1/webhooks/${webhook.id}`)).status).toBe(404);
		expect((await call("GET", "/v1/deliveries/mine")).status).toBe(404);
		expect((await call("GET", "/v1/deliveries/others")).status).toBe(200);
	});

	test("needs the Worker's own secret to be added", async () => {
		const bare = await startCollector({ vars: { AFTERWORD_SECRET: "" } });
		const body = JSON.stringify(declared({ settings: { url: "https://hooks.shop-of-ann.com/in" } }));
		const reply = await bare.owner("/v1/webhooks", { method: "POST", body });
		expect([reply.status, (await reply.json()).detail]).toEqual([503, expect.stringContaining("AFTERWORD_SECRET")]);
		await bare.stop();
	});
});

test("the variable for local development lets addresses of this machine through, and no others", async () => {
	const status = async (url: string) => (await call("POST", "/v1/webhooks", declared({ settings: { url } }))).status;
	expect(await Promise.all(["http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/"].map(status))).toEqual([
		201, 201, 201,
	]);
	for (const url of [
		"http://10.0.0.1/",
		"https://169.254.169.254/",
		"http://db.internal/",
		"file:///etc/passwd",
		"https://a.com:8443/",
	])
		expect([url, await status(url)]).toEqual([url, 400]);
});

describe("a test", () => {
	test("arrives signed by the secret that was shown, and what came of it is read", async () => {
		const { webhook, secret } = await added();
		const reply = await call("POST", `/v1/webhooks/${webhook.id}/test`);
		expect(reply.status).toBe(202);
		const { delivery } = await reply.json();
		expect(await ended(delivery)).toMatchObject({
			webhook: webhook.id,
			type: "test",
			state: "delivered",
			tries: 1,
			due_at: null,
			attempts: [{ outcome: "delivered", status: 204, reason: null }],
			body: { type: "test", data: { site: { id: site.id }, url: `${collector.url}/app/webhooks/${webhook.id}` } },
		});
		const [{ headers, body } = NOTHING] = target.received;
		expect(headers["webhook-id"]).toBe(delivery);
		expect(new Webhook(secret ?? "").verify(body, headers as Record<string, string>)).toMatchObject({ type: "test" });
		expect((await read(webhook.id)).deliveries).toMatchObject({
			delivered: 1,
			last: { id: delivery, type: "test", state: "delivered" },
		});
	});

	test("that fails stays pending with its reason, and there is no second beside it", async () => {
		target.reply((response) => response.writeHead(500).end());
		const { webhook } = await added();
		const { delivery } = await (await call("POST", `/v1/webhooks/${webhook.id}/test`)).json();
		const attempts = async () => (await (await call("GET", `/v1/deliveries/${delivery}`)).json()).attempts;
		await expect
			.poll(attempts, { timeout: 20_000 })
			.toMatchObject([{ outcome: "failed", status: 500, reason: "The target answered 500" }]);
		expect(await (await call("POST", `/v1/webhooks/${webhook.id}/test`)).json()).toEqual({ delivery });
		expect((await read(webhook.id)).deliveries.pending).toBe(1);
		target.reply((response) => response.writeHead(200).end());
		await call("POST", `/v1/deliveries/${delivery}/replay`);
		expect(await ended(delivery)).toMatchObject({ state: "delivered" });
	});
});

test("after a rotation both secrets sign, and after another the newer two", async () => {
	const { webhook, secret: first } = await added();
	const rotated = await (await call("POST", `/v1/webhooks/${webhook.id}/rotate`)).json();
	expect([rotated.secret !== first, rotated.webhook.hint]).toEqual([true, rotated.secret.slice(-4)]);
	expect(Math.round((Date.parse(rotated.previous_until) - Date.now()) / HOUR_MS)).toBe(24);
	const tested = async () => {
		await ended((await (await call("POST", `/v1/webhooks/${webhook.id}/test`)).json()).delivery);
		const { headers, body } = target.received.at(-1) ?? NOTHING;
		return [first, rotated.secret].map((secret) => {
			try {
				return new Webhook(secret).verify(body, headers as Record<string, string>) !== undefined;
			} catch {
				return false;
			}
		});
	};
	expect(await tested()).toEqual([true, true]);
	const again = await (await call("POST", `/v1/webhooks/${webhook.id}/rotate`)).json();
	expect(await tested()).toEqual([false, true]);
	expect(again.secret).not.toBe(rotated.secret);
});

test("the secret before signs until its time is over, and then no more", async () => {
	const [secret, previous] = [newWebhookSecret(), newWebhookSecret()];
	const until = Date.parse("2026-11-22T12:00:00Z");
	const event = {
		type: "test",
		timestamp: "2026-11-22T12:00:00Z",
		data: { site: { id: "s", name: "s" }, message: "", url: null },
	} as const;
	const signatures = async (sentAt: number) => {
		const sent: string[] = [];
		const send: Send = async (_, { headers }) => {
			sent.push(headers["webhook-signature"] ?? "");
			return { status: 200, retryAfterMs: null, text: "" };
		};
		const credentials = { secret, previous, previous_until: until };
		await webhook.deliver({ id: "msg_1", event, sentAt }, { url: "https://a.com" }, credentials, { send, env: {} as Env });
		return sent[0]?.split(" ").length;
	};
	expect([await signatures(until - 1), await signatures(until)]).toEqual([2, 1]);
});

describe("the log", () => {
	const MADE = Date.parse("2026-11-01T00:00:00Z");

	test("lists deliveries newest first, by state, a page at a time, without what was told", async () => {
		const { webhook } = await added();
		const states = ["pending", "delivered", "dead"];
		// Pairs made in the same moment: the cursor tells them apart.
		const rows = Array.from({ length: 30 }, (_, i) => ({
			id: `d${10 + i}`,
			state: states[i % 3] ?? "",
			madeAt: MADE + Math.floor(i / 2),
		}));
		await kept(webhook.id, rows);
		const listed = async (query: string) => {
			const ids: string[] = [];
			let cursor: string | null = "";
			while (cursor !== null) {
				const reply = await call("GET", `/v1/webhooks/${webhook.id}/deliveries?limit=7${query}${cursor && `&cursor=${cursor}`}`);
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
		expect((await read(webhook.id)).deliveries).toMatchObject({
			pending: 10,
			delivered: 10,
			dead: 10,
			oldest_pending: new Date(MADE).toISOString(),
			last: { id: "d38", created_at: new Date(MADE + 14).toISOString() },
		});
		const wrong = await call("GET", `/v1/webhooks/${webhook.id}/deliveries?state=lost&cursor=x`);
		expect(await faults(wrong)).toEqual(["state"]);
		expect(await faults(await call("GET", `/v1/webhooks/${webhook.id}/deliveries?cursor=x`))).toEqual(["cursor"]);
	});

	test("shows what was told only to a key that may read answers", async () => {
		const { webhook } = await added();
		await kept(webhook.id, [{ id: "one", state: "dead", madeAt: MADE }]);
		const made = await (await call("POST", "/v1/keys", { name: "Plumber", scopes: ["webhooks:write"] })).json();
		const plumber = { ...site, secretKey: made.secret_key };
		expect(await (await call("GET", "/v1/deliveries/one", undefined, plumber)).json()).toMatchObject({ id: "one", body: null });
		expect(await (await call("GET", "/v1/deliveries/one")).json()).toMatchObject({ body: { data: { score: 3 } } });
		const reader = await (await call("POST", "/v1/keys", { name: "Reader", scopes: ["responses:read"] })).json();
		expect((await call("GET", "/v1/deliveries/one", undefined, { ...site, secretKey: reader.secret_key })).status).toBe(403);
	});

	test("one is sent again under its id, for 30 days", async () => {
		const { webhook } = await added();
		const now = Date.now();
		await kept(webhook.id, [
			{ id: "dead", state: "dead", madeAt: now - 40 * DAY_MS, endedAt: now - 29 * DAY_MS },
			{ id: "old", state: "dead", madeAt: now - 40 * DAY_MS, endedAt: now - 31 * DAY_MS },
		]);
		const replayed = await call("POST", "/v1/deliveries/dead/replay");
		expect([replayed.status, await replayed.json()]).toMatchObject([
			200,
			{ id: "dead", state: "pending", tries: 0, ended_at: null },
		]);
		expect(await ended("dead")).toMatchObject({ state: "delivered", tries: 1 });
		expect(target.received.map(({ headers }) => headers["webhook-id"])).toEqual(["dead"]);
		expect((await call("POST", "/v1/deliveries/old/replay")).status).toBe(409);
		expect((await call("POST", "/v1/deliveries/none/replay")).status).toBe(404);
	});

	test("a range is sent again, a thousand a call, what died or what arrived", async () => {
		const { webhook } = await added();
		await call("PATCH", `/v1/webhooks/${webhook.id}`, { active: false });
		const now = Date.now();
		const rows = Array.from({ length: 2_405 }, (_, i) => ({
			id: `r${10_000 + i}`,
			state: i % 2 === 0 ? "dead" : "delivered",
			madeAt: now - DAY_MS + Math.floor(i / 4),
		}));
		await kept(webhook.id, rows);
		expect((await read(webhook.id)).deliveries).toMatchObject({ delivered: 1_000, dead: 1_000, complete: false });
		const at = (ms: number) => new Date(ms).toISOString();
		const replay = async (body: object) => (await call("POST", `/v1/webhooks/${webhook.id}/replay`, body)).json();
		// From the fifth moment to the four hundredth: 395 moments with two of a state each.
		const some = { from: at(now - DAY_MS + 5), to: at(now - DAY_MS + 400) };
		expect(await replay({ ...some, state: "delivered" })).toEqual({ replayed: 790, next: null });
		const all = { from: at(now - 2 * DAY_MS), to: at(now) };
		const first = await replay(all);
		expect(first).toEqual({ replayed: 1_000, next: expect.stringMatching(/^\d+\.r\d+$/) });
		expect(await replay({ ...all, cursor: first.next })).toEqual({ replayed: 203, next: null });
		expect(await replay(all)).toEqual({ replayed: 0, next: null });
		const left = await collector.db
			.prepare("SELECT state, count(*) AS n FROM delivery WHERE endpoint = ?1 GROUP BY state")
			.bind(webhook.id)
			.all();
		expect(left.results).toEqual([
			{ state: "delivered", n: 1_202 - 790 },
			{ state: "pending", n: 1_203 + 790 },
		]);
		expect(await faults(await call("POST", `/v1/webhooks/${webhook.id}/replay`, { from: all.to, to: all.from }))).toEqual(["to"]);
		expect(
			await faults(await call("POST", `/v1/webhooks/${webhook.id}/replay`, { from: "yesterday", to: all.to, state: "pending" })),
		).toEqual(["from", "state"]);
	});

	test("costs few rows to read, however much was told", async () => {
		const { webhook } = await added();
		const rows = Array.from({ length: 3_000 }, (_, i) => ({ id: `m${i}`, state: "delivered", madeAt: MADE + i }));
		await kept(webhook.id, rows);
		const cost = async (path: string) => Number((await call("GET", path)).headers.get("x-rows-read"));
		expect(await cost(`/v1/webhooks/${webhook.id}/deliveries`)).toBeLessThan(1_400);
		expect(await cost("/v1/webhooks")).toBeLessThan(1_200);
	});
});

test("what was told and is to be told of an answer goes with it, erased or deleted", async () => {
	const { webhook } = await added();
	const send = async (transaction: string) => {
		const ask = { ...collector.ask({ transaction, score: 2 }), site: site.publicKey };
		expect((await collector.send(ask)).status).toBe(201);
	};
	await Promise.all([send("ORDER-1"), send("ORDER-2"), send("ORDER-3")]);
	const { responses } = await (await call("GET", "/v1/responses")).json();
	const idOf = (wanted: string) => responses.find(({ transaction }: { transaction: string }) => transaction === wanted).id;
	await kept(
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
	expect((await call("DELETE", "/v1/transactions/ORDER-1")).status).toBe(200);
	expect((await call("DELETE", `/v1/responses/${idOf("ORDER-2")}`)).status).toBe(204);
	const { deliveries } = await (await call("GET", `/v1/webhooks/${webhook.id}/deliveries`)).json();
	expect(deliveries.map(({ id }: DeliveryView) => id).sort()).toEqual(["dead3", "delivered3", "pending3"]);
	const due = await collector.db.prepare("SELECT subject FROM event_due WHERE site = ?1").bind(site.id).all();
	expect(due.results).toEqual([{ subject: idOf("ORDER-3") }]);
	expect((await call("POST", "/v1/deliveries/dead1/replay")).status).toBe(404);
});

test("whatever is done with endpoints and deliveries is in the audit log, without a secret", async () => {
	const { webhook, secret } = await added();
	await kept(webhook.id, [{ id: "one", state: "dead", madeAt: Date.now() }]);
	await call("PATCH", `/v1/webhooks/${webhook.id}`, { active: false });
	await call("POST", `/v1/webhooks/${webhook.id}/rotate`);
	await call("POST", `/v1/webhooks/${webhook.id}/test`);
	await call("POST", "/v1/deliveries/one/replay");
	await call("POST", `/v1/webhooks/${webhook.id}/replay`, {});
	await call("DELETE", `/v1/webhooks/${webhook.id}`);
	const entries = async () => (await (await call("GET", "/v1/audit")).json()).entries;
	await expect.poll(async () => (await entries()).length).toBe(7);
	expect(
		(await entries()).toReversed().map((entry: Record<string, unknown>) => [entry["action"], entry["object"], entry["result"]]),
	).toEqual([
		["POST /v1/webhooks", "", 201],
		["PATCH /v1/webhooks/:id", webhook.id, 200],
		["POST /v1/webhooks/:id/rotate", webhook.id, 200],
		["POST /v1/webhooks/:id/test", webhook.id, 409],
		["POST /v1/deliveries/:id/replay", "one", 200],
		["POST /v1/webhooks/:id/replay", webhook.id, 400],
		["DELETE /v1/webhooks/:id", webhook.id, 204],
	]);
	expect(JSON.stringify(await entries())).not.toContain(secret?.slice(6, 20));
});
