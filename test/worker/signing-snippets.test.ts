import { createHmac } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { type Order, type Sign, SNIPPETS } from "../harness/snippets.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

/** The token of an order as its format is defined. */
function tokenOf(...[site, kid, secret, transaction, customer, created]: Order): string {
	const base64url = (text: string) => Buffer.from(text).toString("base64url");
	const message = `awtx1.${site}.${kid}.${created}.${base64url(transaction)}.${base64url(customer ?? "")}`;
	return `${message}.${createHmac("sha256", secret).update(message).digest("hex")}`;
}

const CREATED = Math.floor(Date.now() / 1000) - 3600;

describe.for(Object.entries(SNIPPETS))("the snippet in %s", ([, load]) => {
	let sign: Sign;
	let site: TestSite;
	let signer: readonly [site: string, kid: string, secret: string];

	beforeAll(async () => {
		sign = await load();
		site = await collector.makeSite();
		const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
		signer = [site.publicKey, made.secret.kid, made.signing_secret];
		const body = JSON.stringify({ token_mode: "require" });
		expect((await collector.owner("/v1/site", { method: "PATCH", body }, site)).status).toBe(200);
	});

	test.for([
		["a plain order number", "1001", null],
		["a buyer by e-mail", "1002", "ann.o'neill+shop@example.com"],
		["a buyer who is empty", "1003", ""],
		["accents and a slash", "Nº 1001/ä", "Ænne Ødegård"],
		["emoji", "🫖 7", "🙂"],
		["Arabic", "طلب 12", "ليلى"],
		["64 bytes that base64 writes with + and /", "?>".repeat(32), "ÿ".repeat(32)],
		["one byte", "A", "B"],
		["two bytes", "AB", "CD"],
		["what its templates are written with", `{{ 1 }} #{2} $x <?= '3' ?> "\\"`, "%s \\1 {% raw %}"],
	] as const)("signs %s as the format says, and the answer is stored as verified", async ([, transaction, customer]) => {
		const token = await sign(...signer, transaction, customer, CREATED);
		expect(token).toBe(tokenOf(...signer, transaction, customer, CREATED));
		const reply = await collector.send({ ...collector.ask({ token, transaction: "claimed" }), site: site.publicKey });
		expect([reply.status, await reply.json()]).toEqual([201, { status: "stored" }]);
		const row = await collector.db
			.prepare('SELECT verified, "transaction", customer FROM ask WHERE site = ?1 AND "transaction" = ?2')
			.bind(site.id, transaction)
			.all();
		expect(row.results).toEqual([{ verified: 1, transaction, customer: customer || null }]);
	});

	test("signs whatever an order is called", async () => {
		const reference = fc.string({ unit: "binary", minLength: 1, maxLength: 16 });
		const order = fc.tuple(reference, fc.option(reference), fc.integer({ min: 1e9, max: 4e9 }));
		await fc.assert(
			fc.asyncProperty(order, async ([transaction, customer, created]) => {
				expect(await sign(...signer, transaction, customer, created)).toBe(tokenOf(...signer, transaction, customer, created));
			}),
		);
	});
});
