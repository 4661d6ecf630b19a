import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
/** What the browser itself says when a request is refused or fails is no noise of ours. */
const REFUSED = /^error: Failed to load resource/;

beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect((await stage.clear()).filter((noise) => !REFUSED.test(noise))).toEqual([]);
});
afterAll(() => stage.stop());

const pageWith = (attributes: string, around = (tag: string) => tag) => stage.shop.serve({ body: around(stage.tag(attributes)) });

test("an order left unanswered is not taken up by another survey in the same tab", async () => {
	const { page } = await stage.shopper();
	await page.goto(pageWith('data-survey="nps" data-transaction="left"'));
	await whenShown(page);
	await page.goto(pageWith('data-survey="ces"'));
	expect(await gateOf(page)).toBe("recent");
	expect(await stage.asksWhen("left", (found) => found.length > 0)).toMatchObject([{ survey: "nps", outcome: "ignored" }]);
});

test("an order open in two tabs keeps what was answered last, and the tab that is left takes nothing back", async () => {
	const { page, context } = await stage.shopper();
	const address = pageWith('data-transaction="twice-open"');
	await page.goto(address);
	await whenShown(page);
	const other = await context.newPage();
	await other.goto(address);
	await other.getByRole("radio", { name: "5" }).click();
	await stage.asksWhen("twice-open", ([ask]) => ask?.outcome === "5");
	await page.getByRole("radio", { name: "2" }).click();
	expect(await stage.asksWhen("twice-open", ([ask]) => ask?.outcome === "2")).toMatchObject([{ outcome: "2" }]);
	await other.close();
	await page.reload();
	await page.waitForTimeout(1_200);
	expect(await page.locator("afterword-survey").count()).toBe(0);
	expect(await stage.asks("twice-open")).toMatchObject([{ outcome: "2" }]);
});

test("a tab that is left does not take back what another answered while the line was cut", async () => {
	const { page, context } = await stage.shopper();
	const address = pageWith('data-transaction="cut-in-two"');
	await page.goto(address);
	await whenShown(page);
	const other = await context.newPage();
	await other.goto(address);
	await whenShown(other);
	stage.line.cut();
	await page.getByRole("radio", { name: "5" }).click();
	await other.goto("about:blank");
	await page.close();
	stage.line.mend();
	await other.goto(pageWith(""));
	expect(await stage.asksWhen("cut-in-two", ([ask]) => ask?.status === "answered")).toMatchObject([{ outcome: "5" }]);
});

test("a question in a part of the page that is hidden cannot be hit by accident", async () => {
	const hidden = (tag: string) =>
		`<button id="pay" style="position:absolute;top:0;left:0;width:400px;height:400px" onclick="this.dataset.hit=1">Pay</button>
		<div style="position:absolute;top:0;left:0;width:400px;opacity:0;pointer-events:none">${tag}</div>`;
	const page = await stage.visit({ body: hidden(stage.tag('data-transaction="hidden"')) });
	const radio = await page.locator("afterword-survey input").nth(1).boundingBox();
	await page.mouse.click((radio?.x ?? 0) + 5, (radio?.y ?? 0) + 5);
	expect(await page.locator("#pay").getAttribute("data-hit")).toBe("1");
	expect((await stage.asks("hidden")).filter(({ status }) => status === "answered")).toEqual([]);
});

test("an answer that is refused is not said to be saved", async () => {
	const { page } = await stage.shopper();
	await page.goto(pageWith('data-transaction="refused"'));
	await stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ origins: ["https://elsewhere.example"] }) });
	await page.getByRole("radio", { name: "4" }).click();
	await expect.poll(() => page.getByRole("status").textContent()).toBe("Sorry, your answer could not be saved.");
	expect(await page.getByRole("textbox").count()).toBe(0);
	await stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ origins: [stage.shop.origin] }) });
	expect(await stage.asks("refused")).toEqual([]);
});

test("a shortcut of the page does not take the keys that operate the follow-up; Tab and Escape still reach the page", async () => {
	const shortcuts =
		"<script>window.taken=[];document.addEventListener('keydown',e=>{taken.push(e.key);if(e.key===' '||e.key==='Enter')e.preventDefault()})</script>";
	const page = await stage.visit({ head: shortcuts, body: stage.tag('data-transaction="shortcuts"') });
	await whenShown(page);
	await page.getByRole("radio", { name: "3" }).click();
	await page.getByRole("checkbox", { name: "Price" }).focus();
	await page.keyboard.press("Space");
	await page.keyboard.press("Escape");
	expect(await stage.asksWhen("shortcuts", ([ask]) => ask?.drivers.length === 1)).toMatchObject([{ drivers: ["price"] }]);
	await page.getByRole("button", { name: "Done" }).focus();
	await page.keyboard.press("Enter");
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await page.evaluate(() => Object(window).taken)).toEqual(["Escape"]);
});

test("a clock that is set right between two looks counts the order once", async () => {
	const { page } = await stage.shopper();
	await page.goto(pageWith('data-transaction="clock"'));
	await whenShown(page);
	await page.addInitScript(() => {
		const now = Date.now;
		Date.now = () => now() - 10_000;
	});
	await page.reload();
	await whenShown(page);
	await page.waitForTimeout(1_200);
	await page.goto("about:blank");
	expect(await stage.asksWhen("clock", (found) => found.length > 0)).toHaveLength(1);
});
