import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";
import { startTarget, type Target } from "../harness/target.ts";

let collector: TestCollector;
let browser: OwnerBrowser;
let target: Target;
beforeAll(async () => {
	[collector, target] = await Promise.all([startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } }), startTarget()]);
	browser = await openOwnerBrowser(collector);
});
afterEach(async () => expect(await browser.clear()).toEqual([]));
afterAll(async () => {
	await browser.stop();
	await collector.stop();
	await target.stop();
});

test("an owner adds a place, tests it, and reads what was told, without a script", async () => {
	const page = await browser.logIn(collector.site, { javaScriptEnabled: false });
	await page.getByRole("link", { name: "Settings" }).click();
	await page.getByRole("link", { name: "Where it is told" }).click();
	await page.getByRole("link", { name: "Your own server" }).click();
	await page.getByLabel("Name").fill("Our server");
	await page.getByLabel("Address").fill(`${target.url}/in`);
	await page.getByLabel("A case was opened").check();
	await page.getByRole("button", { name: "Tell it there" }).click();
	expect(await page.getByRole("status").textContent()).toMatch(/whsec_/);
	await page.getByRole("button", { name: "Send a test" }).click();
	// Without a script the page looks again by itself.
	await page.getByText("The test arrived").waitFor({ timeout: 60_000 });
	await page.getByRole("link", { name: "A test", exact: true }).click();
	expect(await page.getByRole("region", { name: "Attempts" }).textContent()).toContain("arrived");
	expect(target.received.map(({ path }) => path)).toEqual(["/hook/in"]);
});

test("the list, a place, its form and a delivery have no finding by axe, and never scroll sideways", async () => {
	const page = await browser.logIn();
	const { webhooks } = await (await collector.owner("/v1/webhooks")).json();
	const [{ id, deliveries }] = webhooks;
	await page.setViewportSize({ width: 320, height: 700 });
	for (const path of [
		"/webhooks",
		`/webhooks/${id}`,
		"/webhooks/new/webhook",
		`/deliveries/${deliveries.last.id}`,
		`/webhooks/${id}/delete`,
	]) {
		await page.goto(`${collector.url}/app${path}`);
		expect([path, await browser.findings(page)]).toEqual([path, []]);
		const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		expect([path, sideways]).toEqual([path, 0]);
		const log = await page.locator(".told").evaluateAll((boxes) => boxes.map((box) => box.scrollWidth - box.clientWidth));
		expect(Math.max(0, ...log)).toBe(0);
	}
});

test("a secret is copied with a button, where there is a script", async () => {
	const page = await browser.logIn(collector.site, { permissions: ["clipboard-read", "clipboard-write"] });
	await page.goto(`${collector.url}/app/webhooks`);
	await page.getByRole("link", { name: "Our server" }).click();
	await page.getByRole("link", { name: "Rotate the secret" }).click();
	await page.getByRole("button", { name: "Rotate the secret" }).click();
	const secret = await page.getByRole("status").locator("code").textContent();
	await page.getByRole("button", { name: "Copy" }).click();
	await page.getByRole("button", { name: "Copied" }).waitFor();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret?.trim());
});
