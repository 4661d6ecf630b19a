import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

/** Everything a page's policy can forbid, but for scripts of the collector and connections to it. */
const strict = (collector: string) => ({
	"content-security-policy": `default-src 'none'; img-src 'self'; script-src ${collector}; connect-src ${collector}; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'`,
});

test.for(["", ".lazy"] as const)("the strictest page is asked and answers without one violation (%s.js)", async (build) => {
	const order = `strict${build}`;
	const { page } = await stage.shopper();
	const violations: unknown[] = [];
	await page.exposeFunction("report", (violation: unknown) => violations.push(violation));
	await page.addInitScript(() =>
		addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
			Object(window).report([violatedDirective, blockedURI]),
		),
	);
	const body = stage.tag(`data-survey="nps" data-transaction="${order}"`, build);
	await page.goto(stage.shop.serve({ body, headers: strict(stage.line.url) }));
	await page.getByRole("radio", { name: "7" }).click();
	await page.getByRole("checkbox", { name: "Website" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await stage.asksWhen(order, ([ask]) => ask?.rev === 2)).toMatchObject([{ outcome: "7", drivers: ["website"] }]);
	expect(violations).toEqual([]);
});

test("a page whose styles hide, shout and shrink changes nothing inside", async () => {
	const hostile = `<style>
		* { all: revert; font-size: 7px !important; letter-spacing: 1em; text-transform: uppercase; float: left; display: none }
		html, body, main { display: block } html { font-size: 4px }
		:empty, :not(:defined) { display: none; visibility: hidden }
		label, input, fieldset, legend, p { position: fixed !important; color: red !important }
	</style>`;
	const page = await stage.visit({ head: hostile, body: stage.tag('data-transaction="hostile"') });
	const label = page.locator("afterword-survey .scale label").first();
	await label.waitFor();
	const look = await label.evaluate((element) => {
		const { fontSize, letterSpacing, textTransform, position, minHeight } = getComputedStyle(element);
		return { fontSize, letterSpacing, textTransform, position, minHeight };
	});
	expect(look).toEqual({
		fontSize: "16px",
		letterSpacing: "normal",
		textTransform: "none",
		position: "relative",
		minHeight: "44px",
	});
	await page.getByRole("radio", { name: "5" }).click();
	expect(await stage.asksWhen("hostile", (found) => found.length > 0)).toMatchObject([{ outcome: "5" }]);
});

test("the page keeps what is the page's: one global, no style, no attribute, its own font and colour in the card", async () => {
	const head = "<style>body { font-family: monospace; color: rgb(1, 2, 3); --afterword-accent: rgb(4, 5, 6) }</style>";
	const script = "<script>window.before = new Set(Object.getOwnPropertyNames(window)); before.add('before')</script>";
	const body = stage.tag('data-transaction="guest"');
	const page = await stage.visit({ head: head + script, body }, { reducedMotion: "reduce" });
	await page.getByRole("radio", { name: "5" }).click();
	await page.getByRole("button", { name: "Done" }).waitFor();
	const found = await page.evaluate(() => {
		const root = document.querySelector("afterword-survey")?.shadowRoot;
		const look = (selector: string) => {
			const element = root?.querySelector(selector);
			return element ? getComputedStyle(element) : null;
		};
		return {
			globals: Object.getOwnPropertyNames(window).filter((name) => !Object(window).before.has(name)),
			styles: document.styleSheets.length + document.adoptedStyleSheets.length,
			inline: document.querySelectorAll("[style]").length + (root?.querySelectorAll("[style]").length ?? 0),
			font: look(".card")?.fontFamily,
			colour: look("legend")?.color,
			chosen: look(".on")?.backgroundColor,
		};
	});
	expect(found).toEqual({
		globals: ["afterword"],
		styles: 1,
		inline: 0,
		font: "monospace",
		colour: "rgb(1, 2, 3)",
		chosen: "rgb(4, 5, 6)",
	});
});

test("the owner's theme colours the survey, and the page has the last word", async () => {
	const theme = { "--afterword-accent": "rgb(10, 20, 30)", "--afterword-text": "rgb(40, 50, 60)" };
	await stage.collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ theme }) });
	const page = await stage.visit({
		head: "<style>:root { --afterword-text: rgb(7, 8, 9) }</style>",
		body: stage.tag('data-survey="ces" data-transaction="theme"'),
	});
	await page.getByRole("radio", { name: "5" }).click();
	const chosen = page.locator("afterword-survey .on");
	const question = page.locator("afterword-survey legend").first();
	await expect.poll(() => chosen.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe("rgb(10, 20, 30)");
	expect(await question.evaluate((element) => getComputedStyle(element).color)).toBe("rgb(7, 8, 9)");
});

test("the question stands where the tag stands", async () => {
	const page = await stage.visit(`<p id="before">Before</p>${stage.tag('data-transaction="here"')}<p id="after">After</p>`);
	await page.getByRole("radio").first().waitFor();
	const order = await page
		.locator("main > :is(p[id], script, afterword-survey)")
		.evaluateAll((all) => all.map((one) => one.localName));
	expect(order).toEqual(["p", "script", "afterword-survey", "p"]);
});

test("a tag in the head has no place: the question ends the main part of the page", async () => {
	const page = await stage.visit({ head: stage.tag('data-transaction="head"'), body: "<p>Text</p>" });
	await page.getByRole("radio").first().waitFor();
	expect(await page.evaluate(() => document.querySelector("main")?.lastElementChild?.localName)).toBe("afterword-survey");
});

test("a tag put in by a script asks too", async () => {
	const { url, site } = stage.collector;
	const page = await stage.visit(`<script>
		const tag = document.createElement("script");
		tag.src = "${url}/w/${site.publicKey}.js";
		tag.dataset.transaction = "injected";
		document.querySelector("main").append(tag);
	</script>`);
	await page.getByRole("radio", { name: "2" }).click();
	expect(await stage.asksWhen("injected", (found) => found.length > 0)).toMatchObject([{ outcome: "2" }]);
});

test.for([
	["", ""],
	["", ".lazy"],
	[".lazy", ".lazy"],
] as const)("two tags on one page ask once (%s.js and %s.js)", async ([first, second]) => {
	const page = await stage.visit(stage.tag('data-transaction="twice"', first) + stage.tag('data-transaction="twice"', second));
	await page.getByRole("radio").first().waitFor();
	await page.waitForFunction(() => Object(window).afterword?.("why") === "again");
	expect(await page.locator("afterword-survey").count()).toBe(1);
});

test("a merchant's slip costs no answer: what is not valid is not sent", async () => {
	const page = await stage.visit(
		stage.tag(
			`data-transaction=" #1001 " data-customer="${"é".repeat(40)}" data-channel="pigeon" data-token="not a token" data-segment-plan="a\u0007b" data-segment-shoe="42" data-locale="en_US_POSIX"`,
		),
	);
	await page.getByRole("radio", { name: "4" }).click();
	const mine = async () => (await stage.asks(null)).filter((ask) => ask.page === page.url());
	await expect.poll(mine).toMatchObject([{ outcome: "4", transaction: null, customer: null }]);
	expect((await mine())[0]?.segments).toEqual({ channel: "page", locale: "en", device: "desktop" });
});

test.for(["", " ", "{{ order.name }}", "#1001"])(
	"an order number that is none (%j) does not stand for every order",
	async (order) => {
		const body = stage.tag(`data-survey="" data-transaction="${order}"`);
		const { page } = await stage.shopper();
		await page.goto(stage.shop.serve({ body }));
		await page.getByRole("radio", { name: "4" }).click();
		await page.reload();
		expect(await gateOf(page)).toBe("recent");
	},
);

test("what is typed into the comment is no shortcut of the page", async () => {
	const shortcuts = "<script>window.pressed = []; addEventListener('keydown', ({ key }) => window.pressed.push(key))</script>";
	const page = await stage.visit({ head: shortcuts, body: stage.tag('data-transaction="shortcuts"') });
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByLabel("Anything you would like to add?").pressSequentially("s/");
	expect(await page.evaluate(() => Object(window).pressed)).toEqual([]);
	expect(await page.getByLabel("Anything you would like to add?").inputValue()).toBe("s/");
});

test("the lazy build asks and stores like the whole one, and fetches nothing more where nothing is due", async () => {
	const { page } = await stage.shopper();
	const files: string[] = [];
	page.on("request", (request) => files.push(request.url().replace(/.*aw_pub_\w+/, "")));
	const url = stage.shop.serve({ body: stage.tag('data-survey="ces" data-transaction="lazy"', ".lazy") });
	await page.goto(url);
	await page.getByRole("radio", { name: "6" }).click();
	await page.getByRole("checkbox", { name: "Checkout" }).click();
	expect(await stage.asksWhen("lazy", ([ask]) => ask?.rev === 2)).toMatchObject([
		{ survey: "ces", outcome: "6", drivers: ["checkout"] },
	]);
	expect(files.filter((file) => file.includes(".js"))).toEqual([
		".lazy.js",
		".survey.js?wanted=,en,en-GB",
		".follow-up.js?lang=en",
	]);
	await page.waitForFunction(() => !JSON.stringify(localStorage).includes("waiting"));
	files.length = 0;
	await page.goto(url);
	await page.waitForLoadState("networkidle");
	expect(files.filter((file) => file.includes(".js"))).toEqual([".lazy.js"]);
});

test("a follow-up that does not come leaves the answer", async () => {
	const { page } = await stage.shopper();
	await page.route(/follow-up/, (route) => route.fulfill({ status: 404, headers: { "access-control-allow-origin": "*" } }));
	await page.goto(stage.shop.serve({ body: stage.tag('data-transaction="alone"') }));
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByText("Thank you, your answer is saved.").waitFor();
	expect(await stage.asksWhen("alone", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
	expect((await stage.clear()).filter((noise) => !noise.includes("404"))).toEqual([]);
});

test("a browser without constructed style sheets is left in peace", async () => {
	const { page } = await stage.shopper();
	await page.addInitScript(() => {
		Reflect.deleteProperty(Document.prototype, "adoptedStyleSheets");
	});
	await page.goto(stage.shop.serve({ body: stage.tag('data-transaction="old"') }));
	await gateOf(page);
	await page.waitForTimeout(300);
	expect(await page.locator("afterword-survey").count()).toBe(0);
	expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
	expect(await stage.asks("old")).toEqual([]);
});
