import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { HOOK_EVENTS, hookEvent } from "../../shared/hook-contract.ts";
import { type Signer, tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { startTarget, type Target } from "../harness/target.ts";

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

const subscribe = (event: string, path = "/flow", more: object = {}) =>
	call("POST", "/v1/hooks", { targetUrl: target.url + path, event, ...more });

const webhooks = async () => (await (await call("GET", "/v1/webhooks")).json()).webhooks;

/** Sends an answer that was last changed two minutes ago. */
async function answered(changes: object): Promise<void> {
	expect((await collector.send({ ...collector.ask(), site: site.publicKey, ...changes })).status).toBe(201);
	await collector.db.prepare("UPDATE ask SET updated_at = updated_at - 120000 WHERE site = ?1").bind(site.id).run();
	await collector.db.prepare("UPDATE event_due SET due_at = due_at - 120000 WHERE site = ?1").bind(site.id).run();
}

test("a tool subscribes, is told flat and unsigned, and unsubscribes", async () => {
	const reply = await subscribe("answer.scored");
	expect(reply.status).toBe(201);
	const { id, ...rest } = await reply.json();
	expect([typeof id, rest]).toEqual(["string", {}]);
	await answered({ score: 3, comment: "Slow.", segments: { channel: "page" } });
	await collector.minute(Date.now());
	await expect.poll(() => target.received.length, { timeout: 20_000 }).toBe(1);
	const [told] = target.received;
	const event = hookEvent.parse(JSON.parse(told?.body ?? ""));
	expect(event).toMatchObject({
		type: "answer.scored",
		site: { id: site.id },
		score: 3,
		group: "detractors",
		comment: null,
		segment_channel: "page",
	});
	expect(told?.path).toBe("/hook/flow");
	expect(told?.headers["webhook-id"]).toMatch(/^msg_\w{24}$/);
	expect(told?.headers["webhook-timestamp"]).toMatch(/^\d{10}$/);
	expect(told?.headers["webhook-signature"]).toBeUndefined();
	expect(await webhooks()).toMatchObject([{ id, kind: "hook", name: "127.0.0.1", events: ["answer.scored"], hint: null }]);
	expect((await call("DELETE", `/v1/hooks/${id}`)).status).toBe(204);
	expect((await call("DELETE", `/v1/hooks/${id}`)).status).toBe(404);
	expect(await webhooks()).toEqual([]);
});

test("comments go along where the tool asks for them", async () => {
	expect((await subscribe("answer.scored", "/with", { comments: true })).status).toBe(201);
	await answered({ score: 9, comment: "Quick." });
	await collector.minute(Date.now());
	await expect.poll(() => target.received.map(({ body }) => JSON.parse(body).comment), { timeout: 20_000 }).toEqual(["Quick."]);
});

test("the same target and event again is the same hook; another event is another", async () => {
	const first = await subscribe("case.opened");
	const again = await subscribe("case.opened");
	const other = await subscribe("case.resolved");
	expect([first.status, again.status, other.status]).toEqual([201, 200, 201]);
	const [{ id }, same, { id: another }] = [await first.json(), await again.json(), await other.json()];
	expect(same).toEqual({ id });
	expect(another).not.toBe(id);
});

test("a hook that is subscribed to again listens again, with or without comments as the tool now asks", async () => {
	const { id } = await (await subscribe("answer.scored")).json();
	const ended = "active = 0, ended = 'failing', failing_since = 5, paused_until = 9e15, next_at = NULL";
	await collector.db.prepare(`UPDATE endpoint SET ${ended} WHERE id = ?1`).bind(id).run();
	const again = await subscribe("answer.scored", "/flow", { comments: true });
	expect([again.status, await again.json()]).toEqual([200, { id }]);
	expect(await webhooks()).toMatchObject([{ id, active: true, ended: null, failing_since: null, comments: true }]);
	await answered({ score: 9, comment: "Back again." });
	await collector.minute(Date.now());
	const comments = () => target.received.map(({ body }) => JSON.parse(body).comment);
	await expect.poll(comments, { timeout: 20_000 }).toEqual(["Back again."]);
	expect((await call("PATCH", `/v1/webhooks/${id}`, { active: false })).status).toBe(200);
	await subscribe("answer.scored");
	expect(await webhooks()).toMatchObject([{ id, active: true, ended: null, comments: false }]);
});

test("a target that answers 410 is dropped with what was for it; another status drops nothing", async () => {
	const { id } = await (await subscribe("answer.scored")).json();
	await subscribe("answer.scored", "/other");
	target.reply((response) => response.writeHead(500).end());
	const { delivery } = await (await call("POST", `/v1/webhooks/${id}/test`)).json();
	const tries = async () => (await (await call("GET", `/v1/deliveries/${delivery}`)).json()).tries;
	await expect.poll(tries, { timeout: 20_000 }).toBe(1);
	expect(await webhooks()).toHaveLength(2);
	target.reply((response) => response.writeHead(410).end());
	await call("POST", `/v1/deliveries/${delivery}/replay`);
	await expect
		.poll(async () => (await webhooks()).map((each: { settings: object }) => each.settings), { timeout: 20_000 })
		.toEqual([{ url: `${target.url}/other` }]);
	expect((await call("GET", `/v1/deliveries/${delivery}`)).status).toBe(404);
	expect((await call("DELETE", `/v1/hooks/${id}`)).status).toBe(404);
});

test("a site has at most twenty, beside its own five, and only hooks are ended here", async () => {
	for (let i = 0; i < 20; i++) expect((await subscribe("answer.scored", `/${i}`)).status).toBe(201);
	expect((await subscribe("answer.scored", "/more")).status).toBe(409);
	expect((await subscribe("answer.scored", "/7")).status).toBe(200);
	const own = { kind: "webhook", name: "x", settings: { url: target.url }, events: ["answer.scored"] };
	const made = await call("POST", "/v1/webhooks", own);
	expect(made.status).toBe(201);
	const { webhook } = await made.json();
	expect((await call("DELETE", `/v1/hooks/${webhook.id}`)).status).toBe(404);
	expect(await webhooks()).toHaveLength(21);
});

test("what is wrong is named in the tool's own words", async () => {
	for (const [body, field] of [
		[{ targetUrl: "http://10.0.0.1/", event: "answer.scored" }, "targetUrl"],
		[{ targetUrl: "", event: "answer.scored" }, "targetUrl"],
		[{ event: "answer.scored" }, "targetUrl"],
		[{ targetUrl: target.url, event: "digest" }, "event"],
		[{ targetUrl: target.url, event: "answer.scored", secret: "x" }, "secret"],
	] as const) {
		const reply = await call("POST", "/v1/hooks", body);
		expect([body, reply.status, (await reply.json()).field]).toEqual([body, 400, field]);
	}
	expect(await webhooks()).toEqual([]);
});

test("samples of a site without any are made up, the same each time, and of the form that arrives", async () => {
	for (const type of HOOK_EVENTS) {
		const samples = await (await call("GET", `/v1/hooks/samples?event=${type}`)).json();
		expect(samples).toEqual([expect.objectContaining({ type })]);
		hookEvent.parse(samples[0]);
		expect(await (await call("GET", `/v1/hooks/samples?event=${type}`)).json()).toEqual(samples);
	}
	const [plain] = await (await call("GET", "/v1/hooks/samples")).json();
	const [said] = await (await call("GET", "/v1/hooks/samples?comments=yes")).json();
	expect([plain.type, plain.comment, said.comment]).toEqual(["answer.scored", null, expect.any(String)]);
	expect((await call("GET", "/v1/hooks/samples?event=digest")).status).toBe(400);
});

test("samples are the site's newest answers and cases, three at most, for a key that may read them", async () => {
	const secret = await (await call("POST", "/v1/signing-secrets")).json();
	const signer: Signer = { site: site.publicKey, kid: secret.secret.kid, secret: secret.signing_secret };
	for (let i = 0; i < 4; i++)
		await answered({ score: 5 + i, comment: `No ${i}`, token: tokenOf(signer, `order-${i}`), age_ms: 4_000 - i });
	const [first, ...rest] = await (await call("GET", "/v1/hooks/samples?comments=yes")).json();
	expect([first.score, first.transaction, first.comment, rest.length]).toEqual([8, "order-3", "No 3", 2]);
	expect((await call("DELETE", "/v1/transactions/order-3")).status).toBe(200);
	const left = await (await call("GET", "/v1/hooks/samples")).json();
	expect(left.map(({ score }: { score: number }) => score)).toEqual([7, 6, 5]);
	const { responses } = await (await call("GET", "/v1/responses")).json();
	await call("POST", "/v1/cases", { response: responses[1].id });
	expect(await (await call("GET", "/v1/hooks/samples?event=case.opened")).json()).toMatchObject([
		{ type: "case.opened", case_state: "open", score: 7, url: `${collector.url}/app/cases/${responses[1].id}` },
	]);
	const { secret_key: secretKey } = await (await call("POST", "/v1/keys", { name: "Tool", scopes: ["webhooks:write"] })).json();
	const [made] = await (await call("GET", "/v1/hooks/samples", undefined, { ...site, secretKey })).json();
	expect(made.id).toBe("0".repeat(32));
});
