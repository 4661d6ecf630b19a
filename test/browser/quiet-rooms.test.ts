import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";

let collector: TestCollector;
let browser: OwnerBrowser;
beforeAll(async () => {
	collector = await startCollector({ settings: { name: "متجر الشاي <b>الأخضر</b> والقهوة المطحونة على الطريقة القديمة" } });
	browser = await openOwnerBrowser(collector);
});
afterEach(async () => expect(await browser.clear()).toEqual([]));
afterAll(async () => {
	await browser.stop();
	await collector.stop();
});

/** What axe finds on a page in light and in dark, and how far the page scrolls sideways: nothing. */
async function faultsOf(page: Page) {
	const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	return { path: new URL(page.url()).pathname, found: await browser.findings(page), sideways };
}
const none = (path: string) => ({ path, found: [], sideways: 0 });

test("how long answers are kept, and the question before it is shorter, have no finding by axe on the narrowest phone", async () => {
	const page = await browser.logIn(collector.site, { javaScriptEnabled: true, viewport: { width: 320, height: 700 } });
	const path = "/app/settings/retention";
	await page.goto(collector.url + path);
	expect(await faultsOf(page)).toEqual(none(path));
	await page.getByLabel("Months that the answer itself is kept").fill("0");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByRole("alert").waitFor();
	expect(await faultsOf(page)).toEqual(none(path));
	await page.getByLabel("Months that the answer itself is kept").fill("13");
	await page.getByLabel(/^Months that an answer keeps/).fill("2");
	await page.getByRole("button", { name: "Save" }).click();
	await page.getByRole("heading", { name: "Keep answers for a shorter time?" }).waitFor();
	expect(await faultsOf(page)).toEqual(none(path));
	await page.getByRole("button", { name: "Keep them for a shorter time" }).click();
	await page.getByRole("status").waitFor();
	expect(await faultsOf(page)).toEqual(none(path));
	expect(await browser.clear()).toEqual([
		expect.stringContaining("400 (Bad Request)"),
		expect.stringContaining("409 (Conflict)"),
	]);
});

test("Shopify apps, none, refused and some, and the end of one, have no finding by axe on the narrowest phone", async () => {
	const page = await browser.logIn(collector.site, { viewport: { width: 320, height: 700 } });
	const path = "/app/settings/signing/shopify";
	await page.goto(collector.url + path);
	expect(await faultsOf(page)).toEqual(none(path));
	await page.getByLabel("Shop", { exact: true }).fill("shop.example");
	await page.getByLabel("Client ID").fill("0f1e2d3c4b5a69788796a5b4c3d2e1f0");
	await page.getByLabel("Client secret").fill("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");
	await page.getByRole("button", { name: "Add an app" }).click();
	await page.getByRole("alert").waitFor();
	expect(await faultsOf(page)).toEqual(none(path));
	await page.getByLabel("Shop", { exact: true }).fill(`${"a-very-long-name-".repeat(3)}shop.myshopify.com`);
	await page.getByRole("button", { name: "Add an app" }).click();
	await page.getByRole("status").waitFor();
	expect(await faultsOf(page)).toEqual(none(path));
	await page.getByRole("link", { name: /^End a-very-long/ }).click();
	await page.getByRole("heading", { name: /^End the app of/ }).waitFor();
	expect(await faultsOf(page)).toEqual(none(new URL(page.url()).pathname));
	await page.getByRole("link", { name: "Back" }).click();
	await page.getByRole("region", { name: "Shopify apps of this site" }).waitFor();
	expect(await browser.clear()).toEqual([expect.stringContaining("400 (Bad Request)")]);
});

test("the operator's rooms have no finding by axe on the narrowest phone, with nothing to tell and with everything", async () => {
	const { db, site } = collector;
	const page = await browser.logIn("operator", { viewport: { width: 320, height: 700 } });
	const look = async (path: string) => {
		await page.goto(collector.url + path);
		expect(await faultsOf(page)).toEqual(none(path));
	};
	await look("/app/health");
	await look("/app/sites");
	await db.batch([
		db.prepare("UPDATE site SET token_mode = 'prefer', token_days = 30"),
		db.prepare("UPDATE survey SET wording = 'no JSON' WHERE site = ?1 AND slug = 'nps'").bind(site.id),
	]);
	await collector.nightly(Date.now() + 86_400_000);
	await page.goto(`${collector.url}/app/health`);
	await page.getByRole("region", { name: "What it did" }).waitFor();
	await page.getByRole("region", { name: "Unsigned answers" }).waitFor();
	await page.getByText(/failed once since/).waitFor();
	expect(await faultsOf(page)).toEqual(none("/app/health"));
});
