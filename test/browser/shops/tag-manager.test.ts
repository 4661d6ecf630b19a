import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { example, FEEDBACK } from "../../harness/example.ts";
import { type Stage, setStage } from "../../harness/stage.ts";
import { containerOf, readTemplate, runTemplateTest } from "../../harness/tag-manager.ts";

const file = await example("google-tag-manager/template.tpl");
const template = readTemplate(file);

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => expect(await stage.clear()).toEqual([]));
afterAll(() => stage.stop());

const PURCHASE = (id: string) => `<script>
	window.dataLayer = window.dataLayer || [];
	dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "${id}", value: 30, currency: "EUR", items: [] } });
</script>`;

/** A page on which Tag Manager fires the tag; the template's permissions name the Worker, as its README says. */
async function fire(body: string, data: object, granted: readonly string[] = []): Promise<Page> {
	const mine = readTemplate(file.replaceAll(FEEDBACK, stage.line.url));
	const address = `${stage.line.url}/w/${stage.collector.site.publicKey}.js`;
	return stage.visit(`${body}<script>${containerOf(mine, { address, ...data }, granted)}</script>`);
}

async function answer(page: Page, transaction: string) {
	await page.locator("afterword-survey").getByRole("radio", { name: "5" }).click();
	return stage.asksWhen(transaction, (found) => found.length > 0);
}

test.for([...template.tests.keys()])("the template's own test: %s", (name) => {
	runTemplateTest(template, template.tests.get(name) ?? "");
});

test("the file is a web tag whose parameters are those its code reads", () => {
	expect(template.info).toMatchObject({ type: "TAG", containerContexts: ["WEB"] });
	const named = new Set([...file.matchAll(/"name": "(\w+)"/g)].map(([, name]) => name));
	const read = new Set([...template.code.matchAll(/data\.(?!gtmOn)(\w+)/g)].map(([, name]) => name));
	for (const name of read) expect(named).toContain(name);
	expect([...template.permissions.keys()].sort()).toEqual(["access_consent", "access_globals", "inject_script", "logging"]);
});

test("a purchase in the dataLayer is asked about in a card, and the answer is stored", async () => {
	const page = await fire(PURCHASE("gtm-1"), { order: "datalayer", events: true });
	expect(await answer(page, "gtm-1")).toMatchObject([{ outcome: "5", survey: "csat" }]);
	expect(await page.evaluate(() => Object(window).gtmEnded)).toBe("success");
	expect(await page.locator(".corner").count()).toBe(1);
	const told = await page.evaluate(() => Object(window).dataLayer.map((entry: { event?: string }) => entry.event));
	expect(told).toEqual(["purchase", "afterword_shown", "afterword_answered"]);
});

test("an order from a variable is asked about where the page has its place", async () => {
	const data = { order: "variable", transaction: "gtm-2", element: "#thanks", survey: "nps" };
	const page = await fire('<div id="thanks"></div>', data);
	await page.locator("#thanks afterword-survey").waitFor();
	expect(await answer(page, "gtm-2")).toMatchObject([{ outcome: "5", survey: "nps" }]);
});

test("a tag that waits for consent shows and stores nothing before it, and asks as soon as it is there", async () => {
	const page = await fire(PURCHASE("gtm-3"), { order: "datalayer", consentType: "analytics_storage" });
	await page.waitForFunction(() => Object(window).gtmEnded === "success");
	expect(await page.evaluate(() => Object(window).afterword("why"))).toBe("consent");
	expect(await page.evaluate(() => [document.querySelectorAll("afterword-survey").length, localStorage.length])).toEqual([0, 0]);
	await page.evaluate(() => Object(window).gtmConsent("analytics_storage"));
	expect(await answer(page, "gtm-3")).toMatchObject([{ outcome: "5" }]);
	const granted = await fire(PURCHASE("gtm-4"), { order: "datalayer", consentType: "analytics_storage" }, ["analytics_storage"]);
	expect(await answer(granted, "gtm-4")).toMatchObject([{ outcome: "5" }]);
});

test("a tag whose host the permissions do not name ends as failed and loads nothing", async () => {
	const page = await fire(PURCHASE("gtm-5"), { order: "datalayer", address: "https://elsewhere.example/w/x.js" });
	expect(await page.evaluate(() => [Object(window).gtmEnded, document.querySelectorAll("script[src]").length])).toEqual([
		"failure",
		0,
	]);
});
