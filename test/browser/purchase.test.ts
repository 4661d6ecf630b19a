import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ ask_again_days: 0 }) });
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const DATA_LAYER = "<script>window.dataLayer = window.dataLayer || []</script>";

const tag = (more = "", build: "" | ".lazy" = "") => stage.tag(`data-purchase="datalayer" ${more}`, build);

/** A purchase in each shape that dataLayers have, as a script that pushes it. */
const SHAPES = {
	"GA4's ecommerce": (id: string) => `dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "${id}", value: 9 } });`,
	"the number beside the event": (id: string) => `dataLayer.push({ event: "purchase", transaction_id: "${id}" });`,
	"Universal Analytics' action field": (id: string) =>
		`dataLayer.push({ ecommerce: { purchase: { actionField: { id: "${id}" }, products: [] } } });`,
	"gtag's arguments": (id: string) =>
		`(function gtag() { dataLayer.push(arguments) })("event", "purchase", { transaction_id: "${id}" });`,
} as const;

/** Runs a script on the page. */
const run = (page: Page, script: string) => page.evaluate(`(() => { ${script} })()`);

/** Waits until the widget has had the time for some looks at the dataLayer, and says how many questions there are. */
async function questionsAfterALook(page: Page): Promise<number> {
	await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes(".triggers.js")));
	await page.waitForTimeout(800);
	return page.locator("afterword-survey").count();
}

/** Answers the question of the page, and gives what was stored. */
async function answer(page: Page, transaction: string) {
	await page.getByRole("radio", { name: "4" }).click();
	return stage.asksWhen(transaction, (found) => found.length > 0);
}

test.for(Object.entries(SHAPES).map(([name, push], i) => [name, push, `shape-${i}`] as const))(
	"a purchase said by %s is asked about, whether it was said before the script came or after",
	async ([, push, order]) => {
		const before = await stage.visit(`${DATA_LAYER}<script>${push(`${order}-a`)}</script>${tag()}`);
		expect(await answer(before, `${order}-a`)).toMatchObject([{ outcome: "4", transaction: `${order}-a` }]);
		const after = await stage.visit(DATA_LAYER + tag("", ".lazy"));
		expect(await questionsAfterALook(after)).toBe(0);
		await run(after, push(`${order}-b`));
		expect(await answer(after, `${order}-b`)).toMatchObject([{ outcome: "4", transaction: `${order}-b` }]);
	},
);

test("a dataLayer that is made after the script has come is read too", async () => {
	const page = await stage.visit(tag('data-survey="nps" data-customer="c-8"'));
	expect([await questionsAfterALook(page), await gateOf(page)]).toEqual([0, "waiting"]);
	await run(page, `window.dataLayer = [{ event: "page_view" }]; ${SHAPES["GA4's ecommerce"]("made-later")}`);
	expect(await answer(page, "made-later")).toMatchObject([{ survey: "nps", outcome: "4", customer: "c-8" }]);
});

test("what is no purchase is not asked about", async () => {
	const page = await stage.visit(`${DATA_LAYER}<script>
		dataLayer.push({ event: "add_to_cart", ecommerce: { transaction_id: "none-a" } }, { event: "refund", transaction_id: "none-b" });
		dataLayer.push({ transaction_id: "none-c" }, { event: "purchase" }, { event: "purchase", ecommerce: null }, null, "purchase", 7, []);
		dataLayer.push({ event: "purchase", ecommerce: { transaction_id: "" } }, { event: "purchase", transaction_id: { id: "none-d" } });
		(function () { dataLayer.push(arguments) })("event", "page_view", { transaction_id: "none-e" });
		(function () { dataLayer.push(arguments) })("config", "purchase", { transaction_id: "none-f" });
	</script>${tag()}`);
	expect([await questionsAfterALook(page), await gateOf(page)]).toEqual([0, "waiting"]);
});

test("a purchase that is said twice, in two shapes, is asked about once", async () => {
	const [ga4, gtag] = [SHAPES["GA4's ecommerce"]("said-twice"), SHAPES["gtag's arguments"]("said-twice")];
	const page = await stage.visit(`${DATA_LAYER}<script>${ga4}${gtag}</script>${tag()}`);
	await page.getByRole("button", { name: "No, thanks" }).click();
	await run(page, ga4 + gtag);
	expect([await questionsAfterALook(page), await gateOf(page)]).toEqual([0, "due"]);
	await page.reload();
	expect([await questionsAfterALook(page), await gateOf(page)]).toEqual([0, "closed"]);
	expect(await stage.asks("said-twice")).toMatchObject([{ outcome: "dismissed", rev: 1 }]);
});

test("the next purchase on the same page is asked about once the question of the first is gone", async () => {
	const page = await stage.visit(`${DATA_LAYER}${tag('data-placement="corner"')}`);
	await run(page, SHAPES["GA4's ecommerce"]("next-a"));
	expect(await answer(page, "next-a")).toMatchObject([{ outcome: "4" }]);
	await run(page, 'afterword("close"); history.pushState(null, "", "/orders/next")');
	await run(page, SHAPES["GA4's ecommerce"]("next-b"));
	expect(await answer(page, "next-b")).toMatchObject([{ outcome: "4" }]);
});

test("the page's dataLayer stays as it is: its push, its entries, and who hears them", async () => {
	const watch = `<script>
		window.dataLayer = [];
		window.pushed = [];
		const own = dataLayer.push;
		dataLayer.push = window.ownPush = function (...entries) { pushed.push(...entries); return own.apply(dataLayer, entries) };
		window.before = Object.getOwnPropertyNames(dataLayer).join();
	</script>`;
	const page = await stage.visit({ head: watch, body: tag() });
	await run(page, SHAPES["GA4's ecommerce"]("untouched"));
	expect(await answer(page, "untouched")).toMatchObject([{ outcome: "4" }]);
	await page.getByRole("button", { name: "Done" }).click();
	const found = await page.evaluate(() => {
		const { dataLayer, ownPush, pushed } = Object(window);
		return [dataLayer.push === ownPush, dataLayer.length, pushed.length, Object.getOwnPropertyNames(dataLayer).join()];
	});
	expect(found).toEqual([true, 1, 1, "0,length,push"]);
	expect(await page.evaluate(() => JSON.stringify(Object(window).dataLayer))).toBe(
		'[{"event":"purchase","ecommerce":{"transaction_id":"untouched","value":9}}]',
	);
});

test("on a page without a dataLayer the tag waits, makes none, and keeps nothing", async () => {
	const page = await stage.visit(tag());
	expect([await questionsAfterALook(page), await gateOf(page)]).toEqual([0, "waiting"]);
	expect(await page.evaluate(() => ["dataLayer" in window, localStorage.length, sessionStorage.length])).toEqual([false, 0, 0]);
});

test("a purchase may wait for something more: for some seconds", async () => {
	const page = await stage.visit(DATA_LAYER + tag('data-delay="3"'));
	await run(page, SHAPES["GA4's ecommerce"]("delayed"));
	expect(await questionsAfterALook(page)).toBe(0);
	expect(await answer(page, "delayed")).toMatchObject([{ outcome: "4" }]);
});

test("without consent a purchase is not even looked for; with it, the one that was made meanwhile is asked about", async () => {
	const page = await stage.visit(
		`${DATA_LAYER}<script>${SHAPES["GA4's ecommerce"]("consented")}</script>${tag('data-consent="pending"')}`,
	);
	expect(await gateOf(page)).toBe("consent");
	await page.waitForTimeout(500);
	expect(await page.locator("afterword-survey").count()).toBe(0);
	await run(page, 'afterword("consent", "granted")');
	expect(await answer(page, "consented")).toMatchObject([{ outcome: "4" }]);
});
