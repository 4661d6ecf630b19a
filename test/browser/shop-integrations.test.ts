import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { SHOP_SYSTEMS } from "../harness/shops/index.ts";
import type { ShopSettings, ShopSystem } from "../harness/shops/shop-system.ts";
import { openWooCommerce } from "../harness/shops/woocommerce.ts";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
let settings: ShopSettings;
beforeAll(async () => {
	stage = await setStage();
	const made = await (await stage.collector.owner("/v1/signing-secrets", { method: "POST" })).json();
	const address = `${stage.line.url}/w/${stage.collector.site.publicKey}.js`;
	settings = { address, kid: made.secret.kid, secret: made.signing_secret };
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const CREATED = Math.floor(Date.now() / 1000) - 60;
const CONSENT = new URL("../../examples/woocommerce/afterword/consent.js", import.meta.url);

/** What Magento does to a page where it is told to move scripts to the end. */
const scriptsLast = (body: string) => {
	const scripts = body.match(/<script[^>]*>.*?<\/script>/gs) ?? [];
	return scripts.reduce((rest, script) => rest.replace(script, ""), body) + scripts.join("");
};

describe.for(SHOP_SYSTEMS.filter(([, version]) => version === "8.4"))("the confirmation of %s", ([name, version, open]) => {
	let shop: ShopSystem;
	beforeAll(async () => {
		shop = await open(version);
	});

	test.for([
		["an order as there are many", "1001"],
		["an order whose number is markup", `"><img src=x onerror=alert(1)>'&`],
		["an order in Arabic", "طلب 12"],
	] as const)("asks about %s, and the answer is verified", async ([, number], { expect }) => {
		const transaction = `${number} ${name}`;
		const printed = await shop.confirmation(settings, { number: transaction, buyer: 7, created: CREATED });
		const more = "<p>Your purchases.</p>";
		const page = await stage.visit(name === "Magento" ? scriptsLast(printed + more) : printed + more);
		await page.getByRole("radio", { name: "4" }).click();
		await stage.asksWhen(transaction, ([ask]) => ask?.outcome === "4");
		const stored = await stage.collector.db
			.prepare('SELECT verified, customer, outcome FROM ask WHERE "transaction" = ?1')
			.bind(transaction)
			.all();
		expect(stored.results).toEqual([{ verified: 1, customer: "7", outcome: "4" }]);
		const [question, purchases] = await Promise.all([
			page.locator("afterword-survey").boundingBox(),
			page.getByText("Your purchases.").boundingBox(),
		]);
		expect(question?.y).toBeLessThan(purchases?.y ?? 0);
		expect(await page.locator("img").count()).toBe(0);
	});
});

/** WooCommerce's confirmation of an order, with the part of the WP Consent API that plugins ask: what was agreed to, and an event. */
async function withConsentApi(order: string, agreed: readonly string[], of_blocks: boolean): Promise<Page> {
	const shop = await openWooCommerce("7.4");
	const body = await shop.page({ ...settings, consent: true }, { number: order, created: CREATED }, { of_blocks });
	const { page } = await stage.shopper();
	const api = `let agreed = ${JSON.stringify(agreed)}; var wp_has_consent = (category) => agreed.includes(category);
		var agree = (category) => { agreed.push(category); document.dispatchEvent(new CustomEvent("wp_listen_for_consent_change")); };`;
	await page.route("**/wp-consent-api.js?*", (route) => route.fulfill({ contentType: "text/javascript", body: api }));
	const consent = await readFile(CONSENT, "utf8");
	await page.route("**/afterword/consent.js?*", (route) => route.fulfill({ contentType: "text/javascript", body: consent }));
	await page.goto(stage.shop.serve({ body }));
	return page;
}

test("in WooCommerce the question waits for the shopper's consent to its category", async () => {
	const page = await withConsentApi("waits", [], false);
	await page.waitForFunction(() => Object(window).afterword?.("why") === "consent");
	await page.evaluate(() => Object(window).agree("marketing"));
	expect(await page.evaluate(() => Object(window).afterword("why"))).toBe("consent");
	expect(await page.evaluate(() => localStorage.length)).toBe(0);
	await page.evaluate(() => Object(window).agree("statistics"));
	await page.getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen("waits", ([ask]) => ask?.outcome === "4")).toMatchObject([{ outcome: "4" }]);
});

test("in WooCommerce a shopper who agreed on an earlier page is asked at once, on a confirmation made of blocks", async () => {
	const page = await withConsentApi("agreed", ["statistics"], true);
	await page.getByRole("radio", { name: "3" }).click({ timeout: 5_000 });
	expect(await stage.asksWhen("agreed", ([ask]) => ask?.outcome === "3")).toMatchObject([{ outcome: "3" }]);
});
