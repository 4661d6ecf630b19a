import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { follow } from "../harness/follow.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";
import { openShop, type Shop } from "../harness/shop.ts";

let collector: TestCollector;
let browser: OwnerBrowser;
let shop: Shop;
beforeAll(async () => {
	collector = await startCollector();
	browser = await openOwnerBrowser(collector);
	shop = await openShop();
});
afterEach(async () => expect(await browser.clear()).toEqual([]));
afterAll(async () => {
	await shop.stop();
	await browser.stop();
	await collector.stop();
});

/** A shopper's page, in a browser of its own. */
const shopper = async (page: Page, body: string) => {
	const context = await page.context().browser()?.newContext();
	const visit = await context?.newPage();
	if (!visit) throw new Error("No browser");
	await visit.goto(shop.serve({ body }));
	return visit;
};

const wide = { viewport: { width: 1280, height: 900 } };

test("from nothing to a pasted tag and the first answer by forms alone; who waits sees both come, with a script and without", async () => {
	await collector.db.prepare("DELETE FROM site").run();
	const plain = await browser.logIn("operator", { javaScriptEnabled: false });
	await plain.waitForURL(`${collector.url}/app/set-up`);
	await plain.getByLabel("Name").fill("First shop");
	await plain.getByLabel("Addresses of the shop").fill(shop.origin);
	await plain.getByLabel("Time zone").fill("Europe/Rome");
	await plain.getByRole("button", { name: "Make it and go on" }).click();
	await plain.getByText("Your site is made.").waitFor();
	await plain.getByRole("radio", { name: /Recommendation/ }).check();
	await plain.getByLabel("Your own wording").fill("Would you come back to {shop}?");
	await plain.getByRole("button", { name: "Save and go on" }).click();
	await plain.waitForURL(`${collector.url}/app/set-up/tag`);
	const tag = (await plain.locator("#code-html").textContent()) ?? "";

	const live = await browser.logIn("operator", wide);
	await follow(live.getByRole("button", { name: "Open First shop" }));
	await live.goto(`${collector.url}/app/set-up/tag`);
	await live.getByText("Waiting for the first question").waitFor();
	expect(await browser.findings(live)).toEqual([]);

	const visit = await shopper(plain, tag.replace("{{ order_number }}", "1001"));
	await visit.getByText("Would you come back to First shop?").waitFor();
	await visit.waitForFunction(() => Object.keys(localStorage).length > 0);
	await visit.goto("about:blank");
	for (const page of [plain, live]) await page.getByText("First question seen").waitFor({ timeout: 30_000 });

	const second = await shopper(plain, tag.replace("{{ order_number }}", "1002"));
	await second.getByRole("radio", { name: "9" }).click();
	for (const page of [plain, live]) {
		await page.getByText("First answer received").waitFor({ timeout: 30_000 });
		await page.getByRole("link", { name: "To the overview" }).click();
		await page.waitForURL(`${collector.url}/app/`);
	}
	const stored = await collector.db.prepare("SELECT \"transaction\", score, survey FROM ask WHERE status = 'answered'").all();
	expect(stored.results).toEqual([{ transaction: "1002", score: 9, survey: "nps" }]);
});

test("as Tag Manager puts it in, the tag asks about the purchase of the dataLayer", async () => {
	const site = await collector.makeSite({ origins: [shop.origin] });
	const owner = await browser.logIn(site, { javaScriptEnabled: false });
	await owner.goto(`${collector.url}/app/set-up/tag`);
	const lines = (await owner.locator("#code-gtm").textContent()) ?? "";
	const purchase = { event: "purchase", ecommerce: { transaction_id: "GTM-7", value: 10, currency: "EUR" } };
	const visit = await shopper(owner, `<script>window.dataLayer = [${JSON.stringify(purchase)}]</script><p id="here"></p>`);
	// A tag manager makes the scripts of its lines anew, without attributes it does not know.
	await visit.evaluate((html) => {
		const holder = Object.assign(document.createElement("div"), { innerHTML: html });
		for (const { textContent, src } of holder.querySelectorAll("script"))
			document.body.append(Object.assign(document.createElement("script"), src ? { src } : { textContent }));
	}, lines);
	await visit.getByRole("radio", { name: "4" }).click();
	await expect
		.poll(() => collector.db.prepare("SELECT score FROM ask WHERE \"transaction\" = 'GTM-7'").first())
		.toEqual({ score: 4 });
});

test("the preview shows the form's draft by the widget itself, keeps nothing, and leaves the widget's memory as it was", async () => {
	const site = await collector.makeSite({ origins: [shop.origin] });
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ locales: ["en", "ar"] }) }, site);
	const page = await browser.logIn(site, wide);
	// On the collector's own origin the survey's page has asked before.
	await page.goto(`${collector.url}/s/${site.publicKey}/csat`);
	await page.getByRole("radio", { name: "5" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	const memory = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
	const rows = async () => {
		const counts = ["ask", "tally", "survey_version", "audit"].map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
		return collector.db.prepare(`SELECT ${counts.join(", ")}, (SELECT sum(changes) FROM survey) AS changes`).first();
	};
	await expect.poll(() => memory()).not.toContain("waiting");
	await page.goto(`${collector.url}/app/settings/surveys/csat`);
	const [before, kept] = [await memory(), await rows()];
	expect(before).toContain(site.publicKey);

	const frame = page.frameLocator("iframe[name=preview]");
	await frame.getByText("How satisfied are you with your order today?").waitFor();
	expect(await browser.findings(page)).toEqual([]);
	await page.getByLabel("Question", { exact: true }).fill("Draft of {shop}?");
	await page.getByRole("radio", { name: "Stars" }).check();
	await page.getByLabel("Own words for reason 1").fill("A reason of the draft");
	await page.getByRole("button", { name: "Preview" }).click();
	await frame.getByText("Draft of Test shop?").waitFor();
	await frame.getByRole("radio", { name: /Very satisfied/ }).click();
	await frame.getByRole("checkbox", { name: "A reason of the draft" }).click();
	await frame.getByLabel("Anything you would like to add?").fill("A comment.");
	await frame.getByRole("button", { name: "Done" }).click();
	await frame.getByText("Thank you for your answer.").waitFor();
	await frame.getByRole("link", { name: "العربية" }).click();
	await frame.locator("html[dir=rtl] .row svg").first().waitFor();
	expect(await page.frames()[1]?.evaluate(() => location.search.includes("csrf"))).toBe(false);
	await page.getByRole("radio", { name: /^NPS/ }).check();
	await page.getByRole("button", { name: "Preview" }).click();
	await frame.getByText("must be numbers for nps").waitFor();
	await page.goto(`${collector.url}/app/settings/surveys/csat`);
	expect([await memory(), await rows()]).toEqual([before, kept]);
	// The draft that was refused.
	expect(await browser.clear()).toEqual([expect.stringContaining("400 (Bad Request)")]);
});

test("the settings have no fault that axe finds, in light and in dark, with what they show once and ask first", async () => {
	const site = await collector.makeSite({ name: "متجر <Tea>" });
	const page = await browser.logIn(site);
	for (const path of ["", "/surveys", "/new-survey", "/surveys/nps/baselines", "/signing", "/audit"]) {
		await page.goto(`${collector.url}/app/settings${path}`);
		expect([path, await browser.findings(page)]).toEqual([path, []]);
	}
	const table = page.getByRole("region", { name: "Audit log" });
	expect(await table.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true);
	expect(await table.evaluate((box) => getComputedStyle(box).backgroundAttachment)).toBe("local, local, scroll, scroll");
	expect((await table.locator("caption").boundingBox())?.width).toBeLessThanOrEqual(358);
	await page.goto(`${collector.url}/app/settings/keys`);
	await page.getByLabel("Name").fill("Reports");
	await page.getByRole("button", { name: "Make a key" }).click();
	await page.getByRole("button", { name: "Copy" }).waitFor();
	expect(await browser.findings(page)).toEqual([]);
	const end = page.getByRole("link", { name: "End Reports" });
	expect(await end.evaluate((link) => link.getBoundingClientRect().right)).toBeLessThanOrEqual(374);
	await end.click();
	await page.getByRole("heading", { name: "End the key “\u2068Reports\u2069”?" }).waitFor();
	expect(await browser.findings(page)).toEqual([]);
	await page.getByRole("button", { name: "End the key" }).click();
	await page.waitForURL(`${collector.url}/app/settings/keys`);
	expect(await page.getByRole("link", { name: "End Reports" }).count()).toBe(0);
});

test("on a phone what keeps a long form is in sight and hides no field; the way, and long code, take little room", async () => {
	const page = await browser.logIn(await collector.makeSite(), {
		viewport: { width: 375, height: 667 },
		reducedMotion: "reduce",
	});
	await page.goto(`${collector.url}/app/settings/surveys/csat`);
	const bar = async () => (await page.getByRole("button", { name: "Save" }).boundingBox()) ?? { y: 0, height: 0 };
	expect((await bar()).y + (await bar()).height).toBeLessThanOrEqual(667);
	for (const field of await page.locator("#survey :is(input, textarea, select):visible").all()) {
		await field.focus();
		const box = await field.boundingBox();
		expect(box && box.y + box.height).toBeLessThanOrEqual((await bar()).y);
	}
	expect(await browser.findings(page)).toEqual([]);
	await page.goto(`${collector.url}/app/set-up/tag`);
	await page.getByText("Shopify", { exact: true }).click();
	const code = page.locator("#code-shopify");
	expect(await code.evaluate((box) => [box.clientHeight <= 256, box.scrollHeight > 256])).toEqual([true, true]);
	expect(await browser.findings(page)).toEqual([]);
	await page.goto(`${collector.url}/app/set-up/question`);
	const steps = page.getByRole("list", { name: "Steps" }).getByRole("listitem");
	expect(new Set(await steps.evaluateAll((all) => all.map((step) => step.getBoundingClientRect().top))).size).toBe(1);
});
