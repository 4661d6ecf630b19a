import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

/** A page with a link before the survey and one after it, the focus on the first. */
async function atFirstLink(attributes: string, lang = "en"): Promise<Page> {
	const body = `<a href="#before">Before</a>${stage.tag(attributes)}<a href="#after">After</a>`;
	const page = await stage.visit({ body, lang });
	await page.getByRole("radio").first().waitFor();
	await page.getByText("Before").focus();
	return page;
}

/** What has the focus: the text of a link, or the accessible name within the survey. */
function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		const within = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
		return within?.getAttribute("aria-label") ?? within?.parentElement?.textContent?.trim() ?? "";
	});
}

async function press(page: Page, ...keys: string[]): Promise<string> {
	for (const key of keys) await page.keyboard.press(key);
	return focused(page);
}

const chosen = (page: Page) => page.getByRole("radio", { checked: true }).count();

test("arrow keys move along the scale and answer nothing", async () => {
	const page = await atFirstLink('data-survey="nps" data-transaction="arrows"');
	expect(await press(page, "Tab")).toBe("0, Not at all likely");
	expect(await press(page, "ArrowRight", "ArrowRight", "ArrowDown")).toBe("3");
	expect(await press(page, "ArrowLeft", "ArrowUp")).toBe("1");
	expect(await press(page, "ArrowLeft", "ArrowLeft")).toBe("10, Extremely likely");
	await page.waitForTimeout(300);
	expect(await chosen(page)).toBe(0);
	expect(await stage.asks("arrows")).toEqual([]);
});

test.for(["Space", "Enter"])("%s answers with the score that has the focus", async (key) => {
	const page = await atFirstLink(`data-survey="nps" data-transaction="by-${key}"`);
	expect(await press(page, "Tab", "ArrowRight", "ArrowRight", key)).toBe("2");
	expect(await stage.asksWhen(`by-${key}`, (found) => found.length > 0)).toMatchObject([{ outcome: "2", rev: 1 }]);
});

test("in a right-to-left language the arrow keys move as seen", async () => {
	const page = await atFirstLink('data-survey="ces" data-transaction="mirrored"', "ar");
	expect(await press(page, "Tab", "ArrowLeft", "ArrowLeft")).toBe("3");
	expect(await press(page, "ArrowRight")).toBe("2");
	await press(page, "Space");
	expect(await stage.asksWhen("mirrored", (found) => found.length > 0)).toMatchObject([{ survey: "ces", outcome: "2" }]);
});

test("the scale is one stop on the way through the page, and the keys of the browser stay the browser's", async () => {
	const page = await atFirstLink('data-survey="nps" data-transaction="stops"');
	expect(await press(page, "Tab", "Alt+ArrowRight")).toBe("0, Not at all likely");
	expect(await press(page, "Tab")).toBe("No, thanks");
	expect(await press(page, "Tab")).toContain("After");
	expect(await press(page, "Shift+Tab", "Shift+Tab", "Shift+Tab")).toContain("Before");
});

test("by keyboard alone to the end: the focus is never lost, and Done leads to the thanks", async () => {
	const page = await atFirstLink('data-survey="csat" data-transaction="to-the-end"');
	await press(page, "Tab", "ArrowRight", "ArrowRight", "ArrowRight", "Space");
	await page.getByRole("button", { name: "Done" }).waitFor();
	expect(await focused(page)).toBe("4");
	await press(page, "Tab", "Space");
	await press(page, "Tab", "Tab", "Tab", "Tab", "Tab", "Tab");
	await page.keyboard.type("Fine");
	await press(page, "Tab", "Enter");
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.role)).toBe("status");
	expect(await stage.asksWhen("to-the-end", ([ask]) => ask?.comment !== null)).toMatchObject([
		{ outcome: "4", comment: "Fine", drivers: [expect.any(String)] },
	]);
	expect(await press(page, "Tab")).toContain("After");
});

test("the survey takes no focus that it was not given", async () => {
	const page = await stage.visit(`<input aria-label="Search">${stage.tag('data-transaction="calm"')}`);
	await page.getByLabel("Search").focus();
	await page.getByRole("radio", { name: "3" }).dispatchEvent("click");
	await page.getByRole("button", { name: "Done" }).dispatchEvent("click");
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe("Search");
});

test("what a screen reader activates answers, and hears that it was saved", async () => {
	const page = await stage.visit(stage.tag('data-survey="nps" data-transaction="by-reader"'));
	const status = page.getByRole("status");
	await status.waitFor({ state: "attached" });
	expect(await status.textContent()).toBe("");
	await page.getByRole("radio", { name: "8" }).evaluate((radio: HTMLElement) => radio.click());
	await page.waitForFunction(() => document.querySelector("afterword-survey")?.shadowRoot?.querySelector("p")?.textContent);
	expect(await status.textContent()).toBe("Thank you, your answer is saved.");
	expect(await stage.asksWhen("by-reader", (found) => found.length > 0)).toMatchObject([{ outcome: "8" }]);
});

test.for([
	["inline", ["Tab", "ArrowRight", "Tab", "Enter"], "Before"],
	["corner", ["Tab", "Tab", "ArrowRight", "Escape"], "After"],
] as const)("dismissed by keyboard (%s), the focus is back where it came from", async ([placement, keys, from]) => {
	const page = await atFirstLink(`data-survey="nps" data-transaction="back-${placement}" data-placement="${placement}"`);
	expect(await press(page, ...keys)).toContain(from);
	expect(await page.locator("afterword-survey").count()).toBe(0);
	expect(await stage.asksWhen(`back-${placement}`, (found) => found.length > 0)).toMatchObject([{ outcome: "dismissed" }]);
});

test("a card that is closed after the thanks gives the focus back too", async () => {
	const page = await atFirstLink('data-survey="nps" data-transaction="thanked" data-placement="corner"');
	await press(page, "Tab", "Tab", "Space");
	await page.getByRole("button", { name: "Done" }).last().waitFor();
	await page.getByRole("textbox").focus();
	expect(await press(page, "Tab", "Enter")).toBe("Thank you for your answer.");
	await page.getByRole("button", { name: "Done" }).focus();
	expect(await press(page, "Enter")).toContain("After");
	expect(await page.locator("afterword-survey").count()).toBe(0);
});

test("closed by hand, the page's own field keeps what it had of the focus", async () => {
	const page = await stage.visit(`<input aria-label="Search">${stage.tag('data-transaction="by-hand"')}`);
	await page.getByLabel("Search").focus();
	await page.getByRole("button", { name: "No, thanks" }).click();
	expect(await focused(page)).toBe("Search");
	const other = await stage.visit(`<input aria-label="Search">${stage.tag('data-transaction="by-code"')}`);
	await other.getByLabel("Search").focus();
	await other.getByRole("button", { name: "No, thanks" }).dispatchEvent("click");
	expect(await focused(other)).toBe("Search");
});
