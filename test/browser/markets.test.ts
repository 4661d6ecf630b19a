import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import { findings } from "../harness/axe.ts";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage({ alone: true });
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const MARKETS = [
	["arabic", "ar", "وصل الفانوس سليمًا، وضوؤه جميل."],
	["hebrew", "he", "המטקות נהדרות, תודה רבה!"],
	["serbian", "sr-Cyrl", "Ајвар је као домаћи, љут таман колико треба."],
	["vietnamese", "vi", "Cà phê rất thơm, gói hàng cẩn thận."],
	["italian", "it", "Carta bellissima, è arrivato già ieri."],
] as const;

const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Opens a shop's confirmation of an order on a phone. */
async function confirmation(market: string, order: string, options: BrowserContextOptions = {}): Promise<Page> {
	const { page } = await stage.shopper({ ...PHONE, ...options });
	await page.goto(`${stage.line.url}/demo/markets/${market}.html?order=${order}`);
	return page;
}

test.for(MARKETS)(
	"the %s shop asks in its language, and what is tapped and written is stored",
	async ([market, locale, comment]) => {
		const words = LOCALES[locale];
		const order = `${market}-1`;
		const page = await confirmation(market, order);
		const question = page.getByRole("group", { name: words.question.csat });
		await question.waitFor();
		expect(await question.evaluate((element) => getComputedStyle(element).direction)).toBe(words.direction);
		const [low, high] = words.ends.csat;
		const lowest = await page.getByRole("radio", { name: `1, ${low}` }).boundingBox();
		const highest = await page.getByRole("radio", { name: `5, ${high}` }).boundingBox();
		expect(Math.sign((lowest?.x ?? 0) - (highest?.x ?? 0))).toBe(words.direction === "rtl" ? 1 : -1);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

		await page.getByRole("radio", { name: "4" }).tap();
		await page.getByText(words.saved).waitFor();
		await page.getByRole("checkbox", { name: words.drivers.payment }).tap();
		await page.getByRole("textbox", { name: words.comment }).fill(comment);
		await page.getByRole("button", { name: words.done }).tap();
		await page.getByText(words.thanks).waitFor();

		expect(await stage.asksWhen(order, ([ask]) => ask !== undefined && ask.comment !== null)).toMatchObject([
			{
				survey: "csat",
				status: "answered",
				outcome: "4",
				drivers: ["payment"],
				comment,
				segments: { locale, device: "phone", channel: "page" },
				transaction: order,
			},
		]);
		expect(await stage.collector.drift()).toEqual([]);
	},
);

test.for(MARKETS.flatMap(([market, locale]) => (["light", "dark"] as const).map((scheme) => [market, locale, scheme] as const)))(
	"axe finds nothing on the %s page (%s, %s)",
	async ([market, locale, colorScheme]) => {
		const page = await confirmation(market, `${market}-${colorScheme}`, { colorScheme, reducedMotion: "reduce" });
		await page.getByText(LOCALES[locale].question.csat).waitFor();
		expect(await findings(page)).toEqual([]);
		await page.getByRole("radio", { name: "5" }).tap();
		await page.getByRole("checkbox").first().tap();
		expect(await findings(page)).toEqual([]);
		await page.getByRole("button", { name: LOCALES[locale].done }).tap();
		await page.getByText(LOCALES[locale].thanks).waitFor();
		expect(await findings(page)).toEqual([]);
	},
);

test("beside the shops' own files there is nothing", async () => {
	const statusOf = async (path: string) => (await stage.collector.fetch(`/demo/${path}`)).status;
	for (const path of ["markets/italian.html", "markets/shop.css", "markets/italian-mark.svg"])
		expect([path, await statusOf(path)]).toEqual([path, 200]);
	for (const path of [
		"markets/",
		"markets/README.md",
		"markets/french.html",
		"markets/..%2fplain-html/index.html",
		"markets/%E0%A4%A",
		"other/italian.html",
	])
		expect([path, await statusOf(path)]).toEqual([path, 404]);
});
