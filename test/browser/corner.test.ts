import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findings } from "../harness/axe.ts";
import { type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
	await setSurvey("csat", { ask_again_days: 0 });
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const setSurvey = (slug: string, settings: object) =>
	stage.collector.owner(`/v1/surveys/${slug}`, { method: "PATCH", body: JSON.stringify(settings) });

const STUB = "<script>window.afterword = function () { (afterword.q = afterword.q || []).push(arguments) }</script>";
const TEXT = '<p style="height:3000px">A long page.</p>';

const card = (page: Page) => page.getByRole("complementary");

/** The card's place in the window. */
const boxOf = (page: Page) => card(page).evaluate((element) => element.getBoundingClientRect().toJSON());

/** Opens a page with a corner card about a transaction. */
const corner = (transaction: string, more = "", body = "<p>Text</p>") =>
	stage.visit(body + stage.tag(`data-placement="corner" data-transaction="${transaction}" ${more}`));

test("the tag, a command and the survey's own setting each put the question into the corner, and the page has the last word", async () => {
	const byTag = await corner("by-tag", "", TEXT);
	await card(byTag).getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen("by-tag", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);

	const command = `${STUB}<script>afterword("ask", { placement: "corner", transaction: "by-command" })</script>`;
	const byCommand = await stage.visit(command + stage.tag());
	await card(byCommand).getByRole("radio", { name: "3" }).click();
	expect(await stage.asksWhen("by-command", (found) => found.length > 0)).toMatchObject([{ outcome: "3" }]);

	await setSurvey("ces", { placement: "corner" });
	const bySetting = await stage.visit(stage.tag('data-survey="ces" data-transaction="by-setting"'));
	await card(bySetting).getByRole("radio", { name: "7" }).click();
	expect(await stage.asksWhen("by-setting", (found) => found.length > 0)).toMatchObject([{ outcome: "7" }]);
	const inline = await stage.visit(stage.tag('data-survey="ces" data-transaction="by-page" data-placement="inline"'));
	await inline.getByRole("radio").first().waitFor();
	expect(await card(inline).count()).toBe(0);
});

test("the card stands at the end of the line, in a right-to-left language at the other side, wherever the page is scrolled", async () => {
	const page = await corner("side", 'data-survey="nps"', TEXT);
	const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
	await expect.poll(async () => height - (await boxOf(page)).bottom).toBe(16);
	expect(width - (await boxOf(page)).right).toBe(16);
	await page.evaluate(() => scrollTo(0, 1_000));
	expect(height - (await boxOf(page)).bottom).toBe(16);
	const mirrored = await corner("other-side", 'data-locale="ar"', TEXT);
	expect(await boxOf(mirrored)).toMatchObject({ left: 16 });
});

test.for(["×", "Escape"])("%s says that the shopper would rather not, and takes the card away", async (way) => {
	const order = `dismissed-by-${way.length}`;
	const page = await corner(order);
	if (way === "×") await page.getByRole("button", { name: "No, thanks" }).click();
	else await card(page).getByRole("radio").first().press("Escape");
	expect(await page.locator("afterword-survey").count()).toBe(0);
	expect(await stage.asksWhen(order, (found) => found.length > 0)).toMatchObject([{ outcome: "dismissed" }]);
});

test("Escape that is pressed elsewhere on the page is not about the card", async () => {
	const page = await stage.visit(
		`<input aria-label="Search">${stage.tag('data-placement="corner" data-transaction="elsewhere"')}`,
	);
	await card(page).waitFor();
	await page.getByLabel("Search").press("Escape");
	await page.waitForTimeout(300);
	expect([await card(page).count(), await stage.asks("elsewhere")]).toEqual([1, []]);
});

test("once answered the card can be closed at any time, and what was typed a moment before is saved", async () => {
	const page = await corner("closed-after");
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByLabel("Anything you would like to add?").fill("Fine so far");
	await page.getByLabel("Anything you would like to add?").press("Escape");
	expect(await page.locator("afterword-survey").count()).toBe(0);
	const asks = await stage.asksWhen("closed-after", ([ask]) => ask?.comment !== null);
	expect(asks).toMatchObject([{ outcome: "4", comment: "Fine so far" }]);

	const done = await corner("closed-done");
	await done.getByRole("radio", { name: "5" }).click();
	await done.locator("afterword-survey .done").click();
	await done.getByText("Thank you for your answer.").waitFor();
	await card(done).getByRole("button").click();
	expect(await done.locator("afterword-survey").count()).toBe(0);
	expect(await stage.asksWhen("closed-done", (found) => found.length > 0)).toMatchObject([{ outcome: "5", status: "answered" }]);
});

test("on the smallest window the card stays within it, and scrolls inside to the end", async () => {
	const { page } = await stage.shopper({ viewport: { width: 320, height: 480 }, hasTouch: true, isMobile: true });
	const tag = stage.tag('data-survey="nps" data-placement="corner" data-transaction="small"');
	await page.goto(stage.shop.serve({ body: TEXT + tag }));
	const within = async () => {
		const { left, top, right, bottom } = await boxOf(page);
		expect([left >= 0, top >= 0, right <= 320, bottom <= 480]).toEqual([true, true, true, true]);
	};
	await page.getByRole("radio", { name: "9" }).tap();
	await within();
	const done = page.locator("afterword-survey .done");
	await done.waitFor();
	await within();
	expect(await card(page).evaluate(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)).toBe(true);
	await done.tap();
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await page.evaluate(() => [scrollY, document.documentElement.scrollWidth])).toEqual([0, 320]);
	expect(await stage.asksWhen("small", (found) => found.length > 0)).toMatchObject([{ outcome: "9" }]);
});

test("the card does not print", async () => {
	const page = await corner("printed");
	await card(page).waitFor();
	await page.emulateMedia({ media: "print" });
	expect(await page.locator("afterword-survey .card").isVisible()).toBe(false);
	await page.emulateMedia({ media: "screen" });
	expect(await page.locator("afterword-survey .card").isVisible()).toBe(true);
});

test("the card takes no focus and shifts nothing when it comes", async () => {
	const measure = `<script>
		window.shift = 0;
		new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shift += value }).observe({ type: "layout-shift", buffered: true });
	</script>`;
	const tag = stage.tag('data-placement="corner" data-delay="0.5" data-transaction="calm"');
	const page = await stage.visit({ head: measure, body: `<input aria-label="Search">${tag}` });
	await page.getByLabel("Search").focus();
	await whenShown(page);
	expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe("Search");
	expect(await page.evaluate(() => Object(window).shift)).toBe(0);
});

test.for(["/orders/elsewhere", "?page=account"])(
	"the card goes when the page becomes %s without being loaded anew",
	async (to) => {
		const page = await corner(`gone-${to.length}`);
		await whenShown(page);
		await page.evaluate((address) => history.pushState(null, "", address), to);
		await expect.poll(() => card(page).count()).toBe(0);
		await page.goto("about:blank");
		expect(await stage.asksWhen(`gone-${to.length}`, (found) => found.length > 0)).toMatchObject([{ outcome: "ignored" }]);
	},
);

test("the card stays on a page whose address has a parameter twice", async () => {
	const { page } = await stage.shopper();
	const address = stage.shop.serve({ body: stage.tag('data-transaction="twice" data-placement="corner"') });
	await page.goto(`${address}?size=s&size=m`);
	await whenShown(page);
	await page.waitForTimeout(1_200);
	await card(page).getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen("twice", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
});

test("the card stays when the page goes to another place of its own", async () => {
	const page = await corner("same-page");
	await whenShown(page);
	await page.evaluate(() => history.pushState(null, "", "#reviews"));
	await page.waitForTimeout(1_200);
	await card(page).getByRole("radio", { name: "3" }).click();
	expect(await stage.asksWhen("same-page", (found) => found.length > 0)).toMatchObject([{ outcome: "3" }]);
});

test("a page that changes before the card has counted as shown takes it away, and nobody has been asked", async () => {
	const page = await corner("too-early");
	await card(page).waitFor();
	await page.evaluate(() => history.pushState(null, "", "/orders/elsewhere"));
	await expect.poll(() => card(page).count(), { timeout: 4_000 }).toBe(0);
	await page.goto("about:blank");
	await page.waitForTimeout(300);
	expect(await stage.asks("too-early")).toEqual([]);
});

test("a body that is replaced and a tag that is run again ask about the new order", async () => {
	const page = await corner("turbo-a");
	await whenShown(page);
	await page.evaluate(() => {
		const old = document.querySelector("script");
		const body = document.createElement("body");
		const tag = document.createElement("script");
		for (const { name, value } of old?.attributes ?? []) tag.setAttribute(name, value);
		tag.dataset["transaction"] = "turbo-b";
		body.append(tag);
		history.pushState(null, "", "/orders/next");
		document.body.replaceWith(body);
	});
	await card(page).getByRole("radio", { name: "5" }).click();
	expect(await stage.asksWhen("turbo-b", (found) => found.length > 0)).toMatchObject([{ outcome: "5", rev: 1 }]);
	await page.goto("about:blank");
	expect(await stage.asksWhen("turbo-a", (found) => found.length > 0)).toMatchObject([{ outcome: "ignored" }]);
});

test.for([
	["en", "light"],
	["ar", "dark"],
] as const)("axe finds nothing wrong with the card in any state (%s, %s)", async ([locale, colorScheme]) => {
	const dark = "<style>:root { color-scheme: light dark }</style>";
	const tag = stage.tag(`data-placement="corner" data-locale="${locale}" data-transaction="axe-${locale}"`);
	const page = await stage.visit({ head: dark, body: `<p>Text</p>${tag}` }, { colorScheme, reducedMotion: "reduce" });
	await card(page).waitFor();
	expect(await findings(page)).toEqual([]);
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByRole("checkbox").first().click();
	expect(await findings(page)).toEqual([]);
	await page.locator("afterword-survey .done").click();
	await page.getByRole("radio").first().waitFor({ state: "detached" });
	expect(await findings(page)).toEqual([]);
});
