import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { plainShare } from "../harness/plain-figures.ts";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
let shop: string;
beforeAll(async () => {
	stage = await setStage({ alone: true });
	shop = `${stage.line.url}/demo/plain-html`;
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

test("from the product to the score: bought, answered 5 with a reason and a comment, counted in its place with its interval, not asked again", async () => {
	for (const score of [5, 4, 4, 2]) await stage.collector.send(stage.collector.ask({ survey: "csat", score }));
	const before = await stage.collector.score("csat");
	expect([before.value, before.responses]).toEqual([75, 4]);

	const { page } = await stage.shopper();
	await page.goto(`${shop}/`);
	await page.getByRole("button", { name: "Buy now" }).click();
	await page.getByRole("button", { name: "Pay" }).click();
	await page.getByRole("radio", { name: "5" }).click();
	await page.getByRole("checkbox", { name: "Payment options" }).click();
	await page.getByRole("textbox", { name: "Anything you would like to add?" }).fill("Lovely and quick.");
	await page.getByRole("button", { name: "Done" }).click();
	await page.getByText("Thank you for your answer.").waitFor();
	const order = new URL(page.url()).searchParams.get("order");
	const asks = await stage.asksWhen(order, ([ask]) => ask?.comment !== null && ask !== undefined);
	expect(asks).toMatchObject([{ outcome: "5", drivers: ["payment"], comment: "Lovely and quick.", survey: "csat" }]);

	const after = await stage.collector.score("csat");
	expect(after).toMatchObject({
		value: 80,
		responses: 5,
		distribution: { "1": 0, "2": 1, "3": 0, "4": 2, "5": 2 },
		funnel: { ...before.funnel, shown: 5, answered: 5, commented: 1 },
	});
	const [low, high] = plainShare(4, 5);
	expect(after.interval?.low).toBeCloseTo(low, 9);
	expect(after.interval?.high).toBeCloseTo(high, 9);

	await page.reload();
	await page.waitForTimeout(1_500);
	expect(await page.locator("afterword-survey").count()).toBe(0);
	expect(await stage.collector.score("csat")).toEqual(after);
});

test("the Arabic confirmation asks in Arabic, from right to left", async () => {
	const { page } = await stage.shopper({ viewport: { width: 390, height: 844 } });
	await page.goto(`${shop}/order-confirmation.ar.html?order=AR-1`);
	const low = await page.getByRole("radio", { name: "1" }).boundingBox();
	const high = await page.getByRole("radio", { name: "5" }).boundingBox();
	expect(low?.x).toBeGreaterThan(high?.x ?? 0);
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByText("شكرًا، تم حفظ إجابتك.").waitFor();
	expect(await stage.asksWhen("AR-1", (found) => found.length > 0)).toMatchObject([{ outcome: "4", segments: { locale: "ar" } }]);
});
