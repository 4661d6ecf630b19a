import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addDays, dayOf } from "../../shared/day.ts";
import { type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
/** What the browser itself says when a connection fails is no noise of ours. */
const OFFLINE = /^error: Failed to load resource/;

beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect((await stage.clear()).filter((noise) => !OFFLINE.test(noise))).toEqual([]);
	expect(await stage.collector.drift()).toEqual([]);
});
afterAll(() => stage.stop());

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** What a device's clock is off by, in milliseconds. */
const CLOCKS = { right: 0, "three years ahead": 3 * YEAR_MS, "in 1970": -Date.now() + 1_000 } as const;
type Clock = keyof typeof CLOCKS;

/** Opens a page on a device whose clock is off. */
async function openBy(clock: Clock, context: BrowserContext, attributes: string): Promise<Page> {
	const page = await context.newPage();
	await page.addInitScript((ms) => {
		const real = Date;
		const off = class extends real {
			constructor(...given: []) {
				super(...(given.length > 0 ? given : ([real.now() + ms] as unknown as [])));
			}
			static override now = () => real.now() + ms;
		};
		Object.defineProperty(window, "Date", { value: off, configurable: true, writable: true });
	}, CLOCKS[clock]);
	await page.goto(stage.shop.serve({ body: stage.tag(attributes) }));
	return page;
}

/** What this browser still has to deliver. */
async function waiting(context: BrowserContext): Promise<number> {
	const { origins } = await context.storageState();
	const kept = origins.flatMap(({ localStorage }) => localStorage).map(({ value }) => JSON.parse(value));
	return kept.flatMap(({ asks }) => asks).filter((ask) => ask.waiting).length;
}

const today = () => dayOf(Date.now(), "Europe/Rome");

test.for(["three years ahead", "in 1970"] as const)(
	"on a device whose clock is %s an answer counts today, once",
	async (clock) => {
		const order = `there-${clock.replace(/\W/g, "-")}`;
		const { context } = await stage.shopper();
		const page = await openBy(clock, context, `data-transaction="${order}"`);
		await whenShown(page);
		const before = today();
		await page.getByRole("radio", { name: "4" }).click();
		await page.getByRole("checkbox", { name: "Price" }).click();
		const asks = await stage.asksWhen(order, ([ask]) => ask?.rev === 2);
		expect(asks).toMatchObject([{ outcome: "4", rev: 2 }]);
		expect([before, today()]).toContain(asks[0]?.day);
		await expect.poll(() => waiting(context)).toBe(0);
		const again = await openBy(clock, context, `data-transaction="${order}"`);
		await again.waitForFunction(() => Object(window).afterword?.("why") === "closed");
		expect(await stage.asks(order)).toHaveLength(1);
	},
);

/** Given offline by one clock and delivered by another: what the collector can believe is between now and seven days ago. */
const JUMPS = [
	["right", "three years ahead", -7],
	["right", "in 1970", 0],
	["three years ahead", "right", 0],
	["in 1970", "right", -7],
	["in 1970", "three years ahead", -7],
] as const;

test.for(JUMPS)(
	"given offline by a clock that is %s, delivered by one that is %s, an answer counts once, %d days from now",
	async ([given, delivered, days]) => {
		const order = `jump-${given}-${delivered}`.replace(/\W/g, "-");
		const { context } = await stage.shopper();
		const page = await openBy(given, context, `data-transaction="${order}"`);
		await whenShown(page);
		stage.line.cut();
		await page.getByRole("radio", { name: "5" }).click();
		await page.getByRole("button", { name: "Done" }).click();
		await page.getByText("It will be sent as soon as you are online.").waitFor();
		await page.close();
		await stage.line.quiet();
		stage.line.mend();
		const before = addDays(today(), days);
		await openBy(delivered, context, "");
		const asks = await stage.asksWhen(order, (found) => found.length > 0);
		expect(asks).toMatchObject([{ outcome: "5" }]);
		expect([before, addDays(today(), days)]).toContain(asks[0]?.day);
		await expect.poll(() => waiting(context)).toBe(0);
		await openBy(delivered, context, "");
		expect(await stage.asks(order)).toHaveLength(1);
	},
);

test("quiet that was asked for by a clock three years ahead does not last three years", async () => {
	const { context } = await stage.shopper();
	let tries = 0;
	await context.route("**/v1/responses", (route) => {
		tries += 1;
		const headers = { "retry-after": "3600", "access-control-allow-origin": "*", "access-control-expose-headers": "retry-after" };
		return route.fulfill({ status: 503, headers });
	});
	const page = await openBy("three years ahead", context, 'data-transaction="quiet"');
	await page.getByRole("radio", { name: "1" }).click();
	await expect.poll(() => tries).toBe(1);
	await expect.poll(() => waiting(context)).toBe(1);
	await page.close();
	await context.unroute("**/v1/responses");
	await openBy("right", context, "");
	expect(await stage.asksWhen("quiet", (found) => found.length > 0)).toMatchObject([{ outcome: "1" }]);
});
