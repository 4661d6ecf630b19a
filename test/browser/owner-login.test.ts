import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";

let collector: TestCollector;
let browser: OwnerBrowser;
beforeAll(async () => {
	collector = await startCollector();
	browser = await openOwnerBrowser(collector);
});
afterEach(async () => expect(await browser.clear()).toEqual([]));
afterAll(async () => {
	await browser.stop();
	await collector.stop();
});

test("the operator logs in with a key, opens a site and logs out, by forms alone", async () => {
	const page = await browser.logIn("operator", { javaScriptEnabled: false });
	await page.goto(`${collector.url}/app/sites`);
	await page.getByRole("button", { name: "Open Test shop" }).click();
	await page.waitForURL(`${collector.url}/app/`);
	await page.getByRole("button", { name: "Log out" }).click();
	await page.waitForURL(`${collector.url}/app/login`);
	await page.goto(`${collector.url}/app/sites`);
	expect(new URL(page.url()).search).toBe("?to=%2Fapp%2Fsites");
});

test("the way in has no fault that axe finds, in light and in dark", async () => {
	const page = await browser.logIn("operator");
	await page.goto(`${collector.url}/app/sites`);
	expect(await browser.findings(page)).toEqual([]);
	await page.context().clearCookies();
	await page.goto(`${collector.url}/app/login`);
	expect(await browser.findings(page)).toEqual([]);
});
