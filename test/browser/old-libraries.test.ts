import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

/** Serves a library that npm brought from the shop, and gives its script tag. */
async function library(file: string | URL): Promise<string> {
	const path = typeof file === "string" ? createRequire(import.meta.url).resolve(file) : file;
	const headers = { "content-type": "text/javascript" };
	return `<script src="${stage.shop.serve({ document: await readFile(path, "utf8"), headers })}"></script>`;
}

const script = (code: string) => `<script>${code}</script>`;

/** What stands in the head of a page, by what it is known for. */
const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
	"Prototype 1.6": () => library(new URL("../harness/old-prototype.js", import.meta.url)),
	"MooTools 1.5": async () =>
		script("var exports = window") + (await library("mootools")) + script("Array.implement({ clone() { return this.slice() } })"),
	"jQuery, with its $ given back to another": async () =>
		script("var $ = (id) => document.getElementById(id)") + (await library("jquery")) + script("jQuery.noConflict()"),
	RequireJS: () => library("requirejs/require.js"),
	"a JSON of its own": () =>
		script(`const { parse, stringify } = JSON;
			window.JSON = { parse: (text) => parse(text), stringify: (...what) => stringify(...what), toString: () => "json2" };`),
	"properties added to every object": () =>
		script(`Object.prototype.extend = function (more) { return Object.assign(this, more) };
			Object.prototype.size = 7;
			Array.prototype.each = function (what) { for (let i = 0; i < this.length; i++) what(this[i]) };
			Array.prototype.extra = "enumerable";
			String.prototype.trimmed = function () { return this.trim() };`),
	"frozen prototypes": () =>
		script("for (const { prototype } of [Object, Array, String, Function, Promise, Event, Element]) Object.freeze(prototype);"),
};

/** The builds by turns: a page on which one has the whole ask is the other's for an answer that waits. */
const cases = Object.keys(PAGES).map((name, i) => {
	const builds = i % 2 === 0 ? (["", ".lazy"] as const) : ([".lazy", ""] as const);
	return { name, whole: builds[0], offline: builds[1] };
});

test.for(cases)(
	"on a page with $name the whole ask is stored as it was given, and the next page reads what was kept ($whole.js)",
	async ({ name, whole: build }) => {
		const order = `old-${Object.keys(PAGES).indexOf(name)}`;
		const head = (await PAGES[name]?.()) ?? "";
		const attributes = `data-survey="nps" data-transaction="${order}" data-segment-plan="gold" data-customer="c-1"`;
		const address = stage.shop.serve({ head, body: stage.tag(attributes, build) });
		const { page, context } = await stage.shopper();
		await page.goto(address);
		await page.getByRole("radio", { name: "8" }).click();
		await page.getByRole("radio", { name: "7" }).click();
		await page.getByRole("checkbox", { name: "Price" }).click();
		await page.getByRole("checkbox", { name: "Website" }).click();
		await page.getByLabel("Anything you would like to add?").fill('It was "fine", \\ mostly. 好 🙂');
		await page.getByRole("button", { name: "Done" }).click();
		await page.getByText("Thank you for your answer.").waitFor();

		const [ask, ...others] = await stage.asksWhen(order, ([first]) => first?.rev === 5);
		expect(others).toEqual([]);
		expect(ask).toMatchObject({
			survey: "nps",
			status: "answered",
			outcome: "7",
			drivers: ["price", "website"],
			comment: 'It was "fine", \\ mostly. 好 🙂',
			segments: { channel: "page", locale: "en", device: "desktop", plan: "gold" },
			customer: "c-1",
			page: address,
		});

		await page.waitForFunction(() => !Object.values({ ...localStorage }).some((kept) => `${kept}`.includes("waiting")));
		const [kept] = (await context.storageState()).origins.flatMap(({ localStorage }) => localStorage);
		expect(JSON.parse(kept?.value ?? "")).toMatchObject({ quietUntil: 0, asks: [{ survey: "nps", status: "answered", rev: 5 }] });
		const plain = stage.shop.serve({ body: stage.tag(attributes, build) });
		for (const next of [address, plain]) {
			await page.goto(next);
			expect(await gateOf(page)).toBe("closed");
		}
		expect(await stage.collector.drift()).toEqual([]);
	},
);

test.for(cases)(
	"an answer given offline on a page with $name arrives whole from a page without ($offline.js)",
	async ({ name, offline }) => {
		const order = `offline-${Object.keys(PAGES).indexOf(name)}`;
		const { page, context, noises } = await stage.shopper();
		await page.goto(
			stage.shop.serve({ head: (await PAGES[name]?.()) ?? "", body: stage.tag(`data-transaction="${order}"`, offline) }),
		);
		await whenShown(page);
		stage.line.cut();
		await page.getByRole("radio", { name: "2" }).click();
		await page.getByRole("checkbox", { name: "Price" }).click();
		await page.getByRole("checkbox", { name: "Checkout" }).click();
		await page.getByLabel("Anything you would like to add?").fill("Later");
		await page.getByRole("button", { name: "Done" }).click();
		await page.getByText("It will be sent as soon as you are online.").waitFor();
		await page.close();
		stage.line.mend();
		const next = await context.newPage();
		await next.goto(stage.shop.serve({ body: stage.tag("", offline) }));
		expect(await stage.asksWhen(order, (found) => found.length > 0)).toMatchObject([
			{ outcome: "2", drivers: ["price", "checkout"], comment: "Later" },
		]);
		// What the browser itself says of a connection that was cut is no noise of ours.
		noises.splice(0, noises.length, ...noises.filter((noise) => !noise.includes("net::ERR")));
	},
);

test("what a page adds to every object stands at no element of the survey", async () => {
	const head = (await PAGES["properties added to every object"]?.()) ?? "";
	const { page } = await stage.shopper();
	await page.goto(stage.shop.serve({ head, body: stage.tag('data-transaction="added"') }));
	await page.getByRole("radio", { name: "3" }).click();
	await page.getByRole("button", { name: "Done" }).waitFor();
	const named = await page.evaluate(() => {
		const elements = [...(document.querySelector("afterword-survey")?.shadowRoot?.querySelectorAll("*") ?? [])];
		return elements.flatMap((element) => element.getAttributeNames());
	});
	expect(named).toContain("tabindex");
	expect(named).not.toContain("size");
});

test("the widget gives a module loader no module, and takes none of its names", async () => {
	const head = (await library("requirejs/require.js")) + script("window.before = Object.getOwnPropertyNames(window)");
	const { page } = await stage.shopper();
	await page.goto(stage.shop.serve({ head, body: stage.tag('data-transaction="amd"') }));
	await page.getByRole("radio").first().waitFor();
	const found = await page.evaluate(() => {
		const { requirejs, before } = Object(window);
		return {
			defined: Object.keys(requirejs.s.contexts._.defined),
			queued: requirejs.s.contexts._.defQueue.length,
			globals: Object.getOwnPropertyNames(window).filter((name) => !before.includes(name) && name !== "before"),
		};
	});
	expect(found).toEqual({ defined: [], queued: 0, globals: ["afterword"] });
});
