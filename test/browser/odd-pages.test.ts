import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
/** What the browser itself says of a reply that is an error is no noise of ours. */
const REFUSED = /^error: Failed to load resource/;

beforeAll(async () => {
	stage = await setStage();
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ ask_again_days: 0 }) });
});
afterEach(async () => {
	expect((await stage.clear()).filter((noise) => !REFUSED.test(noise))).toEqual([]);
});
afterAll(() => stage.stop());

const STUB = "<script>window.afterword = function () { (afterword.q = afterword.q || []).push(arguments) }</script>";

test.for([
	["`origin` of its own", "var origin = 'FCO'", ""],
	["no `screen`", "var screen = null", ""],
	["no `matchMedia`", "window.matchMedia = undefined", ""],
	["a `performance` of its own", "var performance = { mark() {} }", ""],
	["a dataLayer that is no list", "window.dataLayer = { page: 'thanks' }", 'data-events="datalayer"'],
	["a dataLayer that throws", "window.dataLayer = { push() { throw Error('full') } }", 'data-events="datalayer"'],
] as const)("on a page with %s a tap is an answer", async ([what, script, attributes], { expect }) => {
	const order = `odd-${what.replace(/\W+/g, "-")}`;
	const page = await stage.visit(
		{ head: `<script>${script}</script>`, body: stage.tag(`data-transaction="${order}" ${attributes}`) },
		{ hasTouch: true, isMobile: true, viewport: { width: 390, height: 700 } },
	);
	await page.getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen(order, ([ask]) => ask?.status === "answered")).toMatchObject([{ outcome: "4" }]);
});

test.for(["inline", "corner"])("what is typed arrives, and the keyboard operates all of it (%s)", async (placement) => {
	const order = `typed-${placement}`;
	const page = await stage.visit(stage.tag(`data-transaction="${order}" data-placement="${placement}"`));
	await whenShown(page);
	await page.getByRole("radio", { name: "3" }).focus();
	await page.keyboard.press("Space");
	await page.getByRole("textbox").focus();
	await page.keyboard.type("came late");
	await page.locator("afterword-survey .done").focus();
	await page.keyboard.press("Enter");
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await stage.asksWhen(order, ([ask]) => ask?.comment === "came late")).toMatchObject([{ outcome: "3" }]);
});

test("in a tab that was open for more than a week the tap is an answer all the same", async () => {
	const { page } = await stage.shopper();
	await page.addInitScript(() => {
		const ahead = Object.assign(window, { ahead: 0 });
		const [now, tick] = [Date.now.bind(Date), performance.now.bind(performance)];
		Date.now = () => now() + ahead.ahead;
		performance.now = () => tick() + ahead.ahead;
	});
	await page.goto(stage.shop.serve({ body: stage.tag('data-transaction="week"') }));
	await whenShown(page);
	await page.evaluate(() => dispatchEvent(new Event("pagehide")));
	await stage.asksWhen("week", (found) => found.length > 0);
	const week = 8 * 86_400_000;
	await stage.collector.db.prepare(`UPDATE ask SET shown_at = shown_at - ?1 WHERE "transaction" = 'week'`).bind(week).run();
	await page.evaluate((ms) => Object.assign(window, { ahead: ms }), week);
	await page.getByRole("radio", { name: "5" }).click();
	const asks = await stage.asksWhen("week", (found) => found.some(({ status }) => status === "answered"));
	expect(asks.map(({ outcome }) => outcome).sort()).toEqual(["5", "ignored"]);
});

test("an answer that was refused and then taken is said to be saved; a verdict keeps the focus in the survey", async () => {
	const { page } = await stage.shopper();
	let refused = false;
	await page.route(/v1\/responses/, async (route) => {
		if (refused || !route.request().postData()?.includes("answered")) return route.continue();
		refused = true;
		await new Promise((later) => setTimeout(later, 1_000));
		return route.fulfill({ status: 403, headers: { "access-control-allow-origin": "*" }, body: "" });
	});
	await page.goto(stage.shop.serve({ body: stage.tag('data-transaction="twice-tried"') }));
	await whenShown(page);
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByRole("textbox").focus();
	await page.getByText("Sorry, your answer could not be saved.").waitFor();
	expect(await page.evaluate(() => document.activeElement?.localName)).toBe("afterword-survey");
	await page.getByRole("radio", { name: "3" }).click();
	expect(await stage.asksWhen("twice-tried", ([ask]) => ask?.outcome === "3")).toMatchObject([{ outcome: "3" }]);
	await page.getByText("Thank you, your answer is saved.").waitFor();
});

test("a snapshot of the page that is put back asks nothing for it", async () => {
	const page = await stage.visit(`<div id="app">${stage.tag('data-transaction="snapshot"')}</div>`);
	await page.getByRole("radio", { name: "3" }).waitFor();
	await page.evaluate(() => document.body.replaceWith(document.body.cloneNode(true)));
	await expect.poll(() => page.locator("afterword-survey").count()).toBe(0);
});

test.for(["", ".lazy"] as const)(
	"an element that is put in anew while its question is held back or on its way is asked (%s)",
	async (build) => {
		const order = `anew${build}`;
		const element = `<afterword-survey transaction="${order}" consent="pending"></afterword-survey>`;
		const page = await stage.visit(`<div id="app">${element}</div>${STUB}${stage.tag("", build)}`);
		expect(await gateOf(page)).toBe("consent");
		await page.evaluate((html) => {
			Object(document.querySelector("#app")).innerHTML = html;
		}, element);
		await page.waitForTimeout(100);
		await page.evaluate(() => Object(window).afterword("consent", "granted"));
		await page.getByRole("radio", { name: "5" }).click();
		expect(await stage.asksWhen(order, (found) => found.length > 0)).toMatchObject([{ outcome: "5" }]);
	},
);

test("options that say no are no triggers, and what a template left out is no order", async () => {
	const page = await stage.visit(STUB + stage.tag());
	await page.waitForFunction(() => Object(window).afterword?.sites);
	await page.evaluate(() => Object(window).afterword("ask", { transaction: "undefined", exit: false, delay: undefined }));
	await page.getByRole("radio", { name: "1" }).click();
	const mine = async () => (await stage.asks(null)).filter((ask) => ask.page === page.url());
	await expect.poll(mine).toMatchObject([{ outcome: "1", transaction: null }]);
});

test("who is asked at random is drawn once, also where a trigger waits", async () => {
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ sampling: 50 }) });
	const { page } = await stage.shopper();
	await page.addInitScript(() => {
		const draws = [0.2, 0.9];
		Math.random = () => draws.shift() ?? 0.9;
	});
	await page.goto(stage.shop.serve({ body: stage.tag('data-delay="0.2"') }));
	await page.getByRole("radio").first().waitFor();
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ sampling: 100 }) });
});

test("an unanswered question of one order goes with its page, and the next order is asked about", async () => {
	const { page } = await stage.shopper();
	const address = stage.shop.serve({ body: stage.tag('data-transaction="route-1"') });
	await page.goto(`${address}?key=wc_order_x`);
	await whenShown(page);
	await page.evaluate(() => history.replaceState(null, "", `${location.pathname}#top`));
	await page.waitForTimeout(800);
	expect(await page.locator("afterword-survey").count()).toBe(1);
	await page.evaluate(() => history.pushState(null, "", "/orders/next"));
	await expect.poll(() => page.locator("afterword-survey").count()).toBe(0);
	await page.evaluate(() => Object(window).afterword("ask", { transaction: "route-2" }));
	await page.getByRole("radio", { name: "2" }).click();
	expect(await stage.asksWhen("route-2", (found) => found.length > 0)).toMatchObject([{ outcome: "2" }]);
	expect((await stage.asks("route-1")).filter(({ status }) => status === "answered")).toEqual([]);
});
