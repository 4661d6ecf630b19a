import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { follow } from "../harness/follow.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";

/** What shoppers write: markup, marks that turn the direction, no space at all, emoji, formulas. */
const ODD = [
	'<script>document.title = "taken"</script><img src=x onerror="document.title = 1">',
	"\u202Eturned \u2067 and never turned back",
	"x".repeat(2_000),
	"👨‍👩‍👧‍👦🇮🇹 très bien 😀",
	'=HYPERLINK("https://evil.example","Refund")',
	"المنتج رائع لكن التوصيل تأخر 3 أيام",
	"One line\n\nשורה שנייה\nhttps://evil.example/ {{7*7}} &lt;b&gt;",
];

let collector: TestCollector;
let browser: OwnerBrowser;
beforeAll(async () => {
	collector = await startCollector();
	browser = await openOwnerBrowser(collector);
	for (const [i, comment] of ODD.entries())
		await collector.send(
			collector.ask({
				score: i,
				comment,
				drivers: ["delivery", "price", "website"],
				customer: i % 2 ? "\u05D0nn".repeat(8) : "w".repeat(64),
				age_ms: (ODD.length - i) * 60_000,
			}),
		);
	for (let i = 0; i < 30; i++) await collector.send(collector.ask({ survey: "csat", score: 5, age_ms: 3_600_000 + i * 60_000 }));
});
afterEach(async () => expect(await browser.clear()).toEqual([]));
afterAll(async () => {
	await browser.stop();
	await collector.stop();
});

const comments = (page: Page) => page.locator(".comment").allTextContents();
/** By how much a page is wider than the window. */
const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test("an owner finds an answer, reads it and deletes it, by links and forms alone, on a phone", async () => {
	const page = await browser.logIn(collector.site, { javaScriptEnabled: false });
	await page.goto(`${collector.url}/app/answers`);
	expect(await page.locator("article").count()).toBe(25);
	await follow(page.getByRole("link", { name: "Older answers" }));
	expect(await page.locator("article").count()).toBe(12);
	await follow(page.getByRole("link", { name: "To the newest" }));
	await page.getByText("More filters").click();
	await page.getByLabel("Score", { exact: true }).selectOption({ label: "Detractors (0–6)" });
	await page.getByLabel("Words in the comment").fill("TRÈS");
	await follow(page.getByRole("button", { name: "Show" }));
	expect(await comments(page)).toEqual([ODD[3]]);
	await follow(page.locator("article a").first());
	expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Answer: 3 of 10");
	await follow(page.getByRole("link", { name: "Delete this answer" }));
	await page.getByRole("button", { name: "Delete the answer" }).click();
	await page.waitForURL("**/app/answers?done=deleted");
	await page.getByLabel("Words in the comment").fill("très");
	await follow(page.getByRole("button", { name: "Show" }));
	expect(await page.locator("article").count()).toBe(0);
	await collector.send(collector.ask({ score: 3, comment: ODD[3] ?? "", age_ms: 60_000 }));
});

test("whatever was written stands as text in its own direction, and no page scrolls sideways at 320 pixels", async () => {
	const page = await browser.logIn(collector.site, { viewport: { width: 320, height: 700 } });
	await page.goto(`${collector.url}/app/answers?commented=yes`);
	expect((await comments(page)).sort()).toEqual([...ODD].sort());
	expect(await page.title()).toBe("Answers – Test shop");
	expect(await page.locator("article :is(script, img, a[href*=evil])").count()).toBe(0);
	const side = (text: string) =>
		page
			.locator(".comment bdi", { hasText: text })
			.evaluate((node) => [getComputedStyle(node).direction, getComputedStyle(node).textAlign]);
	expect(await side("المنتج")).toEqual(["rtl", "start"]);
	expect(await side("HYPERLINK")).toEqual(["ltr", "start"]);
	// A mark that is never closed turns nothing outside of its comment.
	const turned = page.locator("article", { hasText: "never turned back" });
	const score = await turned.locator(".answer-score").boundingBox();
	const tag = await turned.locator(".tag").first().boundingBox();
	expect(score && tag && score.x < tag.x).toBe(true);
	const pages = [page.url(), `${collector.url}/app/answers?q=${"y".repeat(100)}&survey=nps`];
	for (const link of await page.locator("article .answer-head a").all())
		pages.push(collector.url + (await link.getAttribute("href")), `${collector.url}${await link.getAttribute("href")}/erase`);
	for (const address of pages) {
		await page.goto(address);
		expect([address, await tooWide(page)]).toEqual([address, 0]);
		const names = await page.locator(".facts dt").evaluateAll((all) => all.map((name) => name.getBoundingClientRect().width));
		expect(Math.min(100, ...names)).toBe(100);
	}
});

test("the file a browser saves is disarmed", async () => {
	const page = await browser.logIn();
	await page.goto(`${collector.url}/app/answers?survey=nps`);
	const download = page.waitForEvent("download");
	await page.getByRole("link", { name: "CSV", exact: true }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe("responses.csv");
	const text = await new Response((await file.createReadStream()) as unknown as ReadableStream).text();
	expect(text).toContain(`"'=HYPERLINK(""https://evil.example"",""Refund"")"`);
	expect(text).not.toMatch(/(?:^|,)"?[=+@]/m);
});

test("a new answer is announced, and stands there when asked for", async () => {
	const page = await browser.logIn();
	await page.clock.install();
	await page.goto(`${collector.url}/app/answers?survey=ces`);
	expect(await page.getByRole("link", { name: "Show them" }).isVisible()).toBe(false);
	await collector.send(collector.ask({ survey: "ces", score: 2, comment: "Just now." }));
	await page.clock.runFor(16_000);
	await page.getByText("1 new answer").waitFor();
	await page.getByRole("link", { name: "Show them" }).click();
	await page.getByText("Just now.").waitFor();
	expect(await comments(page)).toEqual(["Just now."]);
});

test("no page of the room has a fault that axe finds, in light and in dark", async () => {
	const page = await browser.logIn();
	await collector.db.prepare("UPDATE ask SET verified = 1, customer = 'ann' WHERE survey = 'nps' AND score IN (1, 3)").run();
	await page.goto(`${collector.url}/app/answers?survey=nps`);
	await page.getByText("More filters").click();
	const one = await page.locator("article .answer-head a").first().getAttribute("href");
	expect(await browser.findings(page)).toEqual([]);
	for (const path of [`${one}`, `${one}/delete`, `${one}/erase`, "/app/customers/ann"]) {
		await page.goto(collector.url + path);
		expect([path, await browser.findings(page)]).toEqual([path, []]);
	}
	expect(await browser.clear()).toEqual([]);
	const faulty = await browser.logIn();
	await faulty.goto(`${collector.url}/app/answers?from=x`);
	expect(await browser.findings(faulty)).toEqual([]);
	// The browser itself says what status a page has.
	expect(await browser.clear()).toEqual([expect.stringContaining("status of 400")]);
});
