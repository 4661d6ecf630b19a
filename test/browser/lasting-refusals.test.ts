import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
/** What the browser itself says of a request that is refused is no noise of ours. */
const REFUSED = /^error: Failed to load resource/;

beforeAll(async () => {
	stage = await setStage();
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ ask_again_days: 0 }) });
});
afterEach(async () => {
	expect((await stage.clear()).filter((noise) => !REFUSED.test(noise))).toEqual([]);
	expect(await stage.collector.drift()).toEqual([]);
});
afterAll(() => stage.stop());

const RESPONSES = "**/v1/responses";
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const pageWith = (attributes: string) => stage.shop.serve({ body: stage.tag(attributes) });

/** How many revisions this browser still has to deliver. */
async function waiting(context: BrowserContext): Promise<number> {
	const { origins } = await context.storageState();
	const kept = origins.flatMap(({ localStorage }) => localStorage).map(({ value }) => JSON.parse(value));
	return kept.flatMap(({ asks }) => asks).filter((ask) => ask.waiting).length;
}

/** Lets the page's clock, timers and all, go on by so much, a step at a time so that requests between them end. */
async function pass(page: Page, ms: number, step = 5 * SECOND): Promise<void> {
	for (let gone = 0; gone < ms; gone += step) {
		await page.clock.runFor(step);
		await new Promise((later) => setTimeout(later, 10));
	}
}

/** Answers every sending of a browser with these statuses in turn from now on; counts them. */
async function refuse(context: BrowserContext, ...statuses: readonly number[]): Promise<{ count: number }> {
	const tries = { count: 0 };
	await context.route(RESPONSES, (route) => {
		const status = statuses[tries.count % statuses.length] ?? 503;
		tries.count += 1;
		return route.fulfill({ status, headers: { "access-control-allow-origin": "*" }, body: "{}" });
	});
	return tries;
}

test("a collector that says 503 for ten minutes is asked less and less, and has the answer once when it is back", async () => {
	const { page, context } = await stage.shopper();
	await page.clock.install();
	// Waits are drawn from zero to twice as much each time: here the middle of it, two seconds, four, eight.
	await page.addInitScript(() => {
		Math.random = () => 0.5;
	});
	const tries = await refuse(context, 503);
	await page.goto(pageWith('data-transaction="ten-minutes"'));
	await page.getByRole("radio", { name: "4" }).click();
	await expect.poll(() => tries.count).toBe(1);
	await pass(page, MINUTE);
	expect([3, 4, 5]).toContain(tries.count);
	await pass(page, 9 * MINUTE);
	expect([7, 8, 9]).toContain(tries.count);
	expect(await waiting(context)).toBe(1);
	expect(await stage.asks("ten-minutes")).toEqual([]);
	await context.unroute(RESPONSES);
	for (let minutes = 0; minutes < 20 && (await waiting(context)) > 0; minutes++) await pass(page, MINUTE);
	expect(await waiting(context)).toBe(0);
	expect(await stage.asks("ten-minutes")).toMatchObject([{ outcome: "4", rev: 1 }]);
});

test("what passes, said for ever in any of its ways, ends the tries of a page, not the answer; seven days later the answer is given up", async () => {
	const { page, context } = await stage.shopper();
	await page.clock.install();
	const tries = await refuse(context, 408, 425, 429, 500, 503);
	await page.goto(pageWith('data-transaction="for-ever"'));
	await page.getByRole("radio", { name: "3" }).click();
	await pass(page, 180 * MINUTE, 2 * MINUTE);
	expect(tries.count).toBe(12);
	expect(await waiting(context)).toBe(1);

	const next = await context.newPage();
	await next.goto(pageWith(""));
	await pass(next, 5 * MINUTE);
	expect(tries.count).toBeGreaterThan(12);
	expect(await waiting(context)).toBe(1);

	const late = await context.newPage();
	await late.clock.setSystemTime(Date.now() + 8 * DAY);
	await late.goto(pageWith(""));
	await expect.poll(() => waiting(context)).toBe(0);
	const given = tries.count;
	await late.reload();
	await pass(late, 5 * MINUTE);
	expect(tries.count).toBe(given);
	expect(await stage.asks("for-ever")).toEqual([]);
});

test.for([400, 401, 403, 404, 405, 410, 413, 415, 422])("a %s is final: one try, and no other on any page", async (status) => {
	const { page, context } = await stage.shopper();
	const tries = await refuse(context, status);
	const address = pageWith(`data-transaction="final-${status}"`);
	await page.goto(address);
	await page.evaluate(() => addEventListener("afterword:error", () => document.body.append("refused")));
	await page.getByRole("radio", { name: "1" }).click();
	await page.getByText("refused").waitFor();
	expect(await waiting(context)).toBe(0);
	await page.reload();
	await page.evaluate(() => dispatchEvent(new Event("online")));
	await page.waitForTimeout(200);
	expect(tries.count).toBe(1);
});

test("a shopper whose address has sent too much waits as long as the collector says, and is heard then, once", async () => {
	const address = "203.0.113.40";
	const { page, context } = await stage.shopper();
	await context.route(RESPONSES, (route) =>
		route.continue({ headers: { ...route.request().headers(), "cf-connecting-ip": address } }),
	);
	await page.goto(pageWith('data-transaction="too-many"'));
	await whenShown(page);
	// The collector counts by the clock's tens of seconds.
	const left = 10 * SECOND - (Date.now() % (10 * SECOND));
	if (left < 7 * SECOND) await page.waitForTimeout(left + 50);
	const others = await Promise.all(
		Array.from({ length: 60 }, () => stage.collector.send(stage.collector.ask(), { "cf-connecting-ip": address })),
	);
	expect(new Set(others.map(({ status }) => status))).toEqual(new Set([201]));
	const replies: { status: number; at: number }[] = [];
	page.on("response", (reply) => {
		if (reply.url().endsWith("/v1/responses")) replies.push({ status: reply.status(), at: Date.now() });
	});
	await page.getByRole("radio", { name: "2" }).click();
	await expect.poll(() => replies.map(({ status }) => status)).toEqual([429]);
	expect(await waiting(context)).toBe(1);
	await expect.poll(() => waiting(context), { timeout: 30 * SECOND }).toBe(0);
	const [refused, taken] = replies;
	expect(taken?.status).toBe(201);
	expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(10 * SECOND - 100);
	expect(await stage.asks("too-many")).toMatchObject([{ outcome: "2", rev: 1 }]);
});
