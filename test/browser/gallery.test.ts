import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Collector, startCollector } from "../../local/collector.ts";
import { demoPages } from "../../local/demo-pages.ts";
import { type DemoSite, makeDemoSite } from "../../local/demo-site.ts";
import {
	addressOf,
	type Cell,
	cellsOf,
	DIRECTIONS,
	namesOf,
	SCALES,
	STATES,
	type StateName,
	type ThemeName,
	type View,
} from "../../local/gallery-cells.ts";
import { type GallerySite, makeGallerySite } from "../../local/gallery-site.ts";
import { LOCALES } from "../../shared/locales/index.ts";
import { valuesOf } from "../../shared/metrics.ts";
import { findings } from "../harness/axe.ts";
import { OPERATOR_KEY } from "../harness/collector.ts";
import { follow } from "../harness/follow.ts";
import { type SharedBrowser, shareBrowser } from "../harness/shared-browser.ts";

let collector: Collector;
let browser: SharedBrowser;
let context: BrowserContext;
/** Pages that go from cell to cell: a new one each would cost a process each. */
let pages: Page[];
let shop: DemoSite;
let gallery: GallerySite;
let scoresBefore: unknown;
const noises: string[] = [];

const scoresOfShop = async () => {
	const headers = { authorization: `Bearer ${shop.secretKey}` };
	return (await fetch(new URL("/v1/scores?window=30d", collector.url), { headers })).json();
};

beforeAll(async () => {
	collector = await startCollector({
		port: 0,
		state: null,
		vars: { AFTERWORD_OPERATOR_KEY: OPERATOR_KEY },
		demo: async (request) => demoPages({ shop, gallery }, Date.now)(request),
	});
	shop = (await makeDemoSite(collector, OPERATOR_KEY, Date.now())).site;
	gallery = await makeGallerySite(collector.url, OPERATOR_KEY);
	scoresBefore = await scoresOfShop();
	browser = await shareBrowser();
	context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
	pages = await Promise.all(Array.from({ length: 3 }, () => context.newPage()));
	context.on("weberror", (error) => noises.push(`error: ${error.error().message}`));
	context.on("console", (message) => noises.push(`${message.type()}: ${message.text()}`));
});
afterEach(async () => {
	const others = context.pages().filter((page) => !pages.includes(page));
	await Promise.all(others.map((page) => page.close()));
	expect(noises.splice(0)).toEqual([]);
});
afterAll(async () => {
	await browser.clear();
	await collector.stop();
});

async function open(path: string, prepared: (page: Page) => Promise<void> = async () => {}): Promise<Page> {
	const page = await context.newPage();
	await prepared(page);
	await page.goto(new URL(path, collector.url).href);
	return page;
}

const PATIENCE = { timeout: 10_000 };

/** Leaves the frames of a page empty but those `but` which are looked at: a gallery has fifty, and each is a page of its own. */
async function leaveEmpty(page: Page, but: (frame: URLSearchParams) => boolean): Promise<void> {
	await page.route(
		({ pathname, searchParams }) => pathname === "/demo/gallery/frame" && !but(searchParams),
		(route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
	);
}

const EVERYTHING: View = { scale: null, state: null, theme: null, dir: null };

const wordsOf = ({ dir }: Cell) => LOCALES[DIRECTIONS[dir].lang];

/** The scores, as soon as the question stands there with all of them. */
async function question(page: Page, cell: Cell) {
	const { metric } = SCALES[cell.scale].shared;
	const group = page.getByRole("group", { name: wordsOf(cell).question[metric].replace("{shop}", "Conca") });
	const scores = group.getByRole("radio");
	await scores.nth(valuesOf(metric).length - 1).waitFor();
	expect(await group.locator("svg").count()).toBe(cell.scale === "stars" || cell.scale === "faces" ? 5 : 0);
	expect(await group.evaluate((element) => getComputedStyle(element).direction)).toBe(cell.dir);
	return { scores, one: scores.nth(valuesOf(metric).indexOf(SCALES[cell.scale].score)) };
}

async function unanswered(page: Page, cell: Cell) {
	const { scores, one } = await question(page, cell);
	expect(await scores.and(page.locator(":checked")).count()).toBe(0);
	await page.getByRole("button", { name: wordsOf(cell).dismiss }).waitFor();
	return one;
}

/** The one score chosen, what the status says of it, and whether the follow-up is there. */
async function chosen(page: Page, cell: Cell, status: string, followUp: boolean) {
	await page.getByRole("status").getByText(status).waitFor();
	const { scores, one } = await question(page, cell);
	expect([await one.isChecked(), await scores.and(page.locator(":checked")).count()]).toEqual([true, 1]);
	expect(await page.getByRole("textbox").count()).toBe(followUp ? 1 : 0);
}

/** Characters that only hold the order of a sentence. */
const MARKS = /[\u200e\u2066\u2069]/g;

/** The thanks, and beside them this sentence or nothing. */
async function thanked(page: Page, cell: Cell, beside: string | null) {
	const plain = (texts: string[]) => texts.map((text) => text.replace(MARKS, ""));
	const sentences = async () => plain(await page.locator("afterword-survey p").allTextContents());
	await expect.poll(sentences, PATIENCE).toEqual(plain([wordsOf(cell).thanks, ...(beside === null ? [] : [beside])]));
	expect(await page.getByRole("radio").count()).toBe(0);
}

/** What is to be seen in each state. */
const SEEN: Readonly<Record<StateName, (page: Page, cell: Cell) => Promise<void>>> = {
	async question(page, cell) {
		await unanswered(page, cell);
	},
	async focus(page, cell) {
		const one = await unanswered(page, cell);
		await expect.poll(() => one.evaluate((radio) => getComputedStyle(radio).outlineStyle), PATIENCE).toBe("solid");
	},
	async answered(page, cell) {
		const { comment, done } = wordsOf(cell);
		await page.getByRole("textbox", { name: comment }).waitFor();
		await expect.poll(() => page.getByRole("textbox").inputValue(), PATIENCE).toBe(DIRECTIONS[cell.dir].comment);
		expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(1);
		await page.getByRole("button", { name: done }).waitFor();
		await chosen(page, cell, wordsOf(cell).saved, true);
	},
	thanks: (page, cell) => thanked(page, cell, null),
	shared: (page, cell) => {
		const { metric, value } = SCALES[cell.scale].shared;
		const shown = { nps: `+${value}`, csat: `${value}%`, ces: `${value}` }[metric];
		return thanked(page, cell, wordsOf(cell).shared[metric].replace("{value}", shown).replace("{responses}", "184"));
	},
	waiting: (page, cell) => thanked(page, cell, wordsOf(cell).waiting),
	refused: (page, cell) => chosen(page, cell, wordsOf(cell).refused, false),
	"already-answered": (page, cell) => chosen(page, cell, wordsOf(cell).answered, false),
	async corner(page, cell) {
		await unanswered(page, cell);
		const card = await page.locator("afterword-survey .card").boundingBox();
		if (!card) throw new Error("There is no card");
		const side = cell.dir === "ltr" ? 390 - card.x - card.width : card.x;
		expect([Math.round(side), Math.round(844 - card.y - card.height)]).toEqual([16, 16]);
	},
};

/** The colours of the page and of the text on it, by theme. */
const COLOURS: Readonly<Record<ThemeName, readonly string[]>> = {
	light: ["rgb(255, 255, 255)", "rgb(28, 29, 31)"],
	dark: ["rgb(21, 23, 26)", "rgb(236, 238, 240)"],
	brand: ["rgb(243, 236, 225)", "rgb(51, 38, 29)"],
};

/** Each theme in one direction, and in the other: a state on the next scale, and the next state, is looked at in the others. */
const LOOKED_AT = [
	["light ltr", "dark rtl", "brand ltr"],
	["light rtl", "dark ltr", "brand rtl"],
];

test.for(namesOf(SCALES).flatMap((scale, i) => namesOf(STATES).map((state, j) => [scale, state, i + j] as const)))(
	"%s, %s: every theme, and either direction, reaches its state, and axe finds nothing",
	async ([scale, state, turn]) => {
		const cells = cellsOf({ ...EVERYTHING, scale, state }).filter(({ theme, dir }) =>
			LOOKED_AT[turn % 2]?.includes(`${theme} ${dir}`),
		);
		expect(cells.length).toBe(3);
		await Promise.all(
			cells.map(async (cell, i) => {
				const page = pages[i] ?? (await context.newPage());
				await page.goto(new URL(addressOf("/demo/gallery/frame", cell), collector.url).href);
				await SEEN[state](page, cell);
				const colours = await page.evaluate(() => {
					const { backgroundColor, color } = getComputedStyle(document.documentElement);
					return [backgroundColor, color];
				});
				expect(colours).toEqual(COLOURS[cell.theme]);
				// What axe can find depends on any two of scale, state and theme, but not on all three at once.
				if (i === turn % 3) expect([cell, await findings(page)]).toEqual([cell, []]);
			}),
		);
	},
);

test.for([
	[320, "light"],
	[390, "dark"],
	[1280, "light"],
] as const)(
	"the gallery shows what is scrolled into view, each frame as high as its survey (%i, %s)",
	async ([width, colorScheme]) => {
		const lookedAt = (frame: URLSearchParams) => frame.get("theme") === "light" && frame.get("dir") === "rtl";
		const page = await open("/demo/gallery", (page) => leaveEmpty(page, lookedAt));
		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme });
		expect(await page.locator("iframe").count()).toBe(54);
		for (const { title } of Object.values(STATES)) {
			const frame = page.locator(`iframe[title="${SCALES.csat.title}, ${title}, Light, right to left"]`);
			await frame.scrollIntoViewIfNeeded();
			const card = frame.contentFrame().locator("afterword-survey .card");
			await card.waitFor();
			const gapBelow = async () => {
				const [inner, outer] = [await card.boundingBox(), await frame.boundingBox()];
				return (outer?.y ?? 0) + (outer?.height ?? 0) - (inner?.y ?? 0) - (inner?.height ?? 0);
			};
			await expect.poll(async () => Math.abs((await gapBelow()) - 20), PATIENCE).toBeLessThanOrEqual(10);
		}
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
		const ends = await page.locator("nav a").evaluateAll((links) => links.map((link) => link.getBoundingClientRect().right));
		expect(Math.max(...ends)).toBeLessThanOrEqual(width);
		expect(await findings(page)).toEqual([]);
	},
);

test("the links lead to one scale in every state and to one state on every scale, in one theme and direction", async () => {
	const page = await open("/demo/gallery", (page) => leaveEmpty(page, () => false));
	const frames = async (link: string) => {
		await follow(page.getByRole("navigation").getByRole("link", { name: link, exact: true }));
		return [await page.getByRole("heading", { level: 1 }).textContent(), await page.locator("iframe").count()];
	};
	expect(await frames("CSAT, stars")).toEqual(["Gallery: CSAT, stars", 54]);
	expect(await frames("Keyboard focus")).toEqual(["Gallery: Keyboard focus", 30]);
	expect(await frames("Dark")).toEqual(["Gallery: Keyboard focus", 10]);
	expect(await frames("Right to left")).toEqual(["Gallery: Keyboard focus", 5]);
	expect(await frames("NPS")).toEqual(["Gallery: NPS", 9]);
	expect(await frames("All")).toEqual(["Gallery: NPS", 27]);
});

test("the list of the demo leads to every page of it", async () => {
	const page = await open("/demo/");
	const addresses = await page.locator("a").evaluateAll((links) => links.map((link) => String(link.getAttribute("href"))));
	for (const address of addresses)
		expect([address, (await page.request.get(new URL(address, page.url()).href)).status()]).toEqual([address, 200]);
	expect(addresses.length).toBeGreaterThanOrEqual(10);
	expect(await findings(page)).toEqual([]);
});

test("the guides for other shops and the API's page are pages that fit a phone, in light and in dark", async () => {
	for (const path of ["/demo/shops", "/demo/shops/shopify", "/demo/shops/emails", "/docs"]) {
		const page = await open(path);
		await page.setViewportSize({ width: 390, height: 844 });
		for (const colorScheme of ["light", "dark"] as const) {
			await page.emulateMedia({ colorScheme });
			expect([path, await findings(page)]).toEqual([path, []]);
		}
		expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 390]);
	}
});

test.for([
	"/demo/gallery/",
	"/demo/gallery/frame",
	"/demo/gallery/frame?scale=nps&state=none&theme=dark&dir=rtl",
	"/demo/gallery/x.css",
])("%s is no page", async (path) => {
	expect((await fetch(new URL(path, collector.url))).status).toBe(404);
});

test("what is tried in the gallery is in nobody's scores", async () => {
	const page = await open(addressOf("/demo/gallery/frame", { scale: "nps", state: "question", theme: "light", dir: "ltr" }));
	await page.getByRole("radio", { name: "3" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	await page.getByText("Thank you for your answer.").waitFor();
	await page.close();
	const asks = collector.db.prepare("SELECT count(*) AS n FROM ask WHERE site = ?1").bind(gallery.id);
	expect(await asks.first()).toEqual({ n: 0 });
	expect(await scoresOfShop()).toEqual(scoresBefore);
});
