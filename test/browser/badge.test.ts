import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCALE_CODES, LOCALES } from "../../shared/locales/index.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { type SharedBrowser, shareBrowser } from "../harness/shared-browser.ts";
import { openShop, type Shop } from "../harness/shop.ts";

let collector: TestCollector;
let browser: SharedBrowser;
let shop: Shop;
beforeAll(async () => {
	[collector, browser, shop] = await Promise.all([startCollector(), shareBrowser(), openShop()]);
	for (const survey of ["csat", "nps", "ces"]) {
		for (let i = 0; i < 30; i++) await collector.send(collector.ask({ survey, score: 5 }));
		await collector.owner(`/v1/surveys/${survey}`, { method: "PATCH", body: JSON.stringify({ share_score: true }) });
	}
	// Every order is signed, as far as this badge is concerned: its longest form.
	await collector.owner("/v1/signing-secrets", { method: "POST" });
	await collector.db.prepare("UPDATE tally SET key = 'verified', value = 'yes' WHERE key = ''").run();
});
afterAll(async () => {
	await browser.clear();
	await shop.stop();
	await collector.stop();
});

test("in each language no line leaves the card, and text begins where its readers begin", async () => {
	const page = await (await browser.newContext()).newPage();
	for (const survey of ["csat", "nps", "ces"]) {
		const badge = async (lang: string) =>
			(await collector.fetch(`/badge/${collector.site.publicKey}.svg?survey=${survey}&lang=${lang}`)).text();
		const pictures = await Promise.all(LOCALE_CODES.map(badge));
		await page.setContent(pictures.join(""));
		// In units of each picture itself, wherever it stands on the page.
		const boxesOf = await page.locator("body > svg").evaluateAll((pictures) =>
			pictures.map((picture) =>
				[...picture.querySelectorAll("text")].map((text) => {
					const { x, y, width, height } = text.getBBox();
					return { left: x, right: x + width, top: y, bottom: y + height };
				}),
			),
		);
		expect(boxesOf).toHaveLength(LOCALE_CODES.length);
		for (const [i, lang] of LOCALE_CODES.entries()) {
			const [svg = "", boxes = []] = [pictures[i], boxesOf[i]];
			const height = Number(/ height="(\d+)"/.exec(svg)?.[1]);
			expect([lang, boxes.length >= 2]).toEqual([lang, true]);
			for (const { left, right, top, bottom } of boxes)
				expect([lang, left, right, left >= 8 && right <= 292 && top >= 0 && bottom <= height]).toEqual([lang, left, right, true]);
			const [first] = boxes;
			const edge = LOCALES[lang].direction === "rtl" ? Math.abs((first?.right ?? 0) - 284) : Math.abs((first?.left ?? 0) - 16);
			expect([lang, edge < 3]).toEqual([lang, true]);
		}
	}
	await page.close();
});

test("on a shop's page that is isolated it is an image, and where there is no score nothing looks broken", async () => {
	const address = (query: string) => `${collector.url}/badge/${collector.site.publicKey}.svg${query}`;
	const url = shop.serve({
		headers: { "cross-origin-embedder-policy": "require-corp" },
		body: `<img id="badge" alt="Our score" src="${address("?survey=nps")}"><img id="none" alt="Our score" src="${address("?survey=gone")}">`,
	});
	const page = await (await browser.newContext()).newPage();
	await page.goto(url);
	await page.waitForFunction("[...document.images].every((image) => image.complete)");
	const widths = await page.evaluate("[...document.images].map((image) => image.naturalWidth)");
	expect(widths).toEqual([300, 1]);
	await page.close();
});
