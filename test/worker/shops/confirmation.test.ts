import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../../harness/collector.ts";
import { type HtmlElement, htmlReader } from "../../harness/html-elements.ts";
import { SHOP_SYSTEMS } from "../../harness/shops/index.ts";
import type { ShopOrder, ShopSettings, ShopSystem } from "../../harness/shops/shop-system.ts";

let collector: TestCollector;
let read: (html: string) => Promise<HtmlElement[]>;
beforeAll(async () => {
	collector = await startCollector();
	read = await htmlReader();
});
afterAll(() => collector.stop());

const CREATED = Math.floor(Date.now() / 1000) - 3600;

describe.for(SHOP_SYSTEMS)("the confirmation of %s on PHP %s", ([, version, open]) => {
	let shop: ShopSystem;
	let site: TestSite;
	let settings: ShopSettings;

	beforeAll(async () => {
		[shop, site] = await Promise.all([open(version), collector.makeSite()]);
		const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
		const address = `${collector.url}/w/${site.publicKey}.js`;
		settings = { address, kid: made.secret.kid, secret: made.signing_secret };
		const body = JSON.stringify({ token_mode: "require" });
		expect((await collector.owner("/v1/site", { method: "PATCH", body }, site)).status).toBe(200);
	});

	/** The attributes of the one script that is printed, and that nothing else is but a place for the question. */
	async function tagOf(changes: Partial<ShopSettings>, order: ShopOrder): Promise<Readonly<Record<string, string>>> {
		const elements = await read(await shop.confirmation({ ...settings, ...changes }, order));
		const [tag, ...more] = elements.filter(({ name }) => name !== "div");
		expect([tag?.name, tag?.text, more]).toEqual(["script", "", []]);
		for (const { attributes, text } of elements.slice(0, -1)) expect([attributes, text]).toEqual([{ id: "afterword-place" }, ""]);
		return tag?.attributes ?? {};
	}

	test.for([
		["a plain order number", "1001", "7", 7],
		["one that is markup", `"><script>alert(1)</script>`, "8", 8],
		["quotes of both kinds", `O'Neill's "7"`, null, 0],
		["Arabic", "طلب 12", null, 0],
		["an order number 0", "0", null, 0],
		["64 bytes", "ÿ".repeat(32), "9", 9],
		["a mark of its template", "{$x} {{ 1 }} <?= 3 ?> %s \\1", null, 0],
	] as const)("signs %s, and the answer is stored as verified", async ([, number, customer, buyer]) => {
		const tag = await tagOf({}, { number, buyer, created: CREATED });
		expect(tag).toMatchObject({ src: settings.address, async: expect.anything(), "data-transaction": number });
		expect(tag).not.toHaveProperty("data-customer");
		const reply = await collector.send({
			...collector.ask({ token: tag["data-token"] ?? "", transaction: "claimed" }),
			site: site.publicKey,
		});
		expect([reply.status, await reply.json()]).toEqual([201, { status: "stored" }]);
		const stored = await collector.db
			.prepare('SELECT verified, customer FROM ask WHERE site = ?1 AND "transaction" = ?2')
			.bind(site.id, number)
			.all();
		expect(stored.results).toEqual([{ verified: 1, customer }]);
	});

	test("names the buyer as the shop has chosen", async () => {
		const order: ShopOrder = { number: "2001", buyer: 12, email: `"ann'<b>"@example.com`, created: CREATED };
		const customerIn = async (buyer: "none" | "number" | "email", email = order.email ?? "") => {
			const { "data-token": token = "" } = await tagOf({ buyer }, { ...order, email });
			return Buffer.from(token.split(".")[5] ?? "", "base64url").toString();
		};
		expect(await customerIn("email")).toBe(order.email);
		expect(await customerIn("number")).toBe("12");
		expect(await customerIn("none")).toBe("");
		expect(await customerIn("email", `${"x".repeat(60)}@example.com`)).toBe("");
		const unsigned = await tagOf({ buyer: "email", secret: "" }, order);
		expect(unsigned["data-customer"]).toBe(order.email);
	});

	test("says what is set, and of the order what the site may have declared as segments", async () => {
		const chosen = { survey: "csat", placement: "corner", locale: "pt-BR", consent: true };
		const tag = await tagOf(chosen, { number: "3001", created: CREATED });
		expect(tag).toMatchObject({
			"data-survey": "csat",
			"data-placement": "corner",
			"data-locale": "pt-BR",
			"data-consent": "pending",
			"data-segment-country": "IT",
			"data-segment-currency": "EUR",
			"data-segment-payment": expect.stringMatching(/^[a-z_]+$/),
		});
		const plain = await tagOf({}, { number: "3001", created: CREATED });
		for (const name of ["survey", "placement", "locale", "consent"]) expect(plain).not.toHaveProperty(`data-${name}`);
	});

	test.for([
		["a secret", { secret: "" }],
		["the secret's name", { kid: "" }],
		["a secret that is one", { secret: "aw_tx_short" }],
	] as const)("without %s the order goes unsigned", async ([, changes]) => {
		const tag = await tagOf(changes, { number: "4001", created: CREATED });
		expect(tag).not.toHaveProperty("data-token");
		expect(tag["data-transaction"]).toBe("4001");
	});

	test.for([
		["failed", "failed"],
		["was cancelled", "cancelled"],
	] as const)("says nothing of an order that %s", async ([, status]) => {
		expect(await shop.confirmation(settings, { number: "5001", status, created: CREATED })).toBe("");
	});

	test.for([
		["of an order that the shop does not have", {}, null],
		["without a number", {}, { number: " ", created: CREATED }],
		["with a number that no token takes", {}, { number: "x".repeat(65), created: CREATED }],
		["with a number of two lines", {}, { number: "1\n2", created: CREATED }],
		["without an address", { address: "" }, { number: "6001", created: CREATED }],
	] as const)("says nothing %s", async ([, changes, order]) => {
		expect(await shop.confirmation({ ...settings, ...changes }, order)).toBe("");
	});

	test("says nothing, and breaks nothing, before anything was set", async () => {
		expect(await shop.confirmation({}, { number: "7001", created: CREATED })).toBe("");
	});

	test("says the same again when the page is loaded again", async () => {
		const order: ShopOrder = { number: "8001", buyer: 3, created: CREATED };
		expect(await shop.confirmation(settings, order)).toBe(await shop.confirmation(settings, order));
	});
});
