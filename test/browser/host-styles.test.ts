import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ShopPage } from "../harness/shop.ts";
import { type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const PHONE = { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true };

const css = (file: string) => readFile(createRequire(import.meta.url).resolve(file), "utf8");

/** Styles of hosts: what they say, and how much larger they make everything. */
const HOSTS: Readonly<Record<string, { readonly styles: string | (() => Promise<string>); readonly zoom?: number }>> = {
	"that unset everything": { styles: "* { all: unset !important }" },
	"that revert everything": { styles: "*, *::before, *::after { all: revert !important }" },
	"for classes of the same names": {
		styles: `.card, .row, .scale, .ends, .on, .more, .chips, .done, .dismiss, .corner { display: none !important; position: fixed;
			width: 3px !important; height: 300px; font: 40px/3 cursive !important; transform: rotate(45deg) }
			label, input, fieldset, legend, textarea, button, svg { all: unset !important; margin: 40px !important; float: left }`,
	},
	"of Tailwind": { styles: () => css("tailwindcss/preflight.css") },
	"of Bootstrap": { styles: () => css("bootstrap/dist/css/bootstrap.css") },
	"of Bootstrap's reboot": { styles: () => css("bootstrap/dist/css/bootstrap-reboot.css") },
	"with a root of 62.5 %": { styles: "html { font-size: 62.5% } body { font-size: 1.6rem }" },
	"in letters of 7px": { styles: "html, body, main { font-size: 7px !important; line-height: 1 }" },
	"in spaced capitals": {
		styles: `body { letter-spacing: 0.5em; word-spacing: 2em; text-transform: uppercase; text-indent: 4em; text-align: center;
			white-space: pre; font-variant: small-caps; font-style: italic; line-height: 4; hyphens: auto; word-break: break-all }
			h1, p, #order { overflow: hidden }`,
	},
	"that read the other way": { styles: "html, body, main { direction: rtl }" },
	"that hide what they do not know": {
		styles: `body > :not(header, main, footer), main > :not(h1, p, div, style), :not(:defined), main > * > * { display: none }
			main * :empty { visibility: hidden }`,
	},
	"whose body is zoomed": { styles: "body { zoom: 1.5 }", zoom: 1.5 },
	"that are zoomed whole": { styles: "html { zoom: 1.25 }", zoom: 1.25 },
	"that are zoomed out": { styles: "main { zoom: 0.8 }", zoom: 0.8 },
};

/** A page in whose middle a command asks, with those styles in its head. */
async function pageOf(name: string, order: string, more: ShopPage = {}): Promise<ShopPage> {
	const styles = HOSTS[name]?.styles ?? "";
	// Without chance the reasons stand in one order everywhere.
	const stub =
		"<script>Math.random = () => 0.3; window.afterword = function () { (afterword.q = afterword.q || []).push(arguments) }</script>";
	return {
		...more,
		head: `<style>${typeof styles === "string" ? styles : await styles()}</style><style>:root { --afterword-font: sans-serif }</style>${stub}`,
		body: `<p>Thanks for <b>your</b> order.</p><div id="here"></div><div id="order" data-order="${order}">
			<button>Print</button> <label><input type="radio"> Gift</label></div>${stage.tag()}`,
	};
}

/** Asks in the middle of such a page, and waits until all has come that comes before a tap. */
async function ask(page: Page, survey: string, placement = "inline"): Promise<void> {
	await page.evaluate(
		([survey, placement]) => {
			const transaction = document.querySelector<HTMLElement>("#order")?.dataset["order"];
			Object(window).afterword("ask", { survey, placement, transaction, element: "#here" });
		},
		[survey, placement],
	);
	await page.locator("afterword-survey .card").scrollIntoViewIfNeeded();
	await whenShown(page);
}

const PARTS = ".card, fieldset, .row, .scale label, .scale input, .ends, .dismiss, .more, textarea";
/** Parts as wide as their text, which is drawn a little wider or narrower at every zoom. */
const WORDS = "legend, .ends span, .chips label, .chips input, .done";

/** The boxes of a question and of what follows it, measured from the corner of its card, in pixels of its own. */
const boxes = (page: Page, parts: string, zoom = 1) =>
	page.evaluate(
		([parts, zoom]) => {
			const root = document.querySelector("afterword-survey")?.shadowRoot;
			const card = root?.querySelector(".card")?.getBoundingClientRect();
			return [...(root?.querySelectorAll(parts) ?? [])].map((element) => {
				const { x, y, width, height } = element.getBoundingClientRect();
				const name = `${element.localName}.${element.className}`;
				return { name, box: [x - (card?.x ?? 0), y - (card?.y ?? 0), width, height].map((size) => size / zoom) };
			});
		},
		[parts, zoom] as const,
	);

type Boxes = Awaited<ReturnType<typeof boxes>>;

/** The boxes that are more than a pixel off, beside what they should be. */
function off(found: Boxes, plain: Boxes): unknown[] {
	const pairs = found.map(({ name, box }, i) => ({ name, box, plain: plain[i]?.box ?? [] }));
	const wrong = pairs.filter(({ box, plain }) => !box.every((size, i) => Math.abs(size - (plain[i] ?? Number.NaN)) <= 1));
	return found.length === plain.length ? wrong : [found.length, plain.length];
}

/** What the elements of the page look like, but for their sizes. */
const looks = (page: Page) =>
	page.evaluate(() => {
		const own = [...document.querySelectorAll("html, body, body *:not(afterword-survey)")];
		return own.map((element) =>
			[...getComputedStyle(element)]
				.filter((name) => !/^(height|block-size|perspective-origin|transform-origin)$/.test(name))
				.map((name) => `${name}:${getComputedStyle(element).getPropertyValue(name)}`)
				.join(";"),
		);
	});

/** Answers and says Done, so that the follow-up has stood there; gives its boxes from before Done. */
async function answer(page: Page, order: string, parts: string, zoom = 1): Promise<Boxes> {
	await page.getByRole("radio", { name: "4" }).click();
	await page.locator("afterword-survey .done").waitFor();
	const found = await boxes(page, parts, zoom);
	await page.locator("afterword-survey .chips label").first().click();
	await page.locator("afterword-survey .done").click();
	expect(await stage.asksWhen(order, ([ask]) => ask?.rev === 2)).toMatchObject([{ outcome: "4", drivers: [expect.any(String)] }]);
	return found;
}

/** The boxes on a page without styles, before the answer and after it. */
async function plainBoxes(order: string, parts: string): Promise<readonly [asked: Boxes, answered: Boxes]> {
	const page = await stage.visit(await pageOf("", order));
	await ask(page, "nps");
	return [await boxes(page, parts), await answer(page, order, parts)];
}

/** They are measured once: with the words, and without them for pages that are zoomed. */
const measured = new Map<string, ReturnType<typeof plainBoxes>>();

test.for(Object.keys(HOSTS))("on pages %s the question is as on any other, and nothing of the page is restyled", async (name) => {
	const zoom = HOSTS[name]?.zoom ?? 1;
	const order = name.replace(/\W/g, "-");
	const parts = zoom === 1 ? `${PARTS}, ${WORDS}` : PARTS;
	const plain = measured.get(parts) ?? plainBoxes(`plain-${order}`, parts);
	measured.set(parts, plain);
	const [asked, answered] = await plain;
	const page = await stage.visit(await pageOf(name, order));
	await page.waitForFunction(() => Object(window).afterword.sites);
	const before = await looks(page);
	await ask(page, "nps");
	expect(off(await boxes(page, parts, zoom), asked)).toEqual([]);
	expect(await looks(page)).toEqual(before);
	expect(off(await answer(page, order, parts, zoom), answered)).toEqual([]);
	expect(await looks(page)).toEqual(before);
});

/** Notes where the page's own things stand, whenever they move. */
async function watch(page: Page): Promise<void> {
	await page.waitForFunction(() => Object(window).afterword.sites);
	await page.evaluate(() => {
		const tops: number[] = [];
		const look = () => {
			const top = (document.querySelector("#order")?.getBoundingClientRect().top ?? 0) + scrollY;
			if (tops.at(-1) !== top) tops.push(top);
			requestAnimationFrame(look);
		};
		look();
		Object.assign(window, { tops });
	});
}

/** Where they have stood, once what was to move has moved. */
async function stoodAt(page: Page): Promise<number[]> {
	await page.evaluate(() => new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later))));
	return page.evaluate(() => Object(window).tops);
}

test.for(Object.keys(HOSTS))(
	"on pages %s a phone's page moves once before the tap, and whatever is tapped is 44 px high and 24 px wide",
	async (name) => {
		const zoom = HOSTS[name]?.zoom ?? 1;
		const check = async (survey: string) => {
			const order = `${survey}-touch-${name.replace(/\W/g, "-")}`;
			const page = await stage.visit(await pageOf(name, order), PHONE);
			await watch(page);
			await ask(page, survey);
			expect(await stoodAt(page)).toHaveLength(2);
			const all = `${PARTS}, ${WORDS}`;
			const targets = [...(await boxes(page, all)), ...(await answer(page, order, all))].filter(({ name }) =>
				/^(label|button|textarea)/.test(name),
			);
			const widthOf = ({ name, box: [, , width = 0] }: Boxes[number]) => (name.startsWith("label") ? width : 99);
			expect(targets.length).toBeGreaterThan(survey === "nps" ? 30 : 15);
			expect(targets.filter(({ box }) => (box[3] ?? 0) < 44 * zoom - 0.5)).toEqual([]);
			expect(targets.filter((target) => widthOf(target) < 24)).toEqual([]);
		};
		await check("nps");
		// Five answers are wider than eleven: they are looked at where something else than their room could make them small.
		if (/unset|classes|Bootstrap|7px|zoomed/.test(name)) await check("csat");
	},
);

test.for([
	["en", "ar", "rtl"],
	["ar", "en", "ltr"],
] as const)(
	"a page that reads as %s with a question in %s has both in their own direction",
	async ([lang, locale, direction]) => {
		const page = await stage.visit({
			lang,
			body: stage.tag(`data-survey="nps" data-transaction="${lang}-${locale}" data-locale="${locale}"`),
		});
		await whenShown(page);
		const [first, last] = [
			await page.getByRole("radio").first().boundingBox(),
			await page.getByRole("radio").last().boundingBox(),
		];
		expect((first?.x ?? 0) < (last?.x ?? 0)).toBe(direction === "ltr");
		const here = await page.locator("h1").evaluate((title) => getComputedStyle(title).direction);
		expect(here).toBe(lang === "ar" ? "rtl" : "ltr");
		await page
			.getByRole("radio")
			.first()
			.press(direction === "ltr" ? "ArrowRight" : "ArrowLeft");
		await page.keyboard.press("Space");
		expect(await stage.asksWhen(`${lang}-${locale}`, (found) => found.length > 0)).toMatchObject([{ outcome: "1" }]);
	},
);

test.for(["unset everything", "hide what they do not know"])(
	"a card in the corner of pages that %s stands there whole",
	async (what) => {
		const page = await stage.visit(await pageOf(`that ${what}`, `corner-${what.length}`));
		await ask(page, "nps", "corner");
		const card = await page.locator("afterword-survey .card").boundingBox();
		const { width = 0, height = 0 } = page.viewportSize() ?? {};
		expect(Math.round((card?.x ?? 0) + (card?.width ?? 0))).toBe(width - 16);
		expect(Math.round((card?.y ?? 0) + (card?.height ?? 0))).toBe(height - 16);
		await page.getByRole("radio", { name: "10" }).click();
		expect(await stage.asksWhen(`corner-${what.length}`, (found) => found.length > 0)).toMatchObject([{ outcome: "10" }]);
	},
);
