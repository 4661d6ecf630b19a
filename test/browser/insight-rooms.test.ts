import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { DEMO_SEGMENTS, sampleAsks } from "../../local/sample/sample-answers.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { follow } from "../harness/follow.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";

const ZONE = "Europe/Rome";
const ROOMS = [
	"/app/drivers?survey=csat&window=90d",
	"/app/segments?survey=csat&window=90d&key=region",
	"/app/silence?survey=csat&window=30d",
];

let collector: TestCollector;
let browser: OwnerBrowser;
let full: TestSite;
beforeAll(async () => {
	collector = await startCollector();
	browser = await openOwnerBrowser(collector);
	full = await collector.makeSite({ name: "Conca" });
	const patch = (path: string, body: object) => collector.owner(path, { method: "PATCH", body: JSON.stringify(body) }, full);
	await patch("/v1/site", {
		segments: Object.fromEntries(Object.entries(DEMO_SEGMENTS).map(([key, values]) => [key, [...values]])),
	});
	await patch("/v1/surveys/csat", {
		goal: 75,
		drivers: [
			{ id: "delivery", labels: { en: "W".repeat(60) } },
			{ id: "price", labels: { en: "السعر والقيمة مقابل المال في متجرنا" } },
			...["range", "information", "checkout", "payment"].map((id) => ({ id })),
		],
	});
	await loadAsks(collector.db, { id: full.id, timezone: ZONE }, sampleAsks({ now: Date.now(), timeZone: ZONE }));
});
afterEach(async () => expect(await browser.clear()).toEqual([]));
afterAll(async () => {
	await browser.stop();
	await collector.stop();
});

const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("an owner goes from the overview to the drivers, to other days and to the answers behind a reason, without a script", async () => {
	const page = await browser.logIn(full, { javaScriptEnabled: false });
	await page.goto(`${collector.url}/app/?window=90d`);
	await follow(page.getByRole("navigation", { name: "More about CSAT" }).getByRole("link", { name: "Drivers" }));
	expect(await page.getByRole("link", { name: "CSAT", exact: true }).getAttribute("aria-current")).toBe("true");
	const plot = page.getByRole("img", { name: /^Reasons by contrast and reach\. .*: Protect\./ });
	expect(await plot.filter({ visible: true }).count()).toBe(1);
	await follow(page.getByRole("link", { name: "NPS", exact: true }));
	await follow(page.getByRole("link", { name: "A year" }));
	expect(new URL(page.url()).search).toBe("?survey=nps&window=365d");
	const mentions = page.getByRole("row", { name: /^Product quality/ }).getByRole("link");
	const n = await mentions.textContent();
	await follow(mentions);
	expect(new URL(page.url()).searchParams.get("driver")).toBe("quality");
	expect(Number(n)).toBeGreaterThan(30);
	expect(await page.getByRole("main").textContent()).not.toContain("No answer");
});

test("a segment is chosen, kept over other days, and leads to its answers, without a script", async () => {
	const page = await browser.logIn(full, { javaScriptEnabled: false });
	await page.goto(`${collector.url}/app/segments?survey=csat&window=90d`);
	await follow(page.getByRole("link", { name: "region" }));
	await page.getByText("Other days").click();
	const to = new Date().toISOString().slice(0, 10);
	await page.getByLabel("From", { exact: true }).fill(new Date(Date.parse(to) - 40 * 86_400_000).toISOString().slice(0, 10));
	await page.getByLabel("To", { exact: true }).fill(to);
	await follow(page.getByRole("button", { name: "Show" }));
	expect(await page.getByRole("link", { name: "region" }).getAttribute("aria-current")).toBe("true");
	expect(await page.getByRole("link", { name: "CSAT" }).getAttribute("aria-current")).toBe("true");
	const values = page.getByRole("list", { name: "Values by score" });
	expect(await values.getByRole("link").allTextContents()).toEqual(
		expect.arrayContaining(["north", "centre", "south", "islands"]),
	);
	await page.getByText("The values as a table").click();
	expect(await page.getByRole("region", { name: "The values as a table" }).getByRole("row").count()).toBe(5);
	await follow(values.getByRole("link", { name: "north" }));
	expect(new URL(page.url()).searchParams.get("segment")).toBe("region:north");
	expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Answers");
});

test("who is more silent leads to its segment, without a script", async () => {
	const page = await browser.logIn(full, { javaScriptEnabled: false });
	await page.goto(`${collector.url}/app/silence?survey=csat&window=90d`);
	expect(await page.getByText(/^The goal of 75% would fail if those who did not answer came to less than \d+%\.$/).count()).toBe(
		1,
	);
	await follow(page.getByRole("link", { name: "Device: Phone" }));
	expect(new URL(page.url()).search).toBe("?key=device&survey=csat&window=90d");
	expect(await page.getByRole("list", { name: "Values by score" }).getByRole("link", { name: "Phone" }).count()).toBe(1);
});

test("labels of reasons do not lie on one another or out of the plot, in the fonts of the browser", async () => {
	const page = await browser.logIn(full);
	for (const width of [390, 1280]) {
		await page.setViewportSize({ width, height: 844 });
		for (const survey of ["csat", "nps", "ces"]) {
			await page.goto(`${collector.url}/app/drivers?survey=${survey}&window=365d`);
			const collisions = await page.evaluate(() => {
				const texts = [...document.querySelectorAll<SVGTextElement>("svg.plot .label, svg.plot .corner")].filter(
					(text) => text.getClientRects().length > 0,
				);
				const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBBox() }));
				const wide = texts[0]?.ownerSVGElement?.viewBox.baseVal.width ?? 0;
				const pairs = boxes.flatMap((a, i) =>
					boxes
						.slice(i + 1)
						.filter(
							(b) =>
								Math.min(a.box.x + a.box.width, b.box.x + b.box.width) - Math.max(a.box.x, b.box.x) > 1 &&
								Math.min(a.box.y + a.box.height, b.box.y + b.box.height) - Math.max(a.box.y, b.box.y) > 3,
						)
						.map((b) => [a.text, b.text]),
				);
				return { seen: boxes.length, pairs, out: boxes.filter(({ box }) => box.x < 0 || box.x + box.width > wide) };
			});
			expect([width, survey, collisions.pairs, collisions.out]).toEqual([width, survey, [], []]);
			expect(collisions.seen).toBeGreaterThan(5);
		}
	}
});

test("nothing runs off the page from 320 px on, and axe finds nothing, in light and in dark: full and empty", async () => {
	for (const [site, paths] of [
		[full, [...ROOMS, "/app/segments?survey=csat&window=90d&key=locale", "/app/drivers?survey=ces&window=7d"]],
		[collector.site, ["/app/drivers", "/app/segments", "/app/silence"]],
	] as const) {
		const page = await browser.logIn(site);
		for (const path of paths) {
			await page.goto(collector.url + path);
			for (const fold of await page.locator("details").all()) await fold.evaluate((details) => details.setAttribute("open", ""));
			for (const width of [320, 1280, 390]) {
				await page.setViewportSize({ width, height: 844 });
				expect([path, width, await sideways(page)]).toEqual([path, width, 0]);
				const table = page.getByRole("region", { name: "Reasons", exact: true });
				const heads = await table
					.getByRole("columnheader")
					.evaluateAll((cells) =>
						cells
							.slice(1, -1)
							.map((cell) => [cell.getBoundingClientRect().width > 20, getComputedStyle(cell.parentElement ?? cell).clipPath]),
					);
				expect([path, width, heads.filter((head) => `${head}` !== "true,none")]).toEqual([path, width, []]);
				const figures = await table.evaluateAll((boxes) => boxes.map((box) => box.scrollWidth - box.clientWidth));
				expect([path, width, figures.filter((hidden) => hidden > 0)]).toEqual([path, width, []]);
			}
			expect([path, await browser.findings(page)]).toEqual([path, []]);
		}
	}
});
