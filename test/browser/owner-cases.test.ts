import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { follow } from "../harness/follow.ts";
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

test("a low score is followed up without a script: opened, contacted, noted, resolved, and its customer erased", async () => {
	await collector.send(
		collector.ask({ score: 2, customer: "ann@shop.example", transaction: "A-7", comment: "وصل الطلب متأخرا جدا" }),
	);
	await collector.db.prepare("UPDATE ask SET verified = 1").run();
	await collector.nightly(Date.now() + 91_000);
	const page = await browser.logIn(collector.site, { javaScriptEnabled: false });
	await follow(page.getByRole("link", { name: "Cases" }));
	const tone = () => page.locator(".tag", { hasText: /^Open$/ }).getAttribute("class");
	const listed = await tone();
	await follow(page.getByRole("link", { name: "NPS 2" }));

	expect(await tone()).toBe(listed);
	expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Case: NPS 2");
	expect(await page.locator("blockquote").getAttribute("dir")).toBe("auto");
	const reply = page.getByRole("link", { name: "Reply by e-mail" });
	expect(await reply.getAttribute("href")).toBe("mailto:ann@shop.example?subject=Test%20shop%3A%20A-7");

	await follow(page.getByRole("button", { name: "Customer contacted" }));
	expect(await page.getByRole("status").textContent()).toBe("Noted: the customer was contacted.");
	await page.getByLabel("New note").fill("Ann was told <b>sorry</b>.\nمرحبا");
	await page.getByRole("button", { name: "Add note" }).click();
	await page.getByText("Ann was told <b>sorry</b>.").waitFor();
	await page.getByLabel("Assignee").fill("Bob");
	await follow(page.getByRole("button", { name: "Save" }));
	await follow(page.getByRole("button", { name: "Resolve" }));
	expect(await page.getByRole("listitem").filter({ hasText: "by First key" }).allTextContents()).toEqual([
		expect.stringContaining("Contacted"),
		expect.stringContaining("Resolved"),
	]);
	const address = page.url();
	await follow(page.getByRole("link", { name: "All cases" }));
	await page.getByText("No case here.").waitFor();
	await follow(page.getByRole("link", { name: "Resolved", exact: true }));
	await page.getByText("Bob").first().waitFor();

	expect((await collector.owner("/v1/customers/ann@shop.example", { method: "DELETE" })).status).toBe(200);
	await page.goto(address);
	await page.getByText("This customer was erased.").waitFor();
	const text = (await page.textContent("body")) ?? "";
	expect(text).not.toMatch(/ann|Ann was told|A-7|وصل/);
	expect(await page.getByLabel("New note").count()).toBe(0);
	await follow(page.getByRole("button", { name: "Open again" }));
	expect(await page.getByRole("status").textContent()).toBe("The case is open again.");
});

test("the rooms of cases and loyalty have no fault that axe finds, and do not scroll sideways on the narrowest phone", async () => {
	await collector.send(collector.ask({ score: 1, customer: "x".repeat(60), comment: "long".repeat(400), transaction: "B-1" }));
	await collector.nightly(Date.now() + 91_000);
	const { cases } = await (await collector.owner("/v1/cases?state=all&order=newest")).json();
	const note = { method: "POST", body: JSON.stringify({ text: "note".repeat(300) }) };
	await collector.owner(`/v1/cases/${cases[0].id}/notes`, note);
	const page = await browser.logIn(collector.site, { viewport: { width: 320, height: 700 } });
	for (const path of ["/app/cases", "/app/cases?state=contacted&assignee=", `/app/cases/${cases[0].id}`, "/app/loyalty"]) {
		await page.goto(collector.url + path);
		expect([path, await browser.findings(page)]).toEqual([path, []]);
		expect([path, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, 320]);
	}
});
