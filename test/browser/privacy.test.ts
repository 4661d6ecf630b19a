import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const BUILDS = ["", ".lazy"] as const;

/** What the page's origin keeps in this browser. */
const kept = (page: Page) =>
	page.evaluate(async () => ({
		local: Object.keys(localStorage),
		session: Object.keys(sessionStorage),
		databases: (await indexedDB.databases()).map(({ name }) => name),
		caches: await caches.keys(),
		cookie: document.cookie,
	}));

const NOTHING = { local: [], session: [], databases: [], caches: [], cookie: "" };

/** Everything the browser sends, the preflights among it: method and address. */
async function requestsOf(page: Page): Promise<string[]> {
	const sent: string[] = [];
	const devtools = await page.context().newCDPSession(page);
	devtools.on("Network.requestWillBeSent", ({ request }) => sent.push(`${request.method} ${request.url}`));
	await devtools.send("Network.enable");
	return sent;
}

test.for(BUILDS)("nothing is kept before the question was seen; after it one name, and never a cookie (%s.js)", async (build) => {
	const { page, context } = await stage.shopper();
	const below = `<div style="height:3000px"></div>${stage.tag(`data-transaction="kept${build}" data-customer="c-1"`, build)}`;
	await page.goto(stage.shop.serve({ body: below }));
	await page.getByRole("radio").first().waitFor({ state: "attached" });
	await page.waitForTimeout(1_500);
	expect(await kept(page)).toEqual(NOTHING);
	await page.getByRole("radio").first().scrollIntoViewIfNeeded();
	await whenShown(page);
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	await stage.asksWhen(`kept${build}`, (found) => found.length > 0);
	const name = `afterword:${stage.collector.site.publicKey}`;
	expect(await kept(page)).toEqual({ ...NOTHING, local: [name], session: [name] });
	expect(await context.cookies()).toEqual([]);
});

test("a question that is asked again and again keeps the same one name, and no cookie goes along with what is sent", async () => {
	await stage.collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ ask_again_days: 0 }) });
	const { page, context } = await stage.shopper();
	await context.addCookies([{ name: "session", value: "of-the-merchant", url: stage.line.url }]);
	const cookies: (string | undefined)[] = [];
	page.on("request", async (request) => {
		if (request.method() === "POST") cookies.push((await request.allHeaders())["cookie"]);
	});
	for (const order of ["again-a", "again-b", "again-c"]) {
		await page.goto(stage.shop.serve({ body: stage.tag(`data-survey="ces" data-transaction="${order}"`) }));
		await page.getByRole("radio", { name: "5" }).click();
		expect(await stage.asksWhen(order, (found) => found.length > 0)).toMatchObject([{ outcome: "5" }]);
		// A page that leaves before it has read the receipt has the next one send the answer once more.
		await page.waitForFunction(() => !JSON.stringify(localStorage).includes("waiting"));
	}
	expect(await kept(page)).toMatchObject({ local: [expect.stringMatching(/^afterword:/)], databases: [], caches: [] });
	expect(cookies).toEqual([undefined, undefined, undefined]);
});

test.for([
	["Global Privacy Control", "globalPrivacyControl", true],
	["Do Not Track", "doNotTrack", "1"],
] as const)("under %s an answer says nothing that it can do without", async ([, name, value]) => {
	const visitUnder = async (order: string, asked: boolean) => {
		const { page } = await stage.shopper();
		const define = `Object.defineProperty(Navigator.prototype, "${name}", { get: () => ${JSON.stringify(value)} })`;
		if (asked) await page.addInitScript(define);
		const tag = `data-transaction="${order}" data-customer="c-1" data-segment-plan="gold" data-locale="ar"`;
		await page.goto(stage.shop.serve({ body: stage.tag(tag) }));
		await page.getByRole("radio", { name: "2" }).click();
		await page.getByRole("checkbox").first().click();
		await page.getByRole("textbox").fill("متأخر");
		const [ask] = await stage.asksWhen(order, ([found]) => found?.comment != null);
		expect(ask).toMatchObject({ outcome: "2", comment: "متأخر", drivers: [expect.any(String)], transaction: order });
		return ask;
	};
	const silent = await visitUnder(`${name}-on`, true);
	expect([silent?.customer, silent?.page, silent?.segments]).toEqual([null, null, { channel: "page", locale: "ar" }]);
	const usual = await visitUnder(`${name}-off`, false);
	expect([usual?.customer, usual?.page]).toEqual(["c-1", expect.stringContaining(stage.shop.origin)]);
	expect(usual?.segments).toEqual({ channel: "page", locale: "ar", device: "desktop", plan: "gold" });
});

test.for(BUILDS)("while consent is pending nothing is sent but for the script itself (%s.js)", async (build) => {
	const { page } = await stage.shopper();
	const sent = await requestsOf(page);
	const attributes = 'data-transaction="pending" data-consent="pending" data-delay="0.1" data-purchase="datalayer"';
	await page.goto(stage.shop.serve({ body: stage.tag(attributes, build) }));
	expect(await gateOf(page)).toBe("consent");
	await page.waitForTimeout(1_500);
	const script = `GET ${stage.line.url}/w/${stage.collector.site.publicKey}${build}.js`;
	expect(sent.filter((request) => !request.endsWith("favicon.ico"))).toEqual([`GET ${page.url()}`, script]);
	expect(await kept(page)).toEqual(NOTHING);
});

test.for(BUILDS)(
	"a whole visit needs no preflight, and talks to nobody but the shop and the collector (%s.js)",
	async (build) => {
		const { page } = await stage.shopper();
		const sent = await requestsOf(page);
		const address = (order: string) =>
			stage.shop.serve({ body: stage.tag(`data-transaction="${order}${build}" data-delay="0.1" data-customer="c-1"`, build) });
		await page.goto(address("visit"));
		await whenShown(page);
		await page.reload();
		await page.getByRole("radio", { name: "5" }).click();
		await page.getByRole("checkbox", { name: "Price" }).click();
		await page.getByLabel("Anything you would like to add?").fill("Fine");
		await page.getByRole("button", { name: "Done" }).click();
		expect(await stage.asksWhen(`visit${build}`, ([ask]) => ask?.comment != null)).toMatchObject([{ outcome: "5" }]);
		await page.evaluate(() => localStorage.clear());
		await page.goto(address("visit-no"));
		await page.getByRole("button", { name: "No, thanks" }).click();
		await stage.asksWhen(`visit-no${build}`, (found) => found.length > 0);
		const methods = new Set(sent.map((request) => request.split(" ")[0]));
		expect(methods).toEqual(new Set(["GET", "POST"]));
		const origins = new Set(sent.map((request) => new URL(request.split(" ")[1] ?? "").origin));
		expect(origins).toEqual(new Set([stage.shop.origin, stage.line.url]));
	},
);

test("what was said is kept in clear only until it is delivered", async () => {
	const { page } = await stage.shopper();
	const secrets = ["order-4711", "marta@example.com", "Came far too late", "gold"];
	const tag = stage.tag('data-transaction="order-4711" data-customer="marta@example.com" data-segment-plan="gold"');
	await page.goto(stage.shop.serve({ body: tag }));
	await whenShown(page);
	const found = () =>
		page.evaluate((all) => {
			const text = JSON.stringify([{ ...localStorage }, { ...sessionStorage }]);
			return all.filter((secret) => text.includes(secret));
		}, secrets);
	expect(await found()).toEqual([]);
	await page.route("**/v1/responses", (route) => route.abort());
	await page.getByRole("radio", { name: "1" }).click();
	await page.getByLabel("Anything you would like to add?").fill("Came far too late");
	await page.getByRole("button", { name: "Done" }).click();
	await expect.poll(found).toEqual(secrets);
	await page.unroute("**/v1/responses");
	await page.evaluate(() => dispatchEvent(new Event("online")));
	const asks = await stage.asksWhen("order-4711", (all) => all.length > 0);
	expect(asks).toMatchObject([{ outcome: "1", customer: "marta@example.com", comment: "Came far too late" }]);
	await expect.poll(found).toEqual([]);
	expect((await stage.clear()).filter((noise) => !noise.includes("ERR_FAILED"))).toEqual([]);
});
