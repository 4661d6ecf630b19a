import type { CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const ELEMENTS = 45;
const HEAP_BYTES = 200 * 1024;

const STUB =
	"<script>window.afterword = window.afterword || function () { (afterword.q = afterword.q || []).push(arguments) }</script>";

/** The three ways in which a page asks. */
const WAYS: Readonly<Record<string, (survey: string, order: string) => string>> = {
	"the tag": (survey, order) => stage.tag(`data-survey="${survey}" data-transaction="${order}"`),
	"an element": (survey, order) =>
		`<afterword-survey survey="${survey}" transaction="${order}"></afterword-survey>${stage.tag()}`,
	"a command": (survey, order) =>
		`${STUB}${stage.tag()}<script>afterword("ask", { survey: "${survey}", transaction: "${order}" })</script>`,
};

const cases = ["csat", "nps", "ces"].flatMap((survey) => Object.keys(WAYS).map((way) => [survey, way] as const));

/** Opens a page, and hears of every request that leaves its browser: method, address. */
async function listening(
	body: string,
): Promise<{ page: Page; devtools: CDPSession; requests: [method: string, address: string][] }> {
	const { page, context } = await stage.shopper();
	const devtools = await context.newCDPSession(page);
	const requests: [string, string][] = [];
	devtools.on("Network.requestWillBeSent", ({ request }) => {
		if (!request.url.startsWith(stage.shop.origin))
			requests.push([request.method, request.url.replace(/.*\/(w\/aw_pub_\w+|v1)/, "")]);
	});
	await devtools.send("Network.enable");
	await page.addInitScript(() => {
		const look = () => {
			const stands = document.querySelector("afterword-survey")?.shadowRoot?.querySelector("input");
			if (stands) Object.assign(window, { stoodAt: performance.now() });
			else requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
	});
	await page.goto(stage.shop.serve({ body }));
	return { page, devtools, requests };
}

/** Elements in the survey and in the page that are there for it. */
const elements = (page: Page) =>
	page.evaluate(() => {
		const host = document.querySelector("afterword-survey");
		return (host?.querySelectorAll("*").length ?? 0) + (host?.shadowRoot?.querySelectorAll("*").length ?? 0) + 1;
	});

/** What the page had begun to fetch before the question stood there. */
const fetchedBefore = () => {
	const entries = performance.getEntriesByType("resource");
	return entries.filter(({ startTime }) => startTime < Object(window).stoodAt).map(({ name }) => name);
};

test.for(cases)(
	"%s by %s: one request until the question stands there, at most 45 elements, and no preflight ever",
	async ([survey, way]) => {
		const order = `one-${survey}-${Object.keys(WAYS).indexOf(way)}`;
		const { page, requests } = await listening(WAYS[way]?.(survey, order) ?? "");
		await page.getByRole("radio").first().waitFor();
		// By now the second file may be on its way: the clock of the page tells what was fetched before the question stood there.
		await page.waitForFunction(() => Object(window).stoodAt > 0);
		expect(await page.evaluate(fetchedBefore)).toEqual([expect.stringMatching(/\/w\/aw_pub_\w+\.js$/)]);
		expect(await elements(page)).toBeLessThanOrEqual(ELEMENTS);
		await page.getByRole("radio", { name: "4", exact: false }).first().click();
		await page.getByRole("checkbox").first().click();
		await page.getByLabel("Anything you would like to add?").fill("Light");
		await page.locator("afterword-survey .done").click();
		expect(await stage.asksWhen(order, ([ask]) => ask?.rev === 3)).toMatchObject([{ survey, outcome: "4", comment: "Light" }]);
		expect(requests.map(([method, address]) => `${method} ${address}`).slice(1)).toEqual([
			"GET .follow-up.js?lang=en",
			...Array(3).fill("POST /responses"),
		]);
	},
);

test.for(["csat", "nps", "ces"])("with its reasons and its comment %s is at most 55 elements", async (survey) => {
	const page = await stage.visit(stage.tag(`data-survey="${survey}" data-transaction="tapped-${survey}"`));
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByRole("button", { name: "Done" }).waitFor();
	expect(await elements(page)).toBeLessThanOrEqual(ELEMENTS + 10);
});

/** What any shop's page has a browser make ready: fields, styles, observers, requests, storage. */
const SHOP_PAGE = `<form><fieldset><legend>Voucher</legend><label><input type="radio">Use</label><textarea></textarea>
	<button>Apply</button></fieldset></form>
	<script type="module">
		for (const element of document.querySelectorAll("*")) element.onclick = () => getComputedStyle(element).color;
		new IntersectionObserver(() => {}).observe(document.body);
		document.querySelector("input").tabIndex = 0;
		document.forms[0].getElementsByTagName("input")[0].checked = true;
		dispatchEvent(new CustomEvent("voucher"));
		crypto.getRandomValues(new Uint8Array(1));
		localStorage.setItem("voucher", performance.now());
		await fetch("/favicon.ico", { method: "POST", body: "voucher" });
	</script>`;

/** Bytes of JavaScript objects that are alive on such a page, with all that the survey brings before a tap. */
async function heapOf(tag: string): Promise<number> {
	const { page, devtools } = await listening(SHOP_PAGE + tag);
	if (tag) await page.locator("afterword-survey .dismiss").waitFor();
	else await page.locator("form button").waitFor();
	await page.waitForTimeout(2_500);
	await devtools.send("HeapProfiler.enable");
	for (let i = 0; i < 3; i++) await devtools.send("HeapProfiler.collectGarbage");
	const { usedSize } = await devtools.send("Runtime.getHeapUsage");
	return usedSize;
}

test.for(["", ".lazy"] as const)("a page holds at most 200 KB more for the survey, all of it loaded (%s.js)", async (build) => {
	const without = await heapOf("");
	const growth = (await heapOf(stage.tag(`data-survey="nps" data-transaction="heap${build}"`, build))) - without;
	expect(growth).toBeGreaterThan(10_000);
	expect(growth).toBeLessThanOrEqual(HEAP_BYTES);
});

test.for([
	["", "inline"],
	[".lazy", "inline"],
	["", "corner"],
	[".lazy", "corner"],
] as const)("a whole ask leaves one name on the page, and nothing in its console (%s.js, %s)", async ([build, placement]) => {
	const { page } = await stage.shopper();
	await page.addInitScript(() => {
		const before = new Set(Object.getOwnPropertyNames(window));
		Object.defineProperty(window, "added", {
			value: () => Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && name !== "added"),
		});
	});
	const order = `names${build}-${placement}`;
	const attributes = `data-survey="nps" data-transaction="${order}" data-placement="${placement}" data-delay="0.1"`;
	await page.goto(stage.shop.serve({ body: stage.tag(attributes, build) }));
	await page.getByRole("radio", { name: "10" }).click();
	await page.getByRole("checkbox", { name: "Price" }).click();
	await page.locator("afterword-survey .done").click();
	await stage.asksWhen(order, ([ask]) => ask?.rev === 2);
	expect(await page.evaluate(() => Object(window).added())).toEqual(["afterword"]);
	expect(await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual([
		`afterword:${stage.collector.site.publicKey}`,
	]);
	expect(await page.evaluate(() => [document.cookie, history.length, location.hash])).toEqual(["", expect.any(Number), ""]);
});
