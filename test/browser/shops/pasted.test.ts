import { Liquid } from "liquidjs";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { example, filledIn } from "../../harness/example.ts";
import { gateOf, type Stage, setStage } from "../../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
	const patch = (path: string, body: object) => stage.collector.owner(path, { method: "PATCH", body: JSON.stringify(body) });
	await patch("/v1/site", { segments: { currency: ["EUR", "USD"] } });
	await patch("/v1/surveys/csat", { ask_again_days: 0 });
});
afterEach(async () => expect((await stage.clear()).filter((noise) => !/404/.test(noise))).toEqual([]));
afterAll(() => stage.stop());

const filled = (path: string) => filledIn(path, stage.line.url, stage.collector.site.publicKey);

/** Answers the card of the page, and gives what was stored of an order. */
async function answer(page: Page, transaction: string) {
	await page.locator("afterword-survey").getByRole("radio", { name: "4" }).click();
	return stage.asksWhen(transaction, (found) => found.length > 0);
}

/** BigCommerce's order confirmation: it fills in its own placeholders, and says of the order what its Storefront API says. */
async function bigCommerce(order: string, said: object | null) {
	const script = (await filled("bigcommerce/order-confirmation.html")).replaceAll("{{checkout.order.id}}", order);
	const { page } = await stage.shopper();
	const asked: string[] = [];
	await page.route("**/api/storefront/**", (route) => {
		asked.push(new URL(route.request().url()).pathname);
		return said ? route.fulfill({ json: said }) : route.fulfill({ status: 404, body: "" });
	});
	await page.goto(stage.shop.serve({ body: `<div id="checkout-app"></div>${script}` }));
	return { page, asked };
}

test("BigCommerce's order confirmation asks with the order's number, its buyer and its currency", async () => {
	const said = { orderId: 118, orderAmount: 12.5, currency: { code: "EUR" }, customerId: 42, status: "AWAITING_FULFILLMENT" };
	const { page, asked } = await bigCommerce("118", { ...said, billingAddress: { email: "ann@example.com" } });
	expect(await answer(page, "118")).toMatchObject([{ outcome: "4", customer: "42", segments: { currency: "EUR" } }]);
	expect(asked).toEqual(["/api/storefront/orders/118"]);
});

test("a guest of BigCommerce's is nobody, and a shop that says nothing of the order is asked about it all the same", async () => {
	const guest = await bigCommerce("119", { orderId: 119, customerId: 0, currency: { code: "USD" }, status: "PENDING" });
	expect(await answer(guest.page, "119")).toMatchObject([{ customer: null, segments: { currency: "USD" } }]);
	const silent = await bigCommerce("120", null);
	expect(await answer(silent.page, "120")).toMatchObject([{ customer: null }]);
});

test("an order that was declined at BigCommerce, and a page of no order, fetch not even the widget", async () => {
	for (const [order, said] of [
		["121", { orderId: 121, status: "DECLINED" }],
		["", {}],
	] as const) {
		const requests: string[] = [];
		const { page, asked } = await bigCommerce(order, said);
		page.on("request", (request) => requests.push(request.url()));
		await page.reload({ waitUntil: "networkidle" });
		expect([asked.length > 0, requests.filter((url) => url.includes("/w/"))]).toEqual([order !== "", []]);
	}
});

/** Ecwid's storefront as its JavaScript API says: the events come once its script has, which may be late. */
const ECWID = `
	const event = () => { const heard = []; return { add: (hear) => heard.push(hear), tell: (said) => heard.forEach((hear) => hear(said)) } };
	window.Ecwid = { OnAPILoaded: event(), OnOrderPlaced: event(), OnPageLoaded: event() };`;
const ORDER = { orderNumber: 555, vendorNumber: "XJ12H", email: "ann@example.com", total: 12, customer: { id: 77 } };

async function ecwid(api: string) {
	const { page } = await stage.shopper();
	await page.goto(stage.shop.serve({ body: `<div id="my-store"></div>${api}${await filled("ecwid/order-placed.html")}` }));
	await page.waitForFunction(() => "sites" in Object(window).afterword);
	return page;
}

/** What Ecwid says, in order, each the name of an event and what it tells. */
const tell = (page: Page, ...said: readonly (readonly [event: string, what?: unknown])[]) =>
	page.evaluate((said) => {
		for (const [event, what] of said) {
			if (event === "OnOrderPlaced") history.pushState({}, "", "#!/~/orderConfirmation/id");
			Object(window).Ecwid[event].tell(what);
		}
	}, said);

const CONFIRMATION = ["OnPageLoaded", { type: "ORDER_CONFIRMATION" }] as const;

test("Ecwid's placed order is asked about on its confirmation, under the number that its buyer knows", async () => {
	const page = await ecwid(`<script>${ECWID}</script>`);
	await tell(page, ["OnAPILoaded"], ["OnPageLoaded", { type: "CART" }], ["OnOrderPlaced", ORDER]);
	// Why a question is asked or not is said at once, where one is asked for; its card may come later.
	expect(await page.evaluate(() => Object(window).afterword("why"))).toBe(undefined);
	await tell(page, CONFIRMATION);
	expect(await answer(page, "XJ12H")).toMatchObject([{ outcome: "4", customer: "77" }]);
	await tell(page, CONFIRMATION);
	expect(await stage.asks("XJ12H")).toHaveLength(1);
});

test("Ecwid's script may come late, and the confirmation before the order", async () => {
	const page = await ecwid("");
	await page.evaluate(ECWID);
	await page.waitForFunction(() => {
		const { Ecwid } = Object(window);
		Ecwid.OnAPILoaded.tell();
		Ecwid.OnPageLoaded.tell({ type: "ORDER_CONFIRMATION" });
		Ecwid.OnOrderPlaced.tell({ orderNumber: 556 });
		return document.querySelector("afterword-survey");
	});
	expect(await answer(page, "556")).toMatchObject([{ outcome: "4", customer: null }]);
});

/** The theme app embed as Shopify renders it, and what its schema says. */
async function embed(settings: object) {
	const [markup = "", schema = ""] = (await example("shopify/extensions/afterword-embed/blocks/afterword.liquid")).split(
		/\{% (?:end)?schema %\}/,
	);
	const said = { block: { settings }, request: { locale: { iso_code: "ar" } } };
	return { html: await new Liquid().parseAndRender(markup, said), schema: JSON.parse(schema) };
}

test("Shopify's theme app embed asks on a page of the storefront, in a card and the page's language", async () => {
	const tag = `${stage.line.url}/w/${stage.collector.site.publicKey}.js`;
	const { html, schema } = await embed({ tag, survey: "ces", delay: 0, exit: false });
	expect(schema).toMatchObject({ target: "body", settings: [{ id: "tag" }, { id: "survey" }, { id: "delay" }, { id: "exit" }] });
	expect(html).toContain(".lazy.js");
	const page = await stage.visit(html);
	await page.locator("afterword-survey [dir=rtl]").getByRole("radio", { name: "7" }).click();
	expect(await stage.asksWhen(null, (found) => found.length > 0)).toMatchObject([{ survey: "ces", outcome: "7" }]);
});

test("without an address the embed writes nothing; with a delay it waits", async () => {
	expect((await embed({ tag: "", survey: "", delay: 20, exit: true })).html.trim()).toBe("");
	const tag = `${stage.line.url}/w/${stage.collector.site.publicKey}.lazy.js`;
	const { html } = await embed({ tag, survey: "", delay: 20, exit: true });
	expect(html).toMatch(/data-delay="20" data-exit\s*>/);
	expect(await gateOf(await stage.visit(html))).toBe("waiting");
});
