import { createServer } from "node:http";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
/** What the browser itself says when a request is refused or fails is no noise of ours. */
const FAILED = /^error: Failed to load resource/;

beforeAll(async () => {
	stage = await setStage();
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ ask_again_days: 0 }) });
});
afterEach(async () => {
	expect((await stage.clear()).filter((noise) => !FAILED.test(noise))).toEqual([]);
	expect(await stage.collector.drift()).toEqual([]);
});
afterAll(() => stage.stop());

const pageWith = (attributes: string) => stage.shop.serve({ body: stage.tag(attributes) });
const followUpCame = (page: Page) =>
	page.waitForFunction(() => document.querySelector("afterword-survey")?.shadowRoot?.adoptedStyleSheets[1]);

/** What this browser keeps of the site. */
async function kept(context: BrowserContext): Promise<{ asks: { status: string; rev: number; waiting?: object }[] }> {
	const name = `afterword:${stage.collector.site.publicKey}`;
	const { origins } = await context.storageState();
	return JSON.parse(
		origins.flatMap(({ localStorage }) => localStorage).find((entry) => entry.name === name)?.value ?? '{"asks":[]}',
	);
}

/** Answers 2, for two reasons and with a comment, and says Done. */
async function answerWhole(page: Page): Promise<void> {
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByRole("checkbox", { name: "Price" }).click();
	await page.getByRole("checkbox", { name: "Checkout" }).click();
	await page.getByLabel("Anything you would like to add?").fill("Kept");
	await page.getByRole("button", { name: "Done" }).click();
}

const whole = [{ outcome: "2", drivers: ["price", "checkout"], comment: "Kept" }];

const storage = (name: string, descriptor: string) => `Object.defineProperty(window, "${name}", ${descriptor});`;
const blocked = '{ get() { throw new DOMException("blocked", "SecurityError"); } }';
const stub = "{ value: Object.freeze({ length: 0, getItem: () => null, setItem() {}, removeItem() {} }) }";

test.for([
	["blocked", storage("localStorage", blocked)],
	["blocked for the tab", storage("sessionStorage", blocked)],
	["blocked altogether", storage("localStorage", blocked) + storage("sessionStorage", blocked)],
	["missing, as in a web view", storage("localStorage", "{ value: null }") + storage("sessionStorage", "{ value: null }")],
	["replaced by one that keeps nothing", storage("localStorage", stub) + storage("sessionStorage", stub)],
	["frozen", "Object.freeze(Storage.prototype);"],
] as const)("with storage that is %s an answer is stored whole, and leaving the page adds nothing", async ([state, script]) => {
	const { page } = await stage.shopper();
	await page.addInitScript(script);
	const order = `kept-${state.replace(/\W/g, "-")}`;
	await page.goto(pageWith(`data-transaction="${order}"`));
	await followUpCame(page);
	await answerWhole(page);
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await stage.asksWhen(order, ([ask]) => ask?.comment === "Kept")).toMatchObject(whole);
	const turn = (type: string) => page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
	for (const type of ["pagehide", "pageshow"]) await turn(type);
	await page.goto("about:blank");
	expect(await stage.asks(order)).toMatchObject([{ ...whole[0], rev: 4 }]);
});

test("without the tab's storage an order is gone on with after a reload, as the same ask", async () => {
	const { page } = await stage.shopper();
	await page.addInitScript(storage("sessionStorage", blocked));
	await page.goto(pageWith('data-transaction="resumed"'));
	await whenShown(page);
	await page.reload();
	const [left] = await stage.asksWhen("resumed", (found) => found.length > 0);
	await page.getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen("resumed", ([ask]) => ask?.status === "answered")).toMatchObject([{ id: left?.id, outcome: "4" }]);
});

test.for([
	["broken off", '{"asks":[{"id":'],
	["a number", "42"],
	["null", "null"],
	["a text", '"asks"'],
	["a list", "[1, 2]"],
	["asks that are no list", '{"asks":{"length":3},"quietUntil":"soon"}'],
	["asks that are none", '{"asks":[null,7,"x",[],{},{"id":1},{"id":{}}],"quietUntil":null}'],
	["what waits is none", '{"asks":[{"id":"x","rev":1,"waiting":"text"},{"id":"y","waiting":true}]}'],
	["quiet for ever", '{"asks":[],"quietUntil":9e15}'],
	["long past", '{"asks":[{"id":"x","key":1,"survey":"csat","status":"shown","rev":0,"shownAt":-1}]}'],
] as const)("what was kept and is now %s gives way to the answer that comes", async ([state, text]) => {
	const order = `kept-${state.replace(/\W/g, "-")}`;
	const { page, context } = await stage.shopper();
	await page.goto(stage.shop.serve({ body: "" }));
	await page.evaluate(
		([name = "", value = ""]) => localStorage.setItem(name, value),
		[`afterword:${stage.collector.site.publicKey}`, text],
	);
	const address = pageWith(`data-transaction="${order}"`);
	await page.goto(address);
	await answerWhole(page);
	expect(await stage.asksWhen(order, ([ask]) => ask?.comment === "Kept")).toMatchObject(whole);
	await expect.poll(async () => (await kept(context)).asks.filter(({ waiting }) => waiting)).toEqual([]);
	expect((await kept(context)).asks.at(-1)).toMatchObject({ survey: "csat", status: "answered" });
	await page.goto(address);
	expect(await gateOf(page)).toBe("closed");
});

/** Fills the shop's storage to the last byte, as another script of the page might. */
const fill = (page: Page) =>
	page.evaluate(() => {
		for (let size = 2 ** 22; size >= 1; size /= 2)
			for (let i = 0; i < 3; i++)
				try {
					localStorage.setItem(`filler-${size}-${i}`, "x".repeat(size));
				} catch {}
	});
const free = (page: Page) =>
	page.evaluate(() => {
		for (const name of Object.keys(localStorage)) if (name.startsWith("filler")) localStorage.removeItem(name);
	});

test("storage that is full loses no answer, and once there is room again the answer is kept", async () => {
	const { page, context } = await stage.shopper();
	const address = pageWith('data-transaction="full"');
	await page.goto(address);
	await fill(page);
	await followUpCame(page);
	await page.getByRole("radio", { name: "5" }).click();
	await stage.asksWhen("full", (found) => found.length > 0);
	expect((await kept(context)).asks).toEqual([]);
	await free(page);
	await answerWhole(page);
	expect(await stage.asksWhen("full", ([ask]) => ask?.comment === "Kept")).toMatchObject(whole);
	expect((await kept(context)).asks).toMatchObject([{ status: "answered" }]);
	await page.goto(address);
	expect(await gateOf(page)).toBe("closed");
});

test("a tab that could not write for a while does not undo the answer that waits in another", async () => {
	const { page, context } = await stage.shopper();
	await page.goto(pageWith('data-transaction="first-tab"'));
	await whenShown(page);
	await fill(page);
	const other = await context.newPage();
	await other.goto(pageWith('data-transaction="second-tab"'));
	await followUpCame(other);
	expect((await kept(context)).asks).toHaveLength(1);
	await free(page);
	await followUpCame(page);
	stage.line.cut();
	await page.bringToFront();
	await answerWhole(page);
	await page.getByText("It will be sent as soon as you are online.").waitFor();
	await page.close();
	await other.getByRole("radio", { name: "4" }).click();
	await other.getByRole("button", { name: "Done" }).click();
	await other.getByText("It will be sent as soon as you are online.").waitFor();
	expect((await kept(context)).asks.map(({ waiting }) => Boolean(waiting))).toEqual([true, true]);
	stage.line.mend();
	await other.reload();
	expect(await stage.asksWhen("first-tab", (found) => found.length > 0)).toMatchObject(whole);
	expect(await stage.asksWhen("second-tab", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
});

test("a page that has used up what may outlive it still sends the answer, and leaves the rest to the next page", async () => {
	const server = createServer(() => {});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const address = server.address();
	const slow = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
	const { page, context } = await stage.shopper();
	await page.goto(pageWith('data-transaction="used-up"'));
	const usedUp = await page.evaluate(async (url) => {
		const beacon = (bytes: number) => fetch(url, { method: "POST", mode: "no-cors", keepalive: true, body: "x".repeat(bytes) });
		for (let bytes = 32_768; bytes >= 1; bytes /= 2) beacon(bytes).catch(() => {});
		beacon(1).catch(() => {});
		return beacon(1_000).then(
			() => false,
			() => true,
		);
	}, slow);
	expect(usedUp).toBe(true);
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByRole("checkbox", { name: "Price" }).click();
	expect(await stage.asksWhen("used-up", ([ask]) => ask?.rev === 2)).toMatchObject([{ outcome: "2", drivers: ["price"] }]);
	await page.getByRole("checkbox", { name: "Checkout" }).click();
	await page.getByLabel("Anything you would like to add?").fill("Kept");
	await page.goto("about:blank");
	await page.goto(pageWith(""));
	expect(await stage.asksWhen("used-up", ([ask]) => ask?.comment === "Kept")).toMatchObject(whole);
	await expect.poll(async () => (await kept(context)).asks.filter(({ waiting }) => waiting)).toEqual([]);
	server.closeAllConnections();
	await new Promise((stopped) => server.close(stopped));
});

test("a browser without locks delivers what waits, once", async () => {
	const { page, context } = await stage.shopper();
	await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
	await page.goto(pageWith('data-transaction="lockless"'));
	await whenShown(page);
	stage.line.cut();
	await answerWhole(page);
	await page.close();
	stage.line.mend();
	const [one, two] = [await context.newPage(), await context.newPage()];
	await Promise.all([one.goto(pageWith("")), two.goto(pageWith(""))]);
	expect(await stage.asksWhen("lockless", (found) => found.length > 0)).toMatchObject(whole);
	await expect.poll(async () => (await kept(context)).asks.filter(({ waiting }) => waiting)).toEqual([]);
});
