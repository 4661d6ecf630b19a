import type { BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openShop, type Shop } from "../harness/shop.ts";
import { gateOf, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
/** A shop that is not on the site's list. */
let stranger: Shop;
beforeAll(async () => {
	stage = await setStage();
	stranger = await openShop();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(async () => {
	await stranger.stop();
	await stage.stop();
});

const setSurvey = (slug: string, settings: object) =>
	stage.collector.owner(`/v1/surveys/${slug}`, { method: "PATCH", body: JSON.stringify(settings) });

const setOrigins = (...origins: string[]) =>
	stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ origins }) });

/** Opens a page with a tag in a browser, and gives the reason for asking or not. */
async function gate(context: BrowserContext, attributes: string, shop = stage.shop, build: "" | ".lazy" = ""): Promise<string> {
	const page = await context.newPage();
	await page.goto(shop.serve({ body: stage.tag(attributes, build) }));
	const reason = await gateOf(page);
	await page.close();
	return reason;
}

test("of a sample the same transactions are asked at every reload, in every browser", async () => {
	await setSurvey("ces", { sampling: 50, ask_again_days: 0 });
	const orders = Array.from({ length: 12 }, (_, i) => `sample-${i}`);
	const gates = async (context: BrowserContext, build: "" | ".lazy") => {
		const found: string[] = [];
		for (const order of orders)
			found.push(await gate(context, `data-survey="ces" data-transaction="${order}"`, stage.shop, build));
		return found;
	};
	const [mine, yours] = [await stage.shopper(), await stage.shopper()];
	const first = await gates(mine.context, "");
	expect(new Set(first)).toEqual(new Set(["due", "sampling"]));
	expect(await gates(mine.context, "")).toEqual(first);
	expect(await gates(yours.context, ".lazy")).toEqual(first);
});

test("who is not in the sample is shown nothing, and nothing is kept", async () => {
	await setSurvey("nps", { sampling: 1 });
	const page = await stage.visit(stage.tag('data-survey="nps" data-transaction="left-out"'));
	expect(await gateOf(page)).toBe("sampling");
	await page.waitForTimeout(1_300);
	expect(await page.locator("afterword-survey").count()).toBe(0);
	expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
	await setSurvey("nps", { sampling: 100 });
});

test("a question that is open goes on when the sample has become smaller meanwhile", async () => {
	const { page, context } = await stage.shopper();
	const attributes = 'data-survey="nps" data-transaction="still-open"';
	await page.goto(stage.shop.serve({ body: stage.tag(attributes) }));
	await whenShown(page);
	await setSurvey("nps", { sampling: 1 });
	// The browser keeps the file of the first page: the other build comes with the new settings.
	await page.goto(stage.shop.serve({ body: stage.tag(attributes, ".lazy") }));
	await page.getByRole("radio", { name: "6" }).click();
	expect(await stage.asksWhen("still-open", ([ask]) => ask?.status === "answered")).toMatchObject([{ outcome: "6", rev: 1 }]);
	expect(await gate((await stage.shopper()).context, attributes)).toBe("sampling");
	expect(await gate(context, attributes)).toBe("closed");
	await setSurvey("nps", { sampling: 100 });
});

test.for(["", ".lazy"] as const)("on an origin that is not on the list nothing is shown, kept or sent (%s.js)", async (build) => {
	const { page } = await stage.shopper();
	const sent: string[] = [];
	page.on("request", (request) => sent.push(request.url()));
	await page.goto(stranger.serve({ body: stage.tag('data-transaction="stranger"', build) }));
	expect(await gateOf(page)).toBe("origin");
	await page.waitForTimeout(1_300);
	expect(await page.locator("afterword-survey").count()).toBe(0);
	expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
	expect(sent).toEqual([page.url(), expect.stringContaining(`/w/${stage.collector.site.publicKey}${build}.js`)]);
});

test("a wildcard on the list stands for every subdomain, of that port and scheme alone", async () => {
	const [, port] = stranger.origin.split("127.0.0.1:");
	const gateUnder = async (...origins: string[]) => {
		await setOrigins(...origins);
		return gate((await stage.shopper()).context, 'data-transaction="wild"', stranger);
	};
	expect(await gateUnder(`https://*.0.0.1:${port}`)).toBe("origin");
	expect(await gateUnder(`http://*.0.0.1:${Number(port) + 1}`)).toBe("origin");
	expect(await gateUnder(`http://*.127.0.0.1:${port}`)).toBe("origin");
	expect(await gateUnder("https://shop.example", `http://*.0.0.1:${port}`)).toBe("due");
	const { page } = await stage.shopper();
	await page.goto(stranger.serve({ body: stage.tag('data-transaction="wild"') }));
	await page.getByRole("radio", { name: "5" }).click();
	expect(await stage.asksWhen("wild", (found) => found.length > 0)).toMatchObject([{ outcome: "5" }]);
	await setOrigins(stage.shop.origin);
});

test("the list of origins is not in the file that anyone may read", async () => {
	await setOrigins(stage.shop.origin, "https://unannounced.example", "https://*.staging.example");
	const file = await (await stage.collector.fetch(`/w/${stage.collector.site.publicKey}.js`)).text();
	expect([file.includes("unannounced"), file.includes("staging")]).toEqual([false, false]);
	await setOrigins(stage.shop.origin);
});

test("a survey that is not active is not asked, and its words are served to nobody", async () => {
	const words = { wording: { en: { question: "A question that is not asked?", thanks: "Thanks for nothing." } } };
	await setSurvey("ces", { ...words, active: false });
	const page = await stage.visit(stage.tag('data-survey="ces" data-transaction="inactive"'));
	expect(await gateOf(page)).toBe("inactive");
	expect(await page.locator("afterword-survey").count()).toBe(0);
	for (const ending of [".js", ".lazy.js", ".survey.js?lang=en", ".follow-up.js?lang=en"]) {
		const file = await (await stage.collector.fetch(`/w/${stage.collector.site.publicKey}${ending}`)).text();
		expect([ending, file.includes("not asked"), file.includes("for nothing"), file.includes('"ces":')]).toEqual([
			ending,
			false,
			false,
			false,
		]);
	}
	await setSurvey("ces", { active: true, sampling: 100 });
	const { context } = await stage.shopper();
	expect(await gate(context, 'data-survey="ces" data-transaction="inactive"', stage.shop, ".lazy")).toBe("due");
});

test("an answer to a survey that was stopped meanwhile is taken", async () => {
	const page = await stage.visit(stage.tag('data-survey="nps" data-transaction="stopped"'));
	await page.getByRole("radio").first().waitFor();
	await setSurvey("nps", { active: false });
	await page.getByRole("radio", { name: "10" }).click();
	expect(await stage.asksWhen("stopped", (found) => found.length > 0)).toMatchObject([{ outcome: "10" }]);
	await setSurvey("nps", { active: true });
});

test("an order that somebody has answered elsewhere is said to be answered, and is closed", async () => {
	const { page, context } = await stage.shopper();
	await context.route("**/v1/responses", (route) =>
		route.fulfill({ status: 200, headers: { "access-control-allow-origin": "*" }, json: { status: "already_answered" } }),
	);
	const attributes = 'data-survey="nps" data-transaction="elsewhere"';
	await page.goto(stage.shop.serve({ body: stage.tag(attributes) }));
	await page.getByRole("radio", { name: "3" }).click();
	await expect.poll(() => page.getByRole("status").textContent()).toBe("This order has already been answered. Thank you.");
	await expect.poll(() => page.getByRole("textbox").count()).toBe(0);
	expect(await page.evaluate(() => JSON.stringify(localStorage).includes("waiting"))).toBe(false);
	expect(await gate(context, attributes)).toBe("closed");
});
