import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

let collector: TestCollector;
let site: TestSite;
let kid: string;
let secret: string;

const post = (path: string, method: string, body?: object, of = site) =>
	collector.owner(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) }, of);
const mode = (token_mode: string, settings = {}) => post("/v1/site", "PATCH", { token_mode, ...settings });

beforeAll(async () => {
	collector = await startCollector();
	site = collector.site;
	const made = await (await post("/v1/signing-secrets", "POST")).json();
	expect(made.token_mode).toBe("prefer");
	kid = made.secret.kid;
	secret = made.signing_secret;
});
afterAll(() => collector.stop());

interface Said {
	readonly transaction?: string;
	readonly customer?: string;
	readonly iat?: number;
	readonly of?: string;
	readonly with?: string;
	readonly name?: string;
}

/** A token as a merchant's server makes it. */
function tokenFor({
	transaction = "A-1",
	customer = "",
	iat = Date.now() / 1000,
	of,
	with: key = secret,
	name = kid,
}: Said = {}) {
	const base64url = (text: string) => Buffer.from(text).toString("base64url");
	const message = ["awtx1", of ?? site.publicKey, name, Math.floor(iat), base64url(transaction), base64url(customer)].join(".");
	return `${message}.${createHmac("sha256", key).update(message).digest("hex")}`;
}

const rowOf = (transaction: string): Promise<{ results: Record<string, unknown>[] }> =>
	collector.db
		.prepare('SELECT outcome, verified, customer, "transaction" FROM ask WHERE "transaction" = ?1 ORDER BY shown_at')
		.bind(transaction)
		.all();
const DAY = 86_400;

test("a signing secret is shown once, kept sealed, and has a checksum", async () => {
	expect(secret).toMatch(/^aw_tx_[0-9A-Za-z]{38}$/);
	expect(kid).toMatch(/^[0-9a-z]{6}$/);
	const list = await (await post("/v1/signing-secrets", "GET")).json();
	expect(list.secrets).toEqual([{ kid, hint: secret.slice(-4), created_at: expect.any(String) }]);
	const dump = JSON.stringify((await collector.db.prepare("SELECT * FROM signing_secret").all()).results);
	expect(dump).not.toContain(secret);
	expect(dump).not.toContain(secret.slice(6));
});

test("a signed order is verified: transaction and customer are the token's, whatever the page claims", async () => {
	const token = tokenFor({ transaction: "Nº 1001/ä👩‍🚀", customer: "ann@example.com" });
	const reply = await collector.send(collector.ask({ token, transaction: "other", customer: "mallory" }));
	expect([reply.status, await reply.json()]).toEqual([201, { status: "stored" }]);
	expect((await rowOf("Nº 1001/ä👩‍🚀")).results).toEqual([
		{ outcome: "9", verified: 1, customer: "ann@example.com", transaction: "Nº 1001/ä👩‍🚀" },
	]);
	expect((await collector.owner("/v1/customers/ann@example.com")).status).toBe(200);
	expect((await collector.owner("/v1/customers/mallory")).status).toBe(404);
	expect(await collector.drift()).toEqual([]);
});

const FORGERIES: Readonly<Record<string, () => string>> = {
	"with another secret": () => tokenFor({ with: "aw_tx_guess" }),
	"of another site": () => tokenFor({ of: "aw_pub_0000000000000000000000" }),
	"under an unknown kid": () => tokenFor({ name: "nobody" }),
	"from an hour ahead": () => tokenFor({ iat: Date.now() / 1000 + 3600 }),
	"from 31 days ago": () => tokenFor({ iat: Date.now() / 1000 - 31 * DAY }),
	"with its customer changed": () => tokenFor().replace(/\.\.[0-9a-f]{64}$/, (end) => `.YW5u${end.slice(1)}`),
	"with a capital in its signature": () => tokenFor().replace(/[a-f](?=[0-9a-f]*$)/, (digit) => digit.toUpperCase()),
	"with an order of 65 bytes": () => tokenFor({ transaction: "x".repeat(65) }),
	"with a line break in its order": () => tokenFor({ transaction: "a\nb" }),
	"with something behind it": () => `${tokenFor()}.x`,
	"that is none": () => "let me in",
};

test.for(Object.keys(FORGERIES))("a token %s proves nothing", async (name) => {
	const make = () => FORGERIES[name]?.();
	await mode("prefer");
	const ask = collector.ask({ token: make(), transaction: "claimed" });
	const reply = await collector.send(ask);
	expect([reply.status, await reply.json()]).toEqual([201, { status: "stored", dropped: ["token"] }]);
	const rows = (await rowOf("claimed")).results;
	expect(rows.map(({ verified }) => verified)).not.toContain(1);
	expect(rows.length).toBeGreaterThan(0);
	await mode("require");
	const refused = await collector.send(collector.ask({ token: make() }));
	expect([refused.status, (await refused.json()).field]).toEqual([401, "token"]);
	await mode("prefer");
});

test.for([{ "sec-gpc": "1" }, { dnt: "1" }])(
	"of a browser that says %j neither customer nor device, page or segments are kept",
	async (says) => {
		const transaction = `quiet-${Object.keys(says)[0]}`;
		const token = tokenFor({ transaction, customer: "ann@example.com" });
		await collector.send(collector.ask({ token, device: "phone", page: "https://shop.example/thanks", locale: "ar" }), says);
		const row = await collector.db
			.prepare('SELECT customer, page, segments, verified FROM ask WHERE "transaction" = ?1')
			.bind(transaction)
			.first();
		expect(row).toEqual({ customer: null, page: null, segments: JSON.stringify({ channel: "page", locale: "ar" }), verified: 1 });
	},
);

test("a token is believed for as many days as the owner says", async () => {
	const token = tokenFor({ transaction: "old", iat: Date.now() / 1000 - 60 * DAY });
	await mode("prefer", { token_days: 90 });
	await collector.send(collector.ask({ token }));
	expect((await rowOf("old")).results).toMatchObject([{ verified: 1 }]);
	await mode("prefer", { token_days: 30 });
});

test("a site that requires tokens stores nothing without one", async () => {
	await mode("require");
	const before = await collector.db.prepare("SELECT count(*) AS n FROM ask").first();
	expect((await collector.send(collector.ask())).status).toBe(401);
	expect(await collector.db.prepare("SELECT count(*) AS n FROM ask").first()).toEqual(before);
	expect((await collector.send(collector.ask({ token: tokenFor({ transaction: "required" }) }))).status).toBe(201);
	await mode("prefer");
});

test("what comes from no page passes with a signed order, and not without", async () => {
	const token = tokenFor({ transaction: "from-nowhere" });
	expect((await collector.send(collector.ask({ token }), { origin: "null" })).status).toBe(201);
	expect((await collector.send(collector.ask(), { origin: "null" })).status).toBe(403);
	expect((await collector.send(collector.ask({ token }), { origin: "https://evil.example" })).status).toBe(403);
});

test("one signed order has one answer: the first stands, whoever comes second", async () => {
	const token = tokenFor({ transaction: "once" });
	const first = collector.ask({ token, score: 9 });
	await collector.send(first);
	const second = await collector.send(collector.ask({ token, score: 1 }));
	expect([second.status, await second.json()]).toEqual([200, { status: "already_answered" }]);
	expect((await collector.send({ ...first, rev: 2, score: 8 })).status).toBe(201);
	expect((await rowOf("once")).results).toMatchObject([{ outcome: "8" }]);
	const shown = collector.ask({ token, rev: 0, status: "shown" });
	expect((await collector.send(shown)).status).toBe(201);
	const late = await collector.send({ ...shown, rev: 1, status: "answered", score: 0 });
	expect([late.status, (await late.json()).status]).toEqual([200, "already_answered"]);
	const twenty = await Promise.all(
		Array.from({ length: 20 }, () => collector.send(collector.ask({ token: tokenFor({ transaction: "race" }) }))),
	);
	expect(twenty.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
	expect(twenty.every(({ status }) => status === 200 || status === 201)).toBe(true);
	expect(await collector.drift()).toEqual([]);
});

test("a stranger who guesses the order's number does not lock its buyer out", async () => {
	await collector.send(collector.ask({ transaction: "guessed", score: 0 }));
	const buyer = await collector.send(collector.ask({ token: tokenFor({ transaction: "guessed" }), score: 10 }));
	expect([buyer.status, await buyer.json()]).toEqual([201, { status: "stored" }]);
});

test("a site that signs counts the signed by default, and all when asked", async () => {
	const other = await collector.makeSite();
	const made = await (await post("/v1/signing-secrets", "POST", undefined, other)).json();
	const signed = (transaction: string) =>
		tokenFor({ transaction, of: other.publicKey, with: made.signing_secret, name: made.secret.kid });
	const send = (changes: object) => collector.send({ ...collector.ask(changes), site: other.publicKey });
	await send({ token: signed("s1"), score: 10 });
	await send({ score: 0 });
	await send({ score: 0, token: "forged" });
	const score = async (query: string) =>
		(await (await collector.owner(`/v1/scores?survey=nps&window=7d${query}`, {}, other)).json()).scores[0];
	expect(await score("")).toMatchObject({ verified: "only", responses: 1, value: 100 });
	expect(await score("&verified=all")).toMatchObject({ verified: "all", responses: 3 });
	expect((await post("/v1/site", "PATCH", { token_mode: "off" }, other)).status).toBe(200);
	expect(await score("")).toMatchObject({ verified: "all", responses: 3 });
});

test("secrets rotate: both are believed until the old one is ended, and the last only ends with the mode", async () => {
	const next = await (await post("/v1/signing-secrets", "POST")).json();
	const newer = { with: next.signing_secret, name: next.secret.kid };
	for (const token of [tokenFor({ transaction: "rot-1" }), tokenFor({ transaction: "rot-2", ...newer })])
		expect(await (await collector.send(collector.ask({ token }))).json()).toEqual({ status: "stored" });
	expect((await post(`/v1/signing-secrets/${next.secret.kid}`, "DELETE")).status).toBe(204);
	const ended = await collector.send(collector.ask({ token: tokenFor({ transaction: "rot-3", ...newer }) }));
	expect(await ended.json()).toEqual({ status: "stored", dropped: ["token"] });
	expect((await post(`/v1/signing-secrets/${kid}`, "DELETE")).status).toBe(409);
	expect((await post("/v1/signing-secrets/none", "DELETE")).status).toBe(404);
	expect((await mode("require", { token_mode: "sometimes" })).status).toBe(400);
});

test("a site without a secret cannot ask for tokens", async () => {
	const other = await collector.makeSite();
	const reply = await post("/v1/site", "PATCH", { token_mode: "require" }, other);
	expect([reply.status, (await reply.json()).field]).toEqual([400, "token_mode"]);
});

test("what was shown in time is in time whenever it arrives, and an edit takes nothing of the proof away", async () => {
	await mode("require", { token_days: 1 });
	const iat = Date.now() / 1000 - 2 * DAY;
	const late = collector.ask({ token: tokenFor({ transaction: "offline", iat }), age_ms: 1.9 * DAY * 1000 });
	expect((await collector.send(late)).status).toBe(201);
	expect((await collector.send({ ...late, rev: 2, comment: "late thought" })).status).toBe(201);
	expect((await rowOf("offline")).results).toMatchObject([{ verified: 1 }]);
	await mode("prefer", { token_days: 30 });
});

test("a secret that another isolate has just made is known here", async () => {
	await mode("require");
	const made = await (await post("/v1/signing-secrets", "POST")).json();
	const table = "signing_secret";
	const row = await collector.db.prepare(`SELECT * FROM ${table} WHERE kid = ?1`).bind(made.secret.kid).first();
	await collector.db.prepare(`DELETE FROM ${table} WHERE kid = ?1`).bind(made.secret.kid).run();
	await collector.send(collector.ask({ token: tokenFor({ transaction: "warm" }) }));
	await collector.db
		.prepare(`INSERT INTO ${table} (site, kid, sealed, hint, created_at) VALUES (?1, ?2, ?3, ?4, ?5)`)
		.bind(row?.["site"], row?.["kid"], row?.["sealed"], row?.["hint"], row?.["created_at"])
		.run();
	await new Promise((later) => setTimeout(later, 1_200));
	const token = tokenFor({ transaction: "rotated", with: made.signing_secret, name: made.secret.kid });
	expect((await collector.send(collector.ask({ token }))).status).toBe(201);
	await mode("prefer");
});

test("a secret that cannot be opened is 503 and no proof of anything", async () => {
	const { sealed } = Object(await collector.db.prepare("SELECT sealed FROM signing_secret WHERE kid = ?1").bind(kid).first());
	const set = (text: string) =>
		collector.db.prepare("UPDATE signing_secret SET sealed = ?2 WHERE kid = ?1").bind(kid, text).run();
	await set("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	await mode("prefer"); // What this isolate believes of the site is forgotten.
	const reply = await collector.send(collector.ask({ token: tokenFor({ transaction: "sealed" }) }));
	expect([reply.status, Number(reply.headers.get("retry-after")) > 0]).toEqual([503, true]);
	expect((await rowOf("sealed")).results).toEqual([]);
	await set(sealed);
	await mode("prefer");
});
