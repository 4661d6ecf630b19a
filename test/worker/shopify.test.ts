import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { APP, base64url, sessionToken } from "../harness/session-tokens.ts";

/** Where an extension's worker says it comes from. */
const NOWHERE = { origin: "null" };

let collector: TestCollector;
let app: { id: string };
beforeAll(async () => {
	collector = await startCollector();
	const reply = await add({});
	app = await reply.json();
	expect(reply.status).toBe(201);
});
afterAll(() => collector.stop());

const add = (changes: object, site: TestSite = collector.site) =>
	collector.owner("/v1/shopify-apps", { method: "POST", body: JSON.stringify({ ...APP, ...changes }) }, site);
const end = (id: string) => collector.owner(`/v1/shopify-apps/${id}`, { method: "DELETE" });
const mode = (token_mode: string) => collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ token_mode }) });

const stored = async () => Number((await collector.db.prepare("SELECT count(*) AS n FROM ask").first())?.["n"]);
const rowOf = (transaction: string) =>
	collector.db.prepare('SELECT verified, customer, pairs FROM ask WHERE "transaction" = ?1').bind(transaction).first();

test("an extension's answer, from no page, is stored with its session token, which is longer than any signed order", async () => {
	const token = sessionToken();
	expect(token.length).toBeGreaterThan(384);
	for (const headers of [NOWHERE, { origin: "" }]) {
		const reply = await collector.send(collector.ask({ token }), headers);
		expect([reply.status, await reply.json()]).toEqual([201, { status: "stored" }]);
		expect(reply.headers.get("access-control-allow-origin")).toBe("*");
	}
	expect((await collector.send(collector.ask({ token: sessionToken({ sub: undefined }) }), NOWHERE)).status).toBe(201);
	expect((await collector.send(collector.ask({ token: sessionToken({ dest: `https://${APP.shop}` }) }), NOWHERE)).status).toBe(
		201,
	);
});

test("clocks may differ by ten seconds", async () => {
	const now = Math.floor(Date.now() / 1000);
	expect((await collector.send(collector.ask({ token: sessionToken({ exp: now - 5 }) }), NOWHERE)).status).toBe(201);
	expect((await collector.send(collector.ask({ token: sessionToken({ nbf: now + 5 }) }), NOWHERE)).status).toBe(201);
});

const FORGERIES: Readonly<Record<string, () => string>> = {
	"signed with another secret": () => sessionToken({}, { secret: "another-secret-0123456789abcdef" }),
	"signed with the client id": () => sessionToken({}, { secret: APP.client_id }),
	"signed with nothing": () => sessionToken({}, { secret: "" }),
	"of the algorithm none, unsigned": () => `${base64url({ alg: "none" })}.${sessionToken().split(".")[1]}.`,
	"of the algorithm none, signed": () => sessionToken({}, { header: { alg: "none", typ: "JWT" } }),
	"of the algorithm RS256 with our secret for its key": () => sessionToken({}, { header: { alg: "RS256", typ: "JWT" } }),
	"of the algorithm HS512": () => sessionToken({}, { header: { alg: "HS512", typ: "JWT" }, hash: "sha512" }),
	"of the algorithm hs256 in small letters": () => sessionToken({}, { header: { alg: "hs256", typ: "JWT" } }),
	"without an algorithm": () => sessionToken({}, { header: { typ: "JWT" } }),
	"whose header is a list": () => sessionToken({}, { header: [{ alg: "HS256" }] }),
	"with extensions that must be understood": () =>
		sessionToken({}, { header: { alg: "HS256", typ: "JWT", crit: ["b64"], b64: false } }),
	"for another app": () => sessionToken({ aud: "00000000000000000000000000000000" }),
	"for several apps": () => sessionToken({ aud: [APP.client_id] }),
	"for no app": () => sessionToken({ aud: undefined }),
	"of another shop": () => sessionToken({ dest: "b-shop.myshopify.com" }),
	"of a shop that begins alike": () => sessionToken({ dest: `${APP.shop}.evil.example` }),
	"of a shop in capitals": () => sessionToken({ dest: APP.shop.toUpperCase() }),
	"of a shop over plain http": () => sessionToken({ dest: `http://${APP.shop}` }),
	"of a shop with a path": () => sessionToken({ dest: `https://${APP.shop}/admin` }),
	"of no shop": () => sessionToken({ dest: undefined }),
	"that has ended": () => sessionToken({ exp: Math.floor(Date.now() / 1000) - 11 }),
	"that never ends": () => sessionToken({ exp: undefined }),
	"whose end is no number": () => sessionToken({ exp: "9999999999" }),
	"whose end is beyond all time": () => sessionToken({ exp: 1e300 }),
	"that has not begun": () => sessionToken({ nbf: Math.floor(Date.now() / 1000) + 20 }),
	"with a claim changed": () =>
		sessionToken().replace(/\.[^.]+\./, `.${base64url({ dest: APP.shop, aud: APP.client_id, exp: 9e9 })}.`),
	"with its signature cut": () => sessionToken().slice(0, -1),
	"with something behind it": () => `${sessionToken()}.x`,
	"whose claims are no JSON": () => {
		const message = `${base64url({ alg: "HS256" })}.${base64url("dest=a-shop")}`;
		return `${message}.${createHmac("sha256", APP.client_secret).update(message).digest("base64url")}`;
	},
	"that is too long": () => sessionToken({ sub: "x".repeat(700) }),
};

test.for(Object.keys(FORGERIES))("a session token %s opens nothing and stores nothing", async (name) => {
	const before = await stored();
	const reply = await collector.send(collector.ask({ token: FORGERIES[name]?.() ?? "" }), NOWHERE);
	expect([reply.status, (await reply.json()).code]).toEqual([403, "origin_not_allowed"]);
	expect(await stored()).toBe(before);
});

test("the app of one site opens no other, and a page of a strange origin none", async () => {
	const other = await collector.makeSite();
	const elsewhere = { ...collector.ask({ token: sessionToken() }), site: other.publicKey };
	expect((await collector.send(elsewhere, NOWHERE)).status).toBe(403);
	expect((await collector.send(collector.ask({ token: sessionToken() }), { origin: "https://evil.example" })).status).toBe(403);
	expect((await add({ shop: "b-shop.myshopify.com" }, other)).status).toBe(201);
	expect((await collector.send(elsewhere, NOWHERE)).status).toBe(403);
});

test("it proves the shop and not the order: such an answer is unsigned, its customer claimed, and refused where orders must be signed", async () => {
	const secret = await (await collector.owner("/v1/signing-secrets", { method: "POST" })).json();
	expect(secret.token_mode).toBe("prefer");
	const ask = collector.ask({ token: sessionToken(), transaction: "at-shopify", customer: "ann" });
	expect(await (await collector.send(ask, NOWHERE)).json()).toEqual({ status: "stored" });
	expect(await rowOf("at-shopify")).toMatchObject({
		verified: 0,
		customer: "ann",
		pairs: expect.stringContaining('["verified","no"]'),
	});
	expect((await collector.owner("/v1/customers/ann")).status).toBe(404);
	expect((await collector.owner("/v1/customers/gid:%2F%2Fshopify%2FCustomer%2F7291038475610")).status).toBe(404);
	await mode("require");
	const refused = await collector.send(collector.ask({ token: sessionToken() }), NOWHERE);
	expect([refused.status, (await refused.json()).field]).toEqual([401, "token"]);
	await mode("off");
	expect(await collector.drift()).toEqual([]);
});

test("such answers come under the limits of the unsigned", async () => {
	const from = { ...NOWHERE, "cf-connecting-ip": "203.0.113.60" };
	const statuses: number[] = [];
	for (let i = 0; i < 150; i++) statuses.push((await collector.send(collector.ask({ token: sessionToken() }), from)).status);
	expect(statuses).toContain(429);
	expect(new Set(statuses)).toEqual(new Set([201, 429]));
});

test("the client secret is kept sealed and shown to nobody; what is wrong is named", async () => {
	const { apps } = await (await collector.owner("/v1/shopify-apps")).json();
	expect(apps).toEqual([
		{ id: app.id, shop: APP.shop, client_id: APP.client_id, hint: APP.client_secret.slice(-4), created_at: expect.any(String) },
	]);
	expect(JSON.stringify((await collector.db.prepare("SELECT * FROM shopify_app").all()).results)).not.toContain(
		APP.client_secret,
	);
	const wrong = { shop: "https://a-shop.example", client_id: "", client_secret: "short", more: 1 };
	const { errors } = await (await add(wrong)).json();
	expect(errors.map(({ field }: { field: string }) => field).sort()).toEqual(["client_id", "client_secret", "more", "shop"]);
	expect((await end("nothing")).status).toBe(404);
});

test("a client secret rotates: the app stands there twice until the old one is ended", async () => {
	const secret = "the-next-secret-0123456789abcdef";
	const send = async (using: string) =>
		(await collector.send(collector.ask({ token: sessionToken({}, { secret: using }) }), NOWHERE)).status;
	expect(await send(secret)).toBe(403);
	const next = await (await add({ client_secret: secret })).json();
	expect([await send(APP.client_secret), await send(secret)]).toEqual([201, 201]);
	expect((await end(next.id)).status).toBe(204);
	expect([await send(APP.client_secret), await send(secret)]).toEqual([201, 403]);
	const more = [];
	for (let i = 0; i < 4; i++) more.push(await (await add({})).json());
	expect((await add({})).status).toBe(409);
	for (const { id } of more) await end(id);
});

test("an app that another isolate has just added is known here; a secret that cannot be opened is 503", async () => {
	const row = Object(await collector.db.prepare("SELECT * FROM shopify_app WHERE id = ?1").bind(app.id).first());
	await end(app.id);
	expect((await collector.send(collector.ask({ token: sessionToken() }), NOWHERE)).status).toBe(403);
	const keep = (sealed: string) =>
		collector.db
			.prepare(
				"INSERT INTO shopify_app (site, id, shop, client_id, sealed, hint, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
			)
			.bind(row.site, row.id, row.shop, row.client_id, sealed, row.hint, row.created_at)
			.run();
	await keep(row.sealed);
	await new Promise((later) => setTimeout(later, 1_200));
	expect((await collector.send(collector.ask({ token: sessionToken() }), NOWHERE)).status).toBe(201);
	await end(app.id);
	await keep("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	const reply = await collector.send(collector.ask({ token: sessionToken() }), NOWHERE);
	expect([reply.status, Number(reply.headers.get("retry-after")) >= 30]).toEqual([503, true]);
});

test("of all that was sent here, of the customer whom the token names nothing is kept and nothing logged", async () => {
	const [head, said] = sessionToken().split(".");
	const { sub } = JSON.parse(Buffer.from(said ?? "", "base64url").toString());
	const tables = await collector.db
		.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
		.all();
	const rows = await Promise.all(tables.results.map(({ name }) => collector.db.prepare(`SELECT * FROM "${name}"`).all()));
	const kept = JSON.stringify([rows.map(({ results }) => results), collector.log]);
	expect(kept).toContain("at-shopify");
	for (const trace of [sub.split("/").at(-1), head]) expect([trace, kept.includes(trace)]).toEqual([trace, false]);
});
