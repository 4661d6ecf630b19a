import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import { findings } from "../harness/axe.ts";
import { gateOf, type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
	await stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ name: "Tea & <Co>" }) });
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const addressOf = (survey: string, query = "") => `${stage.line.url}/s/${stage.collector.site.publicKey}/${survey}${query}`;

async function open(address: string, options = {}): Promise<Page> {
	const { page } = await stage.shopper(options);
	await page.goto(address);
	return page;
}

const chosen = (page: Page) => page.locator("afterword-survey label.on").allTextContents();
const stored = () => stage.collector.db.prepare("SELECT count(*) AS n FROM ask").first();

test("a link shows the shop's name and the question, and a tap on it is an answer", async () => {
	const page = await open(addressOf("csat", "?transaction=link-1"));
	expect(await page.getByRole("heading").textContent()).toBe("Tea & <Co>");
	expect(await page.title()).toBe("Tea & <Co>");
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByRole("checkbox").first().click();
	const [ask] = await stage.asksWhen("link-1", ([one]) => one?.drivers.length === 1);
	expect(ask).toMatchObject({ survey: "csat", outcome: "4", segments: { channel: "hosted", locale: "en" } });
	await expect.poll(() => page.getByText(LOCALES.en.closed).isVisible(), { timeout: 4_000, interval: 500 }).toBe(false);
});

test("a link with a score shows it as chosen and stores nothing while nobody is there", async () => {
	const before = await stored();
	const page = await open(addressOf("nps", "?score=9&transaction=mail-1"));
	await expect.poll(() => chosen(page)).toEqual(["9"]);
	await page.waitForTimeout(1_500);
	await page.evaluate(() => {
		for (const type of ["pointermove", "keydown", "wheel", "scroll"]) window.dispatchEvent(new Event(type));
		window.scrollTo(0, 10);
		// Where the page moves under a pointer that rests, the browser says that the pointer moved.
		document.body.style.paddingTop = "300px";
	});
	await page.waitForTimeout(300);
	await page.reload();
	await expect.poll(() => chosen(page)).toEqual(["9"]);
	await page.goto("about:blank");
	expect(await stored()).toEqual(before);
});

test.for([
	["points", (page: Page) => page.mouse.move(40, 40, { steps: 4 })],
	["presses a key", (page: Page) => page.keyboard.press("Tab")],
	["scrolls", (page: Page) => page.mouse.wheel(0, 40)],
] as const)("once somebody %s, the score of the link is the answer", async ([what, deed]) => {
	const order = `mail-${what.replaceAll(" ", "-")}`;
	const page = await open(addressOf("nps", `?score=0&transaction=${order}`));
	await expect.poll(() => chosen(page)).toEqual(["0"]);
	await deed(page);
	await page.getByText(LOCALES.en.saved).waitFor();
	const [ask] = await stage.asksWhen(order, (found) => found.length > 0);
	expect(ask).toMatchObject({ outcome: "0", rev: 1, segments: { channel: "email" } });
	await page.getByRole("checkbox").first().waitFor();
	expect(await stage.collector.drift()).toEqual([]);
});

test("whoever taps another score first has answered that one", async () => {
	const page = await open(addressOf("nps", "?score=9&transaction=mail-other"), { hasTouch: true });
	await expect.poll(() => chosen(page)).toEqual(["9"]);
	await page.locator("afterword-survey label").nth(3).tap();
	expect(await stage.asksWhen("mail-other", ([ask]) => ask?.status === "answered")).toMatchObject([{ outcome: "3", rev: 1 }]);
	expect(await chosen(page)).toEqual(["3"]);
});

test.for(["11", "-1", "nine", ""])("a score that is none (%j) is left out", async (score) => {
	const page = await open(addressOf("nps", `?score=${score}`));
	await page.getByRole("radio").first().waitFor();
	expect(await chosen(page)).toEqual([]);
});

test("an order that was answered is closed; a link may be opened again for another", async () => {
	const page = await open(addressOf("ces", "?transaction=link-2"));
	await page.getByRole("radio", { name: "6" }).click();
	await stage.asksWhen("link-2", (found) => found.length > 0);
	await page.reload();
	await page.getByText(LOCALES.en.closed).waitFor();
	expect(await gateOf(page)).toBe("closed");
	await page.goto(addressOf("ces", "?transaction=link-3"));
	await page.getByRole("radio").first().waitFor();
});

test.for([
	["?locale=ar", "en-GB", "ar", "rtl"],
	["?locale=sr", "en-GB", "sr-Cyrl", "ltr"],
	["", "ar-EG", "ar", "rtl"],
	["?locale=tlh", "fr-FR", "en", "ltr"],
] as const)("%s in a browser that asks for %s speaks %s", async ([query, browser, locale, direction]) => {
	const page = await open(addressOf("csat", query), { locale: browser });
	await page.getByText(LOCALES[locale].question.csat).waitFor();
	expect(await page.locator("html").getAttribute("dir")).toBe(direction);
	expect(await page.locator("html").getAttribute("lang")).toBe(locale);
});

test("a survey that is not asked, or none at all, says so with 404", async () => {
	const patch = (active: boolean) =>
		stage.collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ active }) });
	await patch(false);
	for (const path of [addressOf("ces"), addressOf("hotel"), `${stage.line.url}/s/aw_pub_x/csat`]) {
		const { page, noises } = await stage.shopper({ locale: "ar" });
		expect((await page.goto(path))?.status()).toBe(404);
		await page.getByText(LOCALES.ar.closed).waitFor();
		noises.length = 0;
	}
	const own = (wording: object) =>
		stage.collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ wording }) });
	await own({ en: { closed: "{shop} asks no more." } });
	const { page, noises } = await stage.shopper();
	expect((await page.goto(addressOf("ces")))?.status()).toBe(404);
	await page.getByText("Tea & <Co> asks no more.").waitFor();
	noises.length = 0;
	await own({});
	await patch(true);
});

test("without scripts it says what is needed", async () => {
	const page = await open(addressOf("csat"), { javaScriptEnabled: false });
	// A text locator looks past what is in a noscript.
	await page.locator("noscript p", { hasText: LOCALES.en.script }).waitFor();
});

test("a policy stands on the page that lets nothing in, and it is neither kept nor listed", async () => {
	const { headers } = await fetch(addressOf("csat"));
	expect(headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
	expect([headers.get("cache-control"), headers.get("x-robots-tag")]).toEqual(["no-store", "noindex"]);
	expect(headers.get("referrer-policy")).toBe("no-referrer");
});

test.for(["light", "dark"] as const)("axe finds nothing on it (%s)", async (colorScheme) => {
	const page = await open(addressOf("nps", "?locale=ar"), { colorScheme, reducedMotion: "reduce" });
	await page.getByRole("radio").first().waitFor();
	expect(await findings(page)).toEqual([]);
});
