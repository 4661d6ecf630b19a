import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import { findings } from "../harness/axe.ts";
import { openOwnerBrowser } from "../harness/owner-browser.ts";
import { type Stage, setStage } from "../harness/stage.ts";

const REVIEWS = "https://reviews.example/write";
const DARK = "<style>@media (prefers-color-scheme: dark) { html { background: #15171a; color: #eee } }</style>";

/** What Chromium says of a cut line, and of a sandbox as some pages are put into. */
const OURS = /^error: Failed to load resource: net::ERR_|^warning: An iframe which has both allow-scripts/;

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
	await rules({
		everyone: { kind: "link", url: REVIEWS },
		passives: { kind: "link", url: "https://shop.example/contact" },
		detractors: { kind: "callback" },
	});
});
afterEach(async () => {
	expect((await stage.clear()).filter((noise) => !OURS.test(noise))).toEqual([]);
});
afterAll(() => stage.stop());

const rules = (follow_up: object) =>
	stage.collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ follow_up }) });

/** Answers with a score, and goes as far as the thanks. */
async function answer(page: Page, score: number): Promise<void> {
	await page
		.getByRole("radio", { name: `${score}` })
		.first()
		.click();
	await page.locator("afterword-survey .more .done").click();
	await page.getByRole("radio").first().waitFor({ state: "detached" });
}

async function thanked(order: string, score: number, { lang = "en", options = {} } = {}): Promise<Page> {
	const body = stage.tag(`data-survey="nps" data-transaction="${order}"`);
	const page = await stage.visit({ lang, head: DARK, body }, options);
	await answer(page, score);
	return page;
}

const status = (page: Page) => page.locator("afterword-survey [role=status]").textContent();
const links = (page: Page) =>
	page.locator("afterword-survey a").evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute("href")]));
const kept = async (order: string) =>
	(
		await stage.collector.db
			.prepare(
				`SELECT contact FROM callback JOIN ask ON ask.site = callback.site AND ask.id = callback.ask WHERE ask."transaction" = ?1`,
			)
			.bind(order)
			.all()
	).results.map(({ contact }) => contact);

test.for([
	[10, [[LOCALES.en.review, REVIEWS]], 0],
	[
		8,
		[
			[LOCALES.en.contact, "https://shop.example/contact"],
			[LOCALES.en.review, REVIEWS],
		],
		0,
	],
	[6, [[LOCALES.en.review, REVIEWS]], 1],
] as const)("who gives %i is offered what is for them, and what is for everyone", async ([score, expected, fields]) => {
	const page = await thanked(`offered-${score}`, score);
	expect(await links(page)).toEqual(expected);
	for (const link of await page.getByRole("link").all()) expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44);
	expect(await page.getByRole("textbox").count()).toBe(fields);
});

test("a link opens in a tab of its own, which learns nothing of the page it came from", async () => {
	const page = await thanked("linked", 9);
	await page.context().route("https://reviews.example/**", (route) =>
		route.fulfill({
			contentType: "text/html",
			body: "<title>Reviews</title><script>window.seen = [document.referrer, opener]</script>",
		}),
	);
	const opened = page.waitForEvent("popup");
	await page.getByRole("link", { name: LOCALES.en.review }).press("Enter");
	const tab = await opened;
	await tab.waitForLoadState();
	expect([tab.url(), await tab.evaluate(() => Object(window).seen)]).toEqual([REVIEWS, ["", null]]);
	expect(await status(page)).toBe(LOCALES.en.thanks);
});

test.for([
	["en", "light", "ann@shop.example", "ltr"],
	["en", "dark", "ann@shop.example", "ltr"],
	["ar", "light", "٠٥٥ ١٢٣٤٥٦", "rtl"],
	["ar", "dark", "+39 055 123456", "rtl"],
] as const)(
	"who wants to be contacted says where by the keyboard alone, hears that it was taken, and axe finds nothing (%s, %s)",
	async ([lang, colorScheme, contact, direction]) => {
		const order = `called-${lang}-${colorScheme}`;
		const words = LOCALES[lang];
		const page = await thanked(order, 2, { lang, options: { colorScheme, reducedMotion: "reduce", locale: lang } });
		expect(await findings(page)).toEqual([]);
		const field = page.getByLabel(words.callback);
		expect(await field.evaluate((input) => getComputedStyle(input.closest(".card") as Element).direction)).toBe(direction);
		for (const [name, value] of [
			["dir", "auto"],
			["autocomplete", "email"],
			["maxlength", "100"],
		] as const)
			expect([name, await field.getAttribute(name)]).toEqual([name, value]);
		await page.keyboard.press("Tab");
		await page.keyboard.press("Tab");
		expect(await field.evaluate((input) => input.matches(":focus"))).toBe(true);
		// Nothing, and nothing that can be seen, is no address.
		await page.keyboard.press("Enter");
		await page.keyboard.type("  ");
		await page.keyboard.press("Enter");
		expect(await field.count()).toBe(1);
		await field.fill("");
		await page.keyboard.type(contact);
		await page.keyboard.press("Enter");
		await field.waitFor({ state: "detached" });
		expect(await status(page)).toBe(words.requested);
		expect(await page.locator("afterword-survey [role=status]").evaluate((line) => line.matches(":focus"))).toBe(true);
		await expect.poll(() => kept(order), { timeout: 15_000 }).toEqual([contact]);
		expect(await links(page)).toEqual([[words.review, REVIEWS]]);
		expect(await findings(page)).toEqual([]);
		// What was delivered is kept here no longer.
		await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage })), { timeout: 15_000 }).not.toContain(contact);
	},
);

test("asked for without a connection it is delivered on the next page, once", async () => {
	const page = await thanked("offline", 0);
	await stage.asksWhen("offline", ([ask]) => ask?.status === "answered");
	await expect
		.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage })), { timeout: 15_000 })
		.not.toContain('"waiting"');
	stage.line.cut();
	await page.getByLabel(LOCALES.en.callback).fill("ann@shop.example");
	await page.getByRole("button", { name: LOCALES.en.request }).click();
	await page.getByText(LOCALES.en.waiting).waitFor();
	expect(await status(page)).toBe(LOCALES.en.requested);
	expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain("ann@shop.example");
	expect(await kept("offline")).toEqual([]);
	stage.line.mend();
	await page.goto(stage.shop.serve({ body: stage.tag('data-survey="nps" data-transaction="offline"') }));
	await expect.poll(() => kept("offline"), { timeout: 15_000 }).toEqual(["ann@shop.example"]);
	await expect
		.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage })), { timeout: 15_000 })
		.not.toContain("ann@shop");
});

test("what the collector cannot take comes back to the field, marked, to be mended", async () => {
	const page = await thanked("mended", 1);
	await page.getByLabel(LOCALES.en.callback).fill("電".repeat(90));
	await page.getByRole("button", { name: LOCALES.en.request }).click();
	const field = page.locator("afterword-survey [aria-invalid=true]");
	await field.waitFor();
	expect([await status(page), await field.evaluate((input) => input.matches(":focus"))]).toEqual([LOCALES.en.thanks, true]);
	await field.fill("055 123456");
	await page.getByRole("button", { name: LOCALES.en.request }).click();
	await expect.poll(() => kept("mended"), { timeout: 15_000 }).toEqual(["055 123456"]);
	expect(await status(page)).toBe(LOCALES.en.requested);
});

test("a survey's own page, a link in a mail, the corner and a page in a sandbox offer the same", async () => {
	const { page } = await stage.shopper();
	const { publicKey } = stage.collector.site;
	for (const [order, query] of [
		["hosted", "?transaction=hosted"],
		["mailed", "?transaction=mailed&score=3"],
	] as const) {
		await page.goto(`${stage.line.url}/s/${publicKey}/nps${query}`);
		await answer(page, 3);
		await page.getByLabel(LOCALES.en.callback).fill(`${order}@shop.example`);
		await page.getByRole("button", { name: LOCALES.en.request }).click();
		await expect.poll(() => kept(order), { timeout: 15_000 }).toEqual([`${order}@shop.example`]);
	}
	const corner = await stage.visit(
		stage.tag('data-survey="nps" data-transaction="corner" data-placement="corner"') +
			"<style>html { --afterword-accent: #7a1f5c }</style>",
	);
	await answer(corner, 3);
	await corner.getByLabel(LOCALES.en.callback).fill("corner@shop.example");
	await corner.getByRole("button", { name: LOCALES.en.request }).click();
	await expect.poll(() => kept("corner"), { timeout: 15_000 }).toEqual(["corner@shop.example"]);
	const policy = { "content-security-policy": "sandbox allow-scripts allow-same-origin" };
	const boxed = await stage.shopper();
	await boxed.page.goto(stage.shop.serve({ body: stage.tag('data-survey="nps" data-transaction="boxed"'), headers: policy }));
	await answer(boxed.page, 3);
	await boxed.page.getByLabel(LOCALES.en.callback).fill("boxed@shop.example");
	await boxed.page.getByLabel(LOCALES.en.callback).press("Enter");
	await expect.poll(() => kept("boxed"), { timeout: 15_000 }).toEqual(["boxed@shop.example"]);
});

test("the settings show it in their preview before it is kept, and the preview keeps nothing", async () => {
	const owner = await openOwnerBrowser(stage.collector);
	const page = await owner.logIn(stage.collector.site, { viewport: { width: 1280, height: 900 } });
	const before = await stage.collector.db.prepare("SELECT count(*) AS n FROM callback").first();
	await page.goto(`${stage.collector.url}/app/settings/surveys/csat`);
	const rest = page.getByRole("group", { name: "The rest, 1 to 3" });
	expect(await rest.getByLabel("Address of the link").isVisible()).toBe(false);
	await rest.getByLabel("Offer").selectOption("link");
	expect(await rest.getByLabel("Address of the link").isVisible()).toBe(true);
	await rest.getByLabel("Offer").selectOption("callback");
	expect(await owner.findings(page)).toEqual([]);
	await page.getByRole("button", { name: "Preview" }).click();
	// Until the draft is there, the frame shows the survey as it is kept.
	await page.frame("preview")?.waitForURL(({ search }) => search.includes("callback"));
	const frame = page.frameLocator("iframe");
	await frame.getByRole("radio", { name: "2" }).click();
	await frame.locator("afterword-survey .more .done").click();
	await frame.getByLabel(LOCALES.en.callback).fill("ann@shop.example");
	await frame.getByRole("button", { name: LOCALES.en.request }).click();
	await frame.getByText(LOCALES.en.requested).waitFor();
	expect(await stage.collector.db.prepare("SELECT count(*) AS n FROM callback").first()).toEqual(before);
	expect((await (await stage.collector.owner("/v1/surveys/csat")).json()).follow_up).toEqual({});
	expect(await owner.clear()).toEqual([]);
	await owner.stop();
});
