import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const LONG = '<p style="height:3000px">A long page.</p>';

const tag = (order: string, what: string, build: "" | ".lazy" = "") =>
	stage.tag(`data-placement="corner" data-transaction="${order}" ${what}`, build);

/** Opens a page whose tag waits for something, and gives the page once the tag does. */
async function waitingPage(order: string, what: string, body = LONG, build: "" | ".lazy" = ""): Promise<Page> {
	const page = await stage.visit(body + tag(order, what, build));
	expect(await gateOf(page)).toBe("waiting");
	await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes(".triggers.js")));
	await page.waitForTimeout(300);
	return page;
}

const cards = (page: Page) => page.getByRole("complementary").count();

/** Answers the card, and gives what was stored. */
async function answer(page: Page, order: string) {
	await page.getByRole("complementary").getByRole("radio", { name: "4" }).click({ timeout: 10_000 });
	expect(await gateOf(page)).toBe("due");
	return stage.asksWhen(order, (found) => found.length > 0);
}

/** Leaves the window with the pointer at its top, where tabs and the address stand. */
async function leaveAtTop(page: Page): Promise<void> {
	await page.mouse.move(200, 100);
	await page.mouse.move(200, -5);
}

test.for(["", ".lazy"] as const)("`delay` asks after so many seconds (%s.js)", async (build) => {
	const page = await waitingPage(`delay${build}`, 'data-delay="3"', LONG, build);
	expect(await cards(page)).toBe(0);
	expect(await answer(page, `delay${build}`)).toMatchObject([{ outcome: "4" }]);
});

test("`scroll` asks once so much of the page has been scrolled through", async () => {
	const page = await waitingPage("scroll", 'data-scroll="50"');
	const scrollTo = (part: number) =>
		page.evaluate((share) => scroll(0, (document.documentElement.scrollHeight - innerHeight) * share), part);
	await scrollTo(0.4);
	await page.waitForTimeout(300);
	expect(await cards(page)).toBe(0);
	await scrollTo(0.6);
	expect(await answer(page, "scroll")).toMatchObject([{ outcome: "4" }]);
});

test("a page that was scrolled before the script came, or that has nothing to scroll, has been scrolled through", async () => {
	const short = await stage.visit(tag("short", 'data-scroll="50"'));
	expect(await answer(short, "short")).toMatchObject([{ outcome: "4" }]);
	const jump = "<script>addEventListener('DOMContentLoaded', () => scrollTo(0, document.body.scrollHeight))</script>";
	const scrolled = await stage.visit(LONG + jump + tag("scrolled", 'data-scroll="50"'));
	expect(await answer(scrolled, "scrolled")).toMatchObject([{ outcome: "4" }]);
});

test.for(["data-exit", 'data-exit="true"'])(
	"`%s` asks when the pointer leaves the window at its top, and not elsewhere",
	async (exit) => {
		const order = `exit-${exit.length}`;
		const page = await waitingPage(order, exit);
		await page.mouse.move(300, 2);
		await page.mouse.move(300, 400);
		await page.mouse.move(-5, 400);
		await page.waitForTimeout(300);
		expect(await cards(page)).toBe(0);
		await leaveAtTop(page);
		expect(await answer(page, order)).toMatchObject([{ outcome: "4" }]);
	},
);

test("an exit that is said to be none is none beside another trigger", async () => {
	const page = await waitingPage("no-exit", 'data-delay="60"');
	const { collector, line } = stage;
	const other = await stage.visit(
		"<script>window.afterword = function () { (afterword.q = afterword.q || []).push(arguments) }</script>",
	);
	await other.addScriptTag({ url: `${line.url}/w/${collector.site.publicKey}.js` });
	await other.evaluate(() =>
		Object(window).afterword("ask", { transaction: "no-exit-said", placement: "corner", delay: 60, exit: false }),
	);
	await other.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes(".triggers.js")));
	for (const one of [page, other]) {
		await leaveAtTop(one);
		await one.waitForTimeout(500);
		expect(await cards(one)).toBe(0);
	}
});

test("the first of several triggers is enough, and the others ask nothing more", async () => {
	const page = await waitingPage("first", 'data-delay="3" data-scroll="50" data-exit="true"');
	await leaveAtTop(page);
	await page.getByRole("button", { name: "No, thanks" }).click();
	expect(await stage.asksWhen("first", (found) => found.length > 0)).toMatchObject([{ outcome: "dismissed" }]);
	await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
	await page.waitForTimeout(3_000);
	expect([await cards(page), await gateOf(page)]).toEqual([0, "due"]);
});

test("where nothing is due the file of the triggers is not fetched", async () => {
	const { page } = await stage.shopper();
	const files: string[] = [];
	page.on("request", (request) => files.push(request.url()));
	const address = stage.shop.serve({ body: stage.tag('data-transaction="known" data-delay="0.2"') });
	await page.goto(address);
	await page.getByRole("radio", { name: "4" }).click();
	await stage.asksWhen("known", (found) => found.length > 0);
	expect(files.filter((file) => file.includes(".triggers.js"))).toHaveLength(1);
	files.length = 0;
	await page.goto(address);
	expect(await gateOf(page)).toBe("closed");
	await page.waitForTimeout(300);
	expect(files.filter((file) => file.includes(".triggers.js"))).toEqual([]);
});

test("a page that changes while something is waited for is not asked about what was there before", async () => {
	const page = await waitingPage("left", 'data-delay="3" data-exit="true"');
	await page.evaluate(() => history.pushState(null, "", "/orders/elsewhere"));
	await page.waitForTimeout(1_000);
	await leaveAtTop(page);
	await page.waitForTimeout(2_500);
	expect(await cards(page)).toBe(0);
	const other = await waitingPage("stayed", 'data-delay="3"');
	await other.evaluate(() => history.pushState(null, "", "#reviews"));
	expect(await answer(other, "stayed")).toMatchObject([{ outcome: "4" }]);
});

test("`close` ends the waiting", async () => {
	const page = await waitingPage("called-off", 'data-delay="3"');
	await page.evaluate(() => Object(window).afterword("close"));
	await page.waitForTimeout(3_500);
	expect(await cards(page)).toBe(0);
});
