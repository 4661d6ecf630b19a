import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SHOP, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

let collector: TestCollector;
let other: TestSite;
beforeAll(async () => {
	collector = await startCollector();
	other = await collector.makeSite();
	await collector.owner(
		"/v1/surveys",
		{ method: "POST", body: JSON.stringify({ slug: "after-delivery", metric: "nps" }) },
		other,
	);
});
afterAll(() => collector.stop());
beforeEach(async () => {
	await collector.db.prepare("DELETE FROM ask").run();
});

async function expectRefused(response: Response, status: number, field: string): Promise<void> {
	expect(response.headers.get("content-type")).toBe("application/problem+json");
	expect(response.headers.get("access-control-allow-origin")).toBe("*");
	const problem = await response.json();
	expect([response.status, problem.field]).toEqual([status, field]);
	expect(problem).toMatchObject({
		status,
		title: expect.any(String),
		code: expect.any(String),
		detail: expect.stringContaining(field),
	});
	expect(await collector.db.prepare("SELECT count(*) AS n FROM ask").first()).toEqual({ n: 0 });
}

test.for([
	["a score above the scale", { score: 11 }, "score"],
	["a score between two", { score: 9.5 }, "score"],
	["a score as text", { score: "9" }, "score"],
	["an empty score", { score: "" }, "score"],
	["a score of null", { score: null }, "score"],
	["a score of true", { score: true }, "score"],
	["a score in a list", { score: [9] }, "score"],
	["an answer without a score", { score: undefined }, "score"],
	["a negative score", { score: -1 }, "score"],
	["a CSAT score of 0", { survey: "csat", score: 0 }, "score"],
	["a CSAT score of 6", { survey: "csat", score: 6 }, "score"],
	["a CES score of 8", { survey: "ces", score: 8 }, "score"],
	["a score on what was only shown", { status: "shown", score: 5 }, "score"],
	["an unknown field", { colour: "red" }, "colour"],
	["an unknown status", { status: "seen" }, "status"],
	["an unknown survey", { survey: "nothing" }, "survey"],
	["another site's survey", { survey: "after-delivery" }, "survey"],
	["a survey that is no name", { survey: "../nps" }, "survey"],
	["a version to come", { version: 2 }, "version"],
	["version 0", { version: 0 }, "version"],
	["a negative revision", { rev: -1 }, "rev"],
	["half a revision", { rev: 0.5 }, "rev"],
	["a revision as text", { rev: "1" }, "rev"],
	["an id that is no UUID", { id: "1" }, "id"],
	["a UUID of another version", { id: "6ba7b810-9dad-11d1-80b4-00c04fd430c8" }, "id"],
	["another version of the payload", { v: 2 }, "v"],
	["a site key with a typing error", { site: "aw_pub_0000000000000000000000" }, "site"],
	["a site key of another kind", { site: "aw_sk_00" }, "site"],
	["no site", { site: undefined }, "site"],
] as const)("%s is refused by name and stores nothing", async ([, changes, field]) => {
	await expectRefused(await collector.send({ ...collector.ask(), ...changes }), 400, field);
});

test("a public key that no site has is refused", async () => {
	await collector.db.prepare("UPDATE place SET public_key = 'gone' WHERE site = ?1").bind(other.id).run();
	await expectRefused(await collector.send(collector.ask({ site: other.publicKey })), 404, "site");
});

test("every wrong field is named, and no value is repeated", async () => {
	const response = await collector.send({ ...collector.ask(), id: "secret-value", score: "secret-value", "<script>": 1 });
	const text = await response.text();
	expect(
		JSON.parse(text)
			.errors.map(({ field }: { field: string }) => field)
			.sort(),
	).toEqual(["(a field with an unusual name)", "id", "score"]);
	expect(text).not.toContain("secret-value");
	expect(text).not.toContain("<script>");
});

test.for([
	["broken JSON", '{"v":1,', 400],
	["no body", "", 400],
	["a list", "[]", 400],
	["a word", '"hello"', 400],
	["null", "null", 400],
	["17 KiB", JSON.stringify({ v: 1, comment: "x".repeat(17 * 1024) }), 413],
] as const)("%s is refused as a body", async ([, body, status]) => {
	const response = await collector.fetch("/v1/responses", {
		method: "POST",
		body,
		headers: { origin: SHOP, "content-type": "text/plain" },
	});
	await expectRefused(response, status, "body");
});

test("a field named __proto__ is an unknown field like any other", async () => {
	const body = JSON.stringify(collector.ask()).replace("{", '{"__proto__":{"score":1},');
	const response = await collector.fetch("/v1/responses", {
		method: "POST",
		body,
		headers: { origin: SHOP, "content-type": "text/plain" },
	});
	await expectRefused(response, 400, "__proto__");
});

test("17 KiB sent in pieces, with no length said, are refused", async () => {
	const ask = JSON.stringify({ ...collector.ask(), comment: "x".repeat(17 * 1024) });
	const response = await collector.fetch("/v1/responses", {
		method: "POST",
		body: new Blob([ask]).stream(),
		headers: { origin: SHOP, "content-type": "text/plain" },
		duplex: "half",
	} as RequestInit);
	await expectRefused(response, 413, "body");
});

test("a body that does not arrive is told to try again, not refused for good", async () => {
	const { hostname, port } = new URL(collector.url);
	const socket = connect(Number(port), hostname);
	socket.write(
		`POST /v1/responses HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${SHOP}\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\n{"v":1,`,
	);
	const [reply] = await once(socket, "data");
	expect(String(reply)).toMatch(/^HTTP\/1.1 408 /);
	socket.destroy();
}, 30_000);

test("bytes that are no UTF-8 are refused", async () => {
	const response = await collector.fetch("/v1/responses", {
		method: "POST",
		body: new Uint8Array([0x7b, 0xff, 0x7d]),
		headers: { origin: SHOP, "content-type": "text/plain" },
	});
	await expectRefused(response, 400, "body");
});

test.for([
	["a form", { "content-type": "application/x-www-form-urlencoded" }],
	["XML", { "content-type": "application/xml" }],
	["a compressed body", { "content-encoding": "gzip" }],
] as const)("%s is not taken", async ([, headers]) => {
	const response = await collector.send(collector.ask(), headers);
	expect([response.status, (await response.json()).code]).toEqual([415, "unsupported_media_type"]);
	expect(response.headers.get("access-control-allow-origin")).toBe("*");
});

test.for([
	["of another page", "https://elsewhere.example"],
	["of a subdomain", "https://www.shop.example"],
	["of another port", "https://shop.example:8443"],
	["of plain http", "http://shop.example"],
	["of nobody", "null"],
	["that only ends alike", "https://evilshop.example"],
] as const)("an origin %s is refused", async ([, origin]) => {
	await expectRefused(await collector.send(collector.ask(), { origin }), 403, "origin");
});

test("an origin that was allowed a moment ago is let in by a Worker that had not heard of it", async () => {
	const origin = "https://new.shop.example";
	const site = await collector.makeSite();
	const send = (from: string) => collector.send({ ...collector.ask(), site: site.publicKey }, { origin: from });
	expect((await send(origin)).status).toBe(403);
	// As another Worker of the same database does it.
	await collector.db
		.prepare("UPDATE site SET origins = ?2 WHERE id = ?1")
		.bind(site.id, JSON.stringify([SHOP, origin]))
		.run();
	await new Promise((later) => setTimeout(later, 1_100));
	expect((await send(origin)).status).toBe(201);
	expect((await send("https://other.example")).status).toBe(403);
});

test("a request without an origin is refused", async () => {
	const response = await collector.fetch("/v1/responses", {
		method: "POST",
		body: JSON.stringify(collector.ask()),
		headers: { "content-type": "text/plain" },
	});
	await expectRefused(response, 403, "origin");
});

test("the collector's own origin and a listed subdomain are taken", async () => {
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ origins: [SHOP, "https://*.market.example"] }) });
	expect((await collector.send(collector.ask(), { origin: collector.url })).status).toBe(201);
	expect((await collector.send(collector.ask(), { origin: "https://a.market.example" })).status).toBe(201);
	expect((await collector.send(collector.ask(), { origin: "https://market.example" })).status).toBe(403);
	expect((await collector.send(collector.ask(), { origin: "https://a.market.example.evil.example" })).status).toBe(403);
});

test("a preflight is answered, so that JSON may be sent too", async () => {
	const response = await collector.fetch("/v1/responses", {
		method: "OPTIONS",
		headers: { origin: SHOP, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
	});
	expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
	expect((await collector.send(collector.ask({ id: randomUUID() }), { "content-type": "application/json" })).status).toBe(201);
});
