import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { sampleAsks } from "../../local/sample/sample-answers.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { follow } from "../harness/follow.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";

const ZONE = "Europe/Rome";
const DAY_MS = 24 * 60 * 60 * 1000;

/** As long as a site's name can be. */
const LONG_NAME = "Die Werkstatt für handgefertigte Holzspielzeuge und Donaudampfschifffahrtsbedarf".slice(0, 80);

let collector: TestCollector;
let browser: OwnerBrowser;
let full: TestSite;
let few: TestSite;
beforeAll(async () => {
	collector = await startCollector();
	browser = await openOwnerBrowser(collector);
	full = await collector.makeSite({ name: LONG_NAME });
	few = await collector.makeSite({ name: "Few" });
	const patch = (path: string, body: object) => collector.owner(path, { method: "PATCH", body: JSON.stringify(body) }, full);
	const rtl = { value: 5.9, source: "معيار الصناعة", year: 2024, country: "AE", url: null };
	await patch("/v1/surveys/nps", { goal: 40 });
	await patch("/v1/surveys/csat", {
		goal: 75,
		drivers: [{ id: "delivery", labels: { en: "W".repeat(60) } }, { id: "checkout" }],
	});
	await patch("/v1/surveys/ces", { goal: 5.5, benchmarks: [rtl] });
	// A fourth survey, and one more than the report has room for.
	for (const slug of ["a-survey-with-a-name-as-long-as-n", "stars"].map((name) => name.slice(0, 32)))
		await collector.owner("/v1/surveys", { method: "POST", body: JSON.stringify({ slug, metric: "csat" }) }, full);
	const asks = [...sampleAsks({ now: Date.now(), timeZone: ZONE })];
	const long = (score: number | null, i: number) =>
		score === null
			? null
			: i % 2 === 0
				? "Unaussprechlichkeiten".repeat(100).slice(0, 2000)
				: "كانت التجربة طويلة جدًا ".repeat(80).slice(0, 1999);
	const loud = asks.map((ask, i) => ({ ...ask, comment: ask.shownAt > Date.now() - 4 * DAY_MS ? long(ask.score, i) : null }));
	const others = loud.filter(({ survey }) => survey === "csat");
	await loadAsks(collector.db, { id: full.id, timezone: ZONE }, [
		...loud,
		...others.map((ask) => ({ ...ask, survey: "a-survey-with-a-name-as-long-as-n".slice(0, 32) })),
		...others.map((ask) => ({ ...ask, survey: "stars" })),
	]);
	const { responses } = await (await collector.owner("/v1/responses?limit=1", {}, full)).json();
	await collector.owner("/v1/cases", { method: "POST", body: JSON.stringify({ response: responses[0].id }) }, full);
	for (let i = 0; i < 12; i++) await collector.send(collector.ask({ site: few.publicKey, score: i % 11 }));
	await collector.nightly(Date.now());
});
afterEach(async () => expect(await browser.clear()).toEqual([]));
afterAll(async () => {
	await browser.stop();
	await collector.stop();
});

const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What has more in it than it has room for, but for the comments, of which the sheet says that they are cut. */
const cutOff = (page: Page) =>
	page.evaluate(() =>
		[...document.querySelectorAll(".sheet, .sheet :not(blockquote)")]
			.filter((part) => part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY === "hidden")
			.map((part) => part.className),
	);

/** Pages of a PDF, by its own page objects. */
const pagesOf = (pdf: Buffer) => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length;

test("an owner reads the sentences first, and asks for other days, without a script", async () => {
	const page = await browser.logIn(full, { javaScriptEnabled: false });
	const sentences = page.getByRole("region", { name: "In short" });
	expect(await sentences.getByRole("definition").allTextContents()).toHaveLength(5);
	const below = await sentences.boundingBox();
	expect(below && below.y + 100).toBeLessThan(844);
	await follow(page.getByRole("link", { name: "7 days" }));
	expect(await page.getByRole("link", { name: "7 days" }).getAttribute("aria-current")).toBe("true");
	await page.getByText("Other days").click();
	const to = new Date().toISOString().slice(0, 10);
	const from = new Date(Date.parse(to) - 20 * DAY_MS).toISOString().slice(0, 10);
	await page.getByLabel("From", { exact: true }).fill(from);
	await page.getByLabel("To", { exact: true }).fill(to);
	await follow(page.getByRole("button", { name: "Show" }));
	expect(new URL(page.url()).search).toBe(`?from=${from}&to=${to}`);
	expect(await sentences.textContent()).toContain("the 21 days before");
});

test("days that are no window are shown again with what is wrong, beside the usual figures", async () => {
	const page = await browser.logIn(few, { javaScriptEnabled: false });
	await page.goto(`${collector.url}/app/?from=2026-01-02&to=2026-01-01`);
	expect(await page.getByText("Must be two days in their order").isVisible()).toBe(true);
	expect(await page.getByLabel("From", { exact: true }).inputValue()).toBe("2026-01-02");
	expect(await page.getByRole("region", { name: "In short" }).textContent()).toContain("Early: ");
	// Chromium itself says that the page was answered 400.
	expect(await browser.clear()).toEqual([expect.stringContaining("400")]);
});

test("every plot has a name and its figures as a table, and one drawing of each is shown at a time", async () => {
	const page = await browser.logIn(full);
	await page.goto(`${collector.url}/app/?window=90d`);
	const names = async () => {
		const found = [];
		for (const plot of await page.locator("#nps").getByRole("img").all())
			if (await plot.isVisible()) found.push((await plot.getAttribute("aria-label")) ?? "");
		return found;
	};
	const expected = [
		/^Score \+\d+, with 95% confidence between .*; goal \+40, baseline \+\d+$/,
		/^Answers by score: Promoters /,
		/^The rolling score from /,
	];
	for (const width of [390, 1280]) {
		await page.setViewportSize({ width, height: 844 });
		const shown = await names();
		expect(shown).toHaveLength(expected.length);
		for (const [i, name] of shown.entries()) expect(name).toMatch(expected[i] ?? /^$/);
	}
	await page.locator("#nps").getByText("The line as a table").click();
	const rows = page.locator("#nps").getByRole("region", { name: "The line as a table: NPS" }).getByRole("row");
	expect(await rows.count()).toBeGreaterThan(5);
	expect(await rows.last().textContent()).toMatch(/\+\d+.* to .*\d+$/);
});

test("text in plots is neither tiny nor huge, and nothing runs off the page, from 320 px on", async () => {
	const page = await browser.logIn(full);
	for (const width of [320, 390, 800, 1280]) {
		await page.setViewportSize({ width, height: 844 });
		for (const path of ["/app/", "/app/report"]) {
			await page.goto(collector.url + path);
			expect([path, width, await sideways(page)]).toEqual([path, width, 0]);
			const sizes = await page.evaluate(() =>
				[...document.querySelectorAll<SVGSVGElement>("svg.plot")]
					.filter((plot) => plot.getClientRects().length > 0)
					.flatMap((plot) => {
						const scale = plot.getBoundingClientRect().width / plot.viewBox.baseVal.width;
						return [...plot.querySelectorAll("text")].map((text) => scale * Number.parseFloat(getComputedStyle(text).fontSize));
					}),
			);
			expect(Math.min(...sizes)).toBeGreaterThan(width < 390 ? 7.5 : 9.5);
			expect(Math.max(...sizes)).toBeLessThan(19);
		}
	}
});

test("axe finds nothing, in light and in dark: full, few answers, none, the report", async () => {
	for (const [site, path] of [
		[full, "/app/"],
		[few, "/app/report"],
		[collector.site, "/app/"],
	] as const) {
		const page = await browser.logIn(site);
		await page.goto(collector.url + path);
		for (const fold of await page.locator("details").all()) await fold.evaluate((details) => details.setAttribute("open", ""));
		expect([path, await browser.findings(page)]).toEqual([path, []]);
	}
});

test("the report is one sheet of A4 with the longest of everything, black on white also from a dark screen", async () => {
	for (const [site, window, colorScheme] of [
		[full, "30d", "light"],
		[full, "7d", "dark"],
		[few, "30d", "dark"],
		[collector.site, "30d", "dark"],
	] as const) {
		const page = await browser.logIn(site, { colorScheme });
		await page.goto(`${collector.url}/app/report?window=${window}`);
		const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
		expect(pagesOf(pdf)).toBe(1);
		expect(pdf.toString("latin1")).toMatch(/\/MediaBox\s*\[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/);
		await page.emulateMedia({ media: "print", colorScheme });
		await page.setViewportSize({ width: 703, height: 1028 }); // what margins of 12 mm leave of A4
		expect(await cutOff(page)).toEqual([]);
		const [ink, ground] = await page.evaluate(() => {
			const root = getComputedStyle(document.documentElement);
			return [getComputedStyle(document.querySelector(".sheet") ?? document.body).color, root.backgroundColor];
		});
		expect([ink, ground]).toEqual(["rgb(27, 31, 36)", "rgba(0, 0, 0, 0)"]);
		expect(await page.getByRole("link", { name: "Overview" }).isVisible()).toBe(false);
		if (site === full) {
			expect(await page.getByText(LONG_NAME).last().isVisible()).toBe(true);
			expect(await page.locator(".sheet blockquote").count()).toBe(3);
			expect(await page.locator(".sheet .surveys > section").count()).toBe(4);
			expect(await page.locator(".sheet .cases").count()).toBe(1);
		}
	}
});
