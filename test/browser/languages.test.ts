import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const ARABIC = "ما مدى رضاك عن طلبك اليوم؟";
const ENGLISH = "How satisfied are you with your order today?";

/** The scores as a reader of the screen finds them from left to right. */
async function leftToRight(page: Page): Promise<string[]> {
	await page.getByRole("radio").first().waitFor();
	const places = await page.locator("afterword-survey .scale label").evaluateAll((labels) =>
		labels.map((label) => ({
			x: label.getBoundingClientRect().x,
			y: label.getBoundingClientRect().y,
			text: label.textContent,
		})),
	);
	expect(new Set(places.map(({ y }) => y)).size).toBe(1);
	return places.sort((a, b) => a.x - b.x).map(({ text }) => text ?? "");
}

const UPWARDS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

test("an Arabic page asks in Arabic: mirrored, lowest at the right, digits as they are written", async () => {
	const page = await stage.visit({ lang: "ar-EG", body: stage.tag('data-survey="nps" data-transaction="ar-page"') });
	expect(await leftToRight(page)).toEqual(UPWARDS.toReversed());
	const ends = page.locator("afterword-survey .ends span");
	const [low, high] = [await ends.first().boundingBox(), await ends.last().boundingBox()];
	expect(low?.x).toBeGreaterThan(high?.x ?? 0);
	await page.getByRole("radio", { name: "9" }).click();
	await page.getByRole("button", { name: "تم" }).click();
	await page.getByText("شكرًا على إجابتك.").waitFor();
	expect(await stage.asksWhen("ar-page", (found) => found.length > 0)).toMatchObject([
		{ outcome: "9", segments: { locale: "ar" } },
	]);
});

test("on an English page the scale rises from left to right", async () => {
	expect(await leftToRight(await stage.visit(stage.tag('data-survey="nps" data-transaction="en-page"')))).toEqual(UPWARDS);
});

test("Arabic on an English page keeps its own direction, and the page keeps its own", async () => {
	const page = await stage.visit(stage.tag('data-survey="nps" data-transaction="ar-widget" data-locale="ar"'));
	expect(await leftToRight(page)).toEqual(UPWARDS.toReversed());
	const card = page.locator("afterword-survey .card");
	expect([await card.getAttribute("lang"), await card.getAttribute("dir")]).toEqual(["ar", "rtl"]);
	const alignment = await page.locator("afterword-survey legend").evaluate((legend) => getComputedStyle(legend).direction);
	expect([alignment, await page.evaluate(() => getComputedStyle(document.body).direction)]).toEqual(["rtl", "ltr"]);
});

test.for([
	["the tag's word, by its language alone", { lang: "en", locale: "en-GB", attributes: 'data-locale="AR-eg"' }, ARABIC],
	["the language of the page", { lang: "ar", locale: "en-GB", attributes: "" }, ARABIC],
	["the languages of the browser where the page's is not offered", { lang: "fr", locale: "ar-SA", attributes: "" }, ARABIC],
	["the site's own where nothing is offered", { lang: "fr", locale: "ja-JP", attributes: 'data-locale="tlh"' }, ENGLISH],
] as const)("the language is %s", async ([, { lang, locale, attributes }, question]) => {
	const page = await stage.visit({ lang, body: stage.tag(attributes) }, { locale });
	await page.getByText(question).waitFor();
});

test.for([
	["zh-TW", "zh-Hant"],
	["no", "nb"],
	["sr", "sr-Cyrl"],
	["pt-AO", "pt-PT"],
] as const)("a page in %s asks in %s", async ([lang, locale]) => {
	const locales = (codes: readonly string[]) =>
		stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ locales: codes }) });
	await locales(["en", "ar", "zh-Hans", "zh-Hant", "nb", "sr-Latn", "sr-Cyrl", "pt-BR", "pt-PT"]);
	for (const build of ["", ".lazy"] as const) {
		const page = await stage.visit({ lang, body: stage.tag(`data-transaction="${lang}"`, build) });
		await page.getByText(LOCALES[locale].question.csat).waitFor();
		expect(await page.locator("afterword-survey .card").getAttribute("lang")).toBe(locale);
	}
	await locales(["en", "ar"]);
});

test("the language of the part of the page where the tag stands is the page's", async () => {
	const page = await stage.visit(`<section lang="ar">${stage.tag('data-transaction="part"')}</section>`);
	await page.getByText(ARABIC).waitFor();
});

test.for([
	["he", "24 Hours!"],
	["ar", "(3) Tea & Co."],
	["en", "שוק 7!"],
] as const)("in %s a sentence leaves the shop's name %s in its own order", async ([locale, shop]) => {
	const rename = (name: string) =>
		stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ name, locales: ["en", "ar", "he"] }) });
	await rename(shop);
	const page = await stage.visit({ lang: locale, body: stage.tag(`data-survey="nps" data-transaction="named-${locale}"`) });
	await page.getByRole("radio").first().waitFor();
	/** Where each letter of the name stands in the question, and where it stands in a line of its own. */
	const places = await page.evaluate((name) => {
		const alone = document.createElement("bdi");
		alone.textContent = name;
		document.body.append(alone);
		const legend = document.querySelector("afterword-survey")?.shadowRoot?.querySelector("legend");
		return [legend, alone].map((element) => {
			const text = element?.firstChild;
			const start = text?.nodeValue?.indexOf(name) ?? -1;
			return [...name].map((_, i) => {
				const range = document.createRange();
				if (text) range.setStart(text, start + i);
				if (text) range.setEnd(text, start + i + 1);
				return { x: range.getBoundingClientRect().x, y: range.getBoundingClientRect().y };
			});
		});
	}, shop);
	const [inside = [], alone = []] = places.map((letters) =>
		letters
			.map(({ x, y }, i) => [y, x, i] as const)
			.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
			.map(([, , i]) => i),
	);
	expect(inside).toEqual(alone);
	await rename("Test shop");
});
