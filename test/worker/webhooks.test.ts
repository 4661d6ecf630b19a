import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Send } from "../../worker/deliver/destination.ts";
import { newWebhookSecret } from "../../worker/deliver/sign.ts";
import { webhook } from "../../worker/deliver/webhook.ts";
import type { Env } from "../../worker/env.ts";
import { startCollector } from "../harness/collector.ts";
import { NO_REQUEST } from "../harness/target.ts";
import { faultsOf, openWebhooks, type WebhookDesk } from "../harness/webhook-desk.ts";

const HOUR_MS = 3_600_000;

let desk: WebhookDesk;
beforeAll(async () => {
	desk = await openWebhooks();
});
beforeEach(() => desk.begin());
afterEach(() => desk.end());
afterAll(() => desk.stop());

describe("an endpoint", () => {
	test("is declared, its secret shown once and kept sealed, and what is read of it never holds it", async () => {
		const { webhook, secret } = await desk.added({ filter: { surveys: ["nps"], segments: ["device:phone"] }, comments: true });
		expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
		expect(webhook).toMatchObject({
			kind: "webhook",
			name: "Our server",
			settings: { url: `${desk.target.url}/in` },
			hint: secret?.slice(-4),
			filter: { surveys: ["nps"], segments: ["device:phone"] },
			comments: true,
			active: true,
			ended: null,
			deliveries: { pending: 0, delivered: 0, dead: 0, complete: true, oldest_pending: null, last: null },
		});
		const listed = await (await desk.call("GET", "/v1/webhooks")).text();
		const row = JSON.stringify(await desk.collector.db.prepare("SELECT * FROM endpoint WHERE id = ?1").bind(webhook.id).first());
		for (const text of [listed, row, JSON.stringify(await desk.read(webhook.id))]) {
			expect(text).toContain("Our server");
			expect(text).not.toContain(secret?.slice(6, -4));
		}
		expect(row).toContain(`"origin":"${desk.collector.url}"`);
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
				{ filter: { segments: ["device:phone", "plan:gold", "delay:1h", "device:watch"] } },
				["filter.segments.1", "filter.segments.3"],
			],
			[
				{ filter: { segments: ["phone"], groups: ["everybody"], day: 1 } },
				["filter.groups.0", "filter.segments.0", "filter.day"],
			],
			[{ name: " ", comments: "yes", colour: "red" }, ["name", "comments", "colour"]],
		] as const) {
			const reply = await desk.call("POST", "/v1/webhooks", desk.declared(changes));
			expect([changes, (await faultsOf(reply.clone())).sort()]).toEqual([changes, [...fields].sort()]);
			expect(await reply.text()).not.toMatch(/pigeon|whsec_mine|not an address|none-such/);
		}
		expect(await (await desk.call("GET", "/v1/webhooks")).json()).toEqual({ webhooks: [] });
	});

	test("is one of five at most, also where ten are added at once", async () => {
		const replies = await Promise.all(
			Array.from({ length: 10 }, (_, i) => desk.call("POST", "/v1/webhooks", desk.declared({ name: `No ${i}` }))),
		);
		expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409, 409, 409, 409]);
		expect((await (await desk.call("GET", "/v1/webhooks")).json()).webhooks).toHaveLength(5);
	});

	test("is changed in what is named and in nothing else, by the same rules", async () => {
		const { webhook } = await desk.added();
		const { status } = await desk.call("PATCH", `/v1/webhooks/${webhook.id}`, { name: "Other", comments: true });
		expect(status).toBe(200);
		expect(await desk.read(webhook.id)).toEqual({ ...webhook, name: "Other", comments: true });
		const patched = (patch: object) => desk.call("PATCH", `/v1/webhooks/${webhook.id}`, patch);
		expect(await faultsOf(await patched({ settings: { url: "https://10.0.0.1/" } }))).toEqual(["settings.url"]);
		expect(await faultsOf(await patched({ kind: "webhook" }))).toEqual(["kind"]);
		expect(await faultsOf(await patched({ credentials: { secret: "x" } }))).toEqual(["credentials"]);
		expect(await faultsOf(await patched({ filter: { surveys: ["none-such"] } }))).toEqual(["filter.surveys"]);
		expect(await faultsOf(await patched({ filter: { segments: ["plan:gold"] } }))).toEqual(["filter.segments.0"]);
		await Promise.all([
			patched({ name: "Both" }),
			patched({ events: ["case.resolved"] }),
			patched({ filter: { groups: ["rest"] } }),
		]);
		expect(await desk.read(webhook.id)).toMatchObject({ name: "Both", events: ["case.resolved"], filter: { groups: ["rest"] } });
	});

	test("is paused and resumed: what is pending waits, and goes on when it was due", async () => {
		const { webhook } = await desk.added();
		const dueAt = Date.now() + 5 * HOUR_MS;
		await desk.keep(webhook.id, [
			{ id: "late", state: "pending", madeAt: dueAt + 1 },
			{ id: "first", state: "pending", madeAt: dueAt },
		]);
		const due = async () =>
			(await desk.collector.db.prepare("SELECT next_at FROM endpoint WHERE id = ?1").bind(webhook.id).first())?.["next_at"];
		const set = async (active: boolean) => (await desk.call("PATCH", `/v1/webhooks/${webhook.id}`, { active })).json();
		expect(await set(false)).toMatchObject({ active: false, ended: "owner", deliveries: { pending: 2 } });
		expect(await due()).toBeNull();
		expect((await desk.call("POST", `/v1/webhooks/${webhook.id}/test`)).status).toBe(409);
		await desk.call("POST", "/v1/deliveries/late/replay");
		expect(await due()).toBeNull();
		await desk.collector.db
			.prepare("UPDATE delivery SET due_at = ?2 WHERE id = ?1")
			.bind("late", dueAt + 1)
			.run();
		expect(await set(true)).toMatchObject({ active: true, ended: null });
		expect(await due()).toBe(dueAt);
	});

	test("that ended by itself is resumed as if nothing had failed, and a pause does not hide why it ended", async () => {
		const { webhook } = await desk.added();
		await desk.collector.db
			.prepare("UPDATE endpoint SET active = 0, ended = 'failing', failing_since = 5, paused_until = 9e15 WHERE id = ?1")
			.bind(webhook.id)
			.run();
		const set = async (active: boolean) => (await desk.call("PATCH", `/v1/webhooks/${webhook.id}`, { active })).json();
		expect(await set(false)).toMatchObject({ ended: "failing", failing_since: "1970-01-01T00:00:00.005Z" });
		expect(await set(true)).toMatchObject({ active: true, ended: null, failing_since: null });
		const row = await desk.collector.db.prepare("SELECT paused_until FROM endpoint WHERE id = ?1").bind(webhook.id).first();
		expect(row).toEqual({ paused_until: null });
	});

	test("is deleted with what was for it, and is nobody's any more", async () => {
		const [{ webhook }, other] = [await desk.added(), await desk.added()];
		await desk.keep(webhook.id, [{ id: "mine", state: "dead", madeAt: Date.now() }]);
		await desk.keep(other.webhook.id, [{ id: "others", state: "dead", madeAt: Date.now() }]);
		expect((await desk.call("DELETE", `/v1/webhooks/${webhook.id}`)).status).toBe(204);
		expect((await desk.call("DELETE", `/v1/webhooks/${webhook.id}`)).status).toBe(404);
		expect((await desk.call("GET", `/v1/webhooks/${webhook.id}`)).status).toBe(404);
		expect((await desk.call("GET", "/v1/deliveries/mine")).status).toBe(404);
		expect((await desk.call("GET", "/v1/deliveries/others")).status).toBe(200);
	});

	test("needs the Worker's own secret to be added", async () => {
		const bare = await startCollector({ vars: { AFTERWORD_SECRET: "" } });
		const body = JSON.stringify(desk.declared({ settings: { url: "https://hooks.shop-of-ann.com/in" } }));
		const reply = await bare.owner("/v1/webhooks", { method: "POST", body });
		expect([reply.status, (await reply.json()).detail]).toEqual([503, expect.stringContaining("AFTERWORD_SECRET")]);
		await bare.stop();
	});
});

test("the variable for local development lets addresses of this machine through, and no others", async () => {
	const status = async (url: string) => (await desk.call("POST", "/v1/webhooks", desk.declared({ settings: { url } }))).status;
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

test("after a rotation both secrets sign, and after another the newer two", async () => {
	const { webhook, secret: first } = await desk.added();
	const rotated = await (await desk.call("POST", `/v1/webhooks/${webhook.id}/rotate`)).json();
	expect([rotated.secret !== first, rotated.webhook.hint]).toEqual([true, rotated.secret.slice(-4)]);
	expect(Math.round((Date.parse(rotated.previous_until) - Date.now()) / HOUR_MS)).toBe(24);
	const tested = async () => {
		await desk.ended((await (await desk.call("POST", `/v1/webhooks/${webhook.id}/test`)).json()).delivery);
		const { headers, body } = desk.target.received.at(-1) ?? NO_REQUEST;
		return [first, rotated.secret].map((secret) => {
			try {
				return new Webhook(secret).verify(body, headers as Record<string, string>) !== undefined;
			} catch {
				return false;
			}
		});
	};
	expect(await tested()).toEqual([true, true]);
	const again = await (await desk.call("POST", `/v1/webhooks/${webhook.id}/rotate`)).json();
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

test("whatever is done with endpoints and deliveries is in the audit log, without a secret", async () => {
	const { webhook, secret } = await desk.added();
	const delivery = `msg_${"4fJq0ZtXw9Lr".repeat(2)}`;
	await desk.keep(webhook.id, [{ id: delivery, state: "dead", madeAt: Date.now() }]);
	await desk.call("PATCH", `/v1/webhooks/${webhook.id}`, { active: false });
	await desk.call("POST", `/v1/webhooks/${webhook.id}/rotate`);
	await desk.call("POST", `/v1/webhooks/${webhook.id}/test`);
	await desk.call("POST", `/v1/deliveries/${delivery}/replay`);
	await desk.call("POST", `/v1/webhooks/${webhook.id}/replay`, {});
	await desk.call("DELETE", `/v1/webhooks/${webhook.id}`);
	const entries = async () => (await (await desk.call("GET", "/v1/audit")).json()).entries;
	await expect.poll(async () => (await entries()).length).toBe(8);
	expect(
		(await entries())
			.toReversed()
			.slice(1)
			.map((entry: Record<string, unknown>) => [entry["action"], entry["object"], entry["result"]]),
	).toEqual([
		["POST /v1/webhooks", "", 201],
		["PATCH /v1/webhooks/:id", webhook.id, 200],
		["POST /v1/webhooks/:id/rotate", webhook.id, 200],
		["POST /v1/webhooks/:id/test", webhook.id, 409],
		["POST /v1/deliveries/:id/replay", delivery, 200],
		["POST /v1/webhooks/:id/replay", webhook.id, 400],
		["DELETE /v1/webhooks/:id", webhook.id, 204],
	]);
	expect(JSON.stringify(await entries())).not.toContain(secret?.slice(6, 20));
});
