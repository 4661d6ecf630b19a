import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Shopper, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const DAY_MS = 24 * 60 * 60 * 1000;

const pageWith = (attributes: string) => stage.shop.serve({ body: stage.tag(attributes) });

/** Opens an address and gives the reason for asking or not; with `laterMs` by a clock that is so much ahead. */
async function gate({ context }: Shopper, url: string, laterMs = 0): Promise<string> {
	const page = await context.newPage();
	await setClock(page, laterMs);
	await page.goto(url);
	const reason = await gateOf(page);
	await page.close();
	return reason;
}

/** Sets the clock of a page's device ahead; it goes on from there. */
async function setClock(page: Page, aheadMs: number): Promise<void> {
	await page.addInitScript((ms) => {
		const now = Date.now;
		Date.now = () => now() + ms;
	}, aheadMs);
}

test("an answered transaction is not asked about again", async () => {
	const shopper = await stage.shopper();
	const url = pageWith('data-transaction="answered"');
	await shopper.page.goto(url);
	await shopper.page.getByRole("radio", { name: "4" }).click();
	await stage.asksWhen("answered", (found) => found.length > 0);
	expect(await gate(shopper, url)).toBe("closed");
	expect(await gate(shopper, url, 400 * DAY_MS)).toBe("closed");
	expect(await stage.asks("answered")).toHaveLength(1);
});

test("the order number is not kept as it is", async () => {
	const { page } = await stage.shopper();
	await page.goto(pageWith('data-transaction="kept-4711"'));
	await page.getByRole("radio", { name: "4" }).click();
	await stage.asksWhen("kept-4711", (found) => found.length > 0);
	await page.waitForFunction(() => !JSON.stringify({ ...localStorage }).includes("4711"));
});

test("an unanswered question is asked again after a reload, as the same ask, shown when it first was", async () => {
	const { page } = await stage.shopper();
	await page.goto(pageWith('data-transaction="reloaded"'));
	await whenShown(page);
	await page.reload();
	const [left] = await stage.asksWhen("reloaded", (found) => found.length > 0);
	expect(left).toMatchObject({ status: "shown", outcome: "ignored", rev: 0 });
	await page.getByRole("radio", { name: "5" }).click();
	const asks = await stage.asksWhen("reloaded", ([ask]) => ask?.status === "answered");
	expect(asks).toMatchObject([{ id: left?.id, outcome: "5", rev: 1, shownAt: expect.closeTo(left?.shownAt ?? 0, -3) }]);
	expect(await stage.collector.drift()).toEqual([]);
});

test("a page left without an answer is reported once, however often it is left", async () => {
	const { page } = await stage.shopper();
	let sent = 0;
	page.on("request", (request) => {
		if (request.method() === "POST") sent += 1;
	});
	await page.goto(pageWith('data-transaction="ignored"'));
	await whenShown(page);
	const leave = async () => {
		await page.reload();
		await page.getByRole("radio").first().waitFor();
	};
	await leave();
	// What the closing page sent stays in the outbox until a page has read the receipt: the next one may send it once more.
	expect(await stage.asksWhen("ignored", (found) => found.length > 0)).toMatchObject([{ outcome: "ignored", rev: 0 }]);
	await page.waitForFunction(() => !JSON.stringify(localStorage).includes("waiting"));
	const confirmed = sent;
	await leave();
	await leave();
	expect(sent).toBe(confirmed);
	expect(await stage.asks("ignored")).toHaveLength(1);
});

test("a question nobody saw is reported to nobody", async () => {
	const { page } = await stage.shopper();
	await page.goto(stage.shop.serve({ body: `<div style="height:3000px"></div>${stage.tag('data-transaction="below"')}` }));
	await page.getByRole("radio").first().waitFor({ state: "attached" });
	await page.waitForTimeout(1_500);
	await page.goto("about:blank");
	await page.waitForTimeout(300);
	expect(await stage.asks("below")).toEqual([]);
});

test("a dismissal takes the question away, is stored as one, and closes the transaction", async () => {
	const shopper = await stage.shopper();
	const url = pageWith('data-transaction="dismissed"');
	await shopper.page.goto(url);
	await shopper.page.getByRole("button", { name: "No, thanks" }).click();
	expect(await shopper.page.locator("afterword-survey").count()).toBe(0);
	expect(await stage.asksWhen("dismissed", (found) => found.length > 0)).toMatchObject([{ outcome: "dismissed", rev: 1 }]);
	expect(await gate(shopper, url)).toBe("closed");
});

test("after an answer there is nothing to dismiss", async () => {
	const { page } = await stage.shopper();
	await page.goto(pageWith('data-transaction="no-way-back"'));
	await page.getByRole("radio", { name: "1" }).click();
	expect(await page.getByRole("button", { name: "No, thanks" }).count()).toBe(0);
});

test("csat comes again 30 days after it was shown, any other survey 14 days after", async () => {
	const shopper = await stage.shopper();
	await shopper.page.goto(pageWith('data-transaction="first"'));
	await shopper.page.getByRole("radio", { name: "4" }).click();
	const [csat, nps] = [pageWith('data-transaction="second"'), pageWith('data-survey="nps" data-transaction="second"')];
	expect(await gate(shopper, csat, 29 * DAY_MS)).toBe("recent");
	expect(await gate(shopper, nps, 13 * DAY_MS)).toBe("recent");
	expect(await gate(shopper, nps, 15 * DAY_MS)).toBe("due");
	expect(await gate(shopper, csat, 31 * DAY_MS)).toBe("due");
});

test("after a dismissal twice the time passes", async () => {
	const shopper = await stage.shopper();
	await shopper.page.goto(pageWith('data-transaction="first"'));
	await shopper.page.getByRole("button", { name: "No, thanks" }).click();
	const [csat, nps] = [pageWith('data-transaction="second"'), pageWith('data-survey="nps" data-transaction="second"')];
	expect(await gate(shopper, csat, 59 * DAY_MS)).toBe("recent");
	expect(await gate(shopper, nps, 27 * DAY_MS)).toBe("recent");
	expect(await gate(shopper, nps, 29 * DAY_MS)).toBe("due");
	expect(await gate(shopper, csat, 61 * DAY_MS)).toBe("due");
});

test("a clock that was years ahead when the question was shown silences nothing", async () => {
	const shopper = await stage.shopper();
	await setClock(shopper.page, 3 * 365 * DAY_MS);
	await shopper.page.goto(pageWith('data-transaction="future"'));
	await shopper.page.getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen("future", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
	expect(await gate(shopper, pageWith('data-transaction="present"'))).toBe("due");
});

test("without a transaction the tab resumes its own question, and another tab waits its turn", async () => {
	const shopper = await stage.shopper();
	const url = pageWith("");
	await shopper.page.goto(url);
	await whenShown(shopper.page);
	expect(await gate(shopper, url)).toBe("recent");
	await shopper.page.reload();
	await shopper.page.getByRole("radio", { name: "2" }).click();
	const mine = (await stage.asksWhen(null, ([ask]) => ask?.status === "answered")).filter(({ page }) => page === url);
	expect(mine).toMatchObject([{ outcome: "2", rev: 1 }]);
});

test("a survey that may be asked again after 0 days is asked every time", async () => {
	await stage.collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ ask_again_days: 0 }) });
	const shopper = await stage.shopper();
	await shopper.page.goto(pageWith('data-survey="ces" data-transaction="every-a"'));
	await shopper.page.getByRole("radio", { name: "6" }).click();
	expect(await gate(shopper, pageWith('data-survey="ces" data-transaction="every-b"'))).toBe("due");
});

test("after any other survey as many days pass as this one says, twice as many after a dismissal; with 0 none", async () => {
	for (const [slug, days] of [
		["soon", 0],
		["much-later", 60],
	] as const) {
		const survey = { slug, metric: "ces", ask_after_any_days: days };
		expect((await stage.collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify(survey) })).status).toBe(201);
	}
	const [soon, later] = ["soon", "much-later"].map((slug) => pageWith(`data-survey="${slug}" data-transaction="next"`));
	const [answers, dismisses] = [await stage.shopper(), await stage.shopper()];
	await answers.page.goto(pageWith('data-transaction="before"'));
	await answers.page.getByRole("radio", { name: "4" }).click();
	await dismisses.page.goto(pageWith('data-transaction="before"'));
	await dismisses.page.getByRole("button", { name: "No, thanks" }).click();
	const gates = async (shopper: Shopper, url = "", ...days: number[]) => {
		const found: string[] = [];
		for (const day of days) found.push(await gate(shopper, url, day * DAY_MS));
		return found;
	};
	expect(await gates(answers, later, 30, 59, 61)).toEqual(["recent", "recent", "due"]);
	expect(await gates(dismisses, later, 119, 121)).toEqual(["recent", "due"]);
	expect(await gates(answers, soon, 1)).toEqual(["due"]);
	expect(await gates(dismisses, soon, 0)).toEqual(["due"]);
});

test("consent that is pending, an unknown survey: nothing is shown and nothing kept", async () => {
	const shopper = await stage.shopper();
	expect(await gate(shopper, pageWith('data-consent="pending"'))).toBe("consent");
	expect(await gate(shopper, pageWith('data-survey="hotel"'))).toBe("inactive");
	await shopper.page.goto(pageWith('data-consent="pending"'));
	expect(await shopper.page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
});
