import type { BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { dayOf } from "../../shared/day.ts";
import { type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
/** What the browser itself says when a connection fails is no noise of ours. */
const OFFLINE = /^error: Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_FAILED|status of (503|429)/;

beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect((await stage.clear()).filter((noise) => !OFFLINE.test(noise))).toEqual([]);
	expect(await stage.collector.drift()).toEqual([]);
});
afterAll(() => stage.stop());

const DAY_MS = 24 * 60 * 60 * 1000;
const RESPONSES = "**/v1/responses";

const pageWith = (attributes: string) => stage.shop.serve({ body: stage.tag(attributes) });

/** What this browser still has to deliver to the shop's collector. */
async function waiting(context: BrowserContext): Promise<number> {
	const { origins } = await context.storageState();
	const kept = origins.flatMap(({ localStorage }) => localStorage).map(({ value }) => JSON.parse(value));
	return kept.flatMap(({ asks }) => asks).filter((ask) => ask.waiting).length;
}

test("an answer given offline is delivered from another page two days later, once, and counts on the day it was asked", async () => {
	const { page, context } = await stage.shopper();
	await page.goto(pageWith('data-transaction="offline"'));
	await whenShown(page);
	stage.line.cut();
	await page.getByRole("radio", { name: "5" }).click();
	await page.getByRole("checkbox", { name: "Price" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	await page.getByText("It will be sent as soon as you are online.").waitFor();
	await page.close();
	expect(await stage.asks("offline")).toEqual([]);
	await stage.line.quiet();
	stage.line.mend();

	const later = await context.newPage();
	await later.addInitScript((ms) => {
		const now = Date.now;
		Date.now = () => now() + ms;
	}, 2 * DAY_MS);
	await later.goto(stage.shop.serve({ body: stage.tag("", ".lazy") }));
	const asks = await stage.asksWhen("offline", (found) => found.length > 0);
	expect(asks).toMatchObject([{ outcome: "5", drivers: ["price"], day: dayOf(Date.now() - 2 * DAY_MS, "Europe/Rome") }]);
	await expect.poll(() => waiting(context)).toBe(0);
	await later.reload();
	expect(await stage.asks("offline")).toHaveLength(1);
});

test("back online, the page itself delivers, and takes back that the answer waits", async () => {
	const { page, context } = await stage.shopper();
	await page.goto(pageWith('data-transaction="back-online"'));
	await whenShown(page);
	await context.setOffline(true);
	await page.getByRole("radio", { name: "3" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	const waits = page.getByText("It will be sent as soon as you are online.");
	await waits.waitFor();
	await context.setOffline(false);
	await waits.waitFor({ state: "detached" });
	expect(await stage.asksWhen("back-online", (found) => found.length > 0)).toMatchObject([{ outcome: "3" }]);
});

test("a tab closed at the moment of the tap has answered", async () => {
	const { page, context } = await stage.shopper();
	await page.goto(pageWith('data-transaction="closed"'));
	await page.getByRole("radio", { name: "2" }).click();
	await page.close();
	expect(await stage.asksWhen("closed", (found) => found.length > 0)).toMatchObject([{ outcome: "2" }]);
	const next = await context.newPage();
	await next.goto(pageWith('data-transaction="closed-next"'));
	await expect.poll(() => waiting(context)).toBe(0);
	expect(await stage.asks("closed")).toHaveLength(1);
});

test("a comment being typed when the page is left is saved", async () => {
	const { page } = await stage.shopper();
	await page.goto(pageWith('data-transaction="typing"'));
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByLabel("Anything you would like to add?").fill("Too many steps");
	await page.goto("about:blank");
	expect(await stage.asksWhen("typing", ([ask]) => ask?.comment !== null)).toMatchObject([{ comment: "Too many steps" }]);
});

test("what comes while an older revision is in flight is neither lost nor taken out with it", async () => {
	const { page, context } = await stage.shopper();
	let release = () => {};
	const held = new Promise<void>((done) => {
		release = done;
	});
	await page.route(RESPONSES, async (route) => {
		if (route.request().postDataJSON().rev === 1) await held;
		else return route.abort();
		await route.continue();
	});
	await page.goto(pageWith('data-transaction="in-flight"'));
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByRole("checkbox", { name: "Payment options" }).click();
	release();
	expect(await stage.asksWhen("in-flight", (found) => found.length > 0)).toMatchObject([{ rev: 1, drivers: [] }]);
	await page.waitForTimeout(300);
	expect(await waiting(context)).toBe(1);
	await page.unroute(RESPONSES);
	expect(await stage.asksWhen("in-flight", ([ask]) => ask?.rev === 2)).toMatchObject([{ rev: 2, drivers: ["payment"] }]);
});

test("an answer that was stored, though the page never heard of it, is counted once", async () => {
	const { page, context } = await stage.shopper();
	let heard = 0;
	await page.route(RESPONSES, async (route) => {
		await route.fetch();
		heard += 1;
		await route.abort();
	});
	await page.goto(pageWith('data-transaction="unheard"'));
	await page.getByRole("radio", { name: "1" }).click();
	await expect.poll(() => heard).toBeGreaterThan(1);
	expect(await waiting(context)).toBe(1);
	// One that is on its way is dropped too, before the next is let through.
	await page.unrouteAll({ behavior: "wait" });
	await expect.poll(() => waiting(context), { timeout: 10_000 }).toBe(0);
	expect(await stage.asks("unheard")).toHaveLength(1);
});

test("a collector that asks for quiet is left alone that long, on every page", async () => {
	const { page, context } = await stage.shopper();
	let tries = 0;
	await context.route(RESPONSES, (route) => {
		tries += 1;
		const headers = { "retry-after": "3600", "access-control-allow-origin": "*", "access-control-expose-headers": "retry-after" };
		return route.fulfill({ status: 503, headers });
	});
	await page.goto(pageWith('data-transaction="quiet"'));
	await page.getByRole("radio", { name: "1" }).click();
	await expect.poll(() => tries).toBe(1);
	await page.reload();
	await page.reload();
	await page.waitForTimeout(300);
	expect(tries).toBe(1);
	await context.unroute(RESPONSES);
	const later = await context.newPage();
	await later.addInitScript(() => {
		const now = Date.now;
		Date.now = () => now() + 61 * 60 * 1000;
	});
	await later.goto(pageWith('data-transaction="quiet-later"'));
	expect(await stage.asksWhen("quiet", (found) => found.length > 0)).toMatchObject([{ outcome: "1" }]);
});

test("a final refusal ends the tries, and the page hears of it", async () => {
	const { page, context } = await stage.shopper();
	let tries = 0;
	await context.route(RESPONSES, (route) => {
		tries += 1;
		return route.fulfill({ status: 403, headers: { "access-control-allow-origin": "*" }, body: "{}" });
	});
	await page.goto(pageWith('data-transaction="refused"'));
	await page.evaluate(() => addEventListener("afterword:error", () => document.body.append("refused")));
	await page.getByRole("radio", { name: "1" }).click();
	await page.getByText("refused").waitFor();
	expect(await waiting(context)).toBe(0);
	await page.reload();
	expect(tries).toBe(1);
});

test.for([
	["blocked", "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })"],
	["full", "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"],
	[
		"none of ours",
		"for (const key of ['asks', 'quietUntil']) localStorage.setItem('afterword:PUB', JSON.stringify({ [key]: null }))",
	],
	["broken off", "localStorage.setItem('afterword:PUB', '{\"asks\":[{\"id\":')"],
	["garbage", "localStorage.setItem('afterword:PUB', JSON.stringify({ asks: [null, 7, {}, { id: 1 }], quietUntil: 'x' }))"],
] as const)("storage that is %s loses no answer", async ([state, script]) => {
	const { page } = await stage.shopper();
	await page.addInitScript(script.replace("PUB", stage.collector.site.publicKey));
	const order = `storage-${state.replace(/ .*/, "")}`;
	await page.goto(pageWith(`data-transaction="${order}"`));
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByRole("checkbox", { name: "Price" }).click();
	expect(await stage.asksWhen(order, ([ask]) => ask?.rev === 2)).toMatchObject([{ outcome: "4", drivers: ["price"] }]);
});

test("two tabs of one shop deliver what was left without a second count", async () => {
	const { page, context } = await stage.shopper();
	await page.goto(pageWith('data-transaction="two-tabs"'));
	await page.getByRole("radio", { name: "4" }).waitFor();
	const other = await context.newPage();
	await other.goto(pageWith('data-transaction="two-tabs-other"'));
	stage.line.cut();
	await page.getByRole("radio", { name: "4" }).click();
	stage.line.mend();
	await page.evaluate(() => dispatchEvent(new Event("online")));
	expect(await stage.asksWhen("two-tabs", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
	await expect.poll(() => waiting(context)).toBe(0);
});
