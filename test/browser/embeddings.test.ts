import type { Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openShop, type Shop, type ShopPage } from "../harness/shop.ts";
import { gateOf, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
/** Pages of somebody else, which are not among the site's. */
let elsewhere: Shop;

beforeAll(async () => {
	stage = await setStage();
	elsewhere = await openShop();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(async () => {
	await elsewhere.stop();
	await stage.stop();
});

const title = "<title>Order</title>";
const source = () => `${stage.line.url}/w/${stage.collector.site.publicKey}.js`;
/** Where the question stands: the names of its parent, and of the element before it. */
const standing = (page: Page | Frame) =>
	page.evaluate(() => {
		const host = document.querySelector("afterword-survey");
		return [host?.parentElement?.localName, host?.previousElementSibling?.localName];
	});

/** Whole pages with a tag, and where the question stands on them. */
const PAGES: Readonly<Record<string, (tag: string) => ShopPage & { readonly at: readonly (string | undefined)[] }>> = {
	"without a doctype": (tag) => ({ document: `<html>${title}<body><p>Thanks</p>${tag}`, at: ["body", "script"] }),
	"whose tag is written while it is read": (tag) => ({
		body: `<script>document.write(${JSON.stringify(tag).replaceAll("</", "<\\/")})</script><p>More</p>`,
		at: ["main", "script"],
	}),
	"with an image named currentScript": (tag) => ({ body: `<img name="currentScript" alt="">${tag}`, at: ["main", "script"] }),
	"with a form named currentScript": (tag) => ({
		body: `<form name="currentScript"></form>${tag}`,
		at: ["main", "script"],
	}),
	"with a form named currentScript whose fields have names of its methods": (tag) => ({
		body: `<form name="currentScript"><input type="hidden" name="closest"></form>${tag}`,
		at: ["main", "script"],
	}),
	"with the tag in the head": (tag) => ({ head: tag, body: "<p>Thanks</p>", at: ["main", "p"] }),
	"with the tag in the head and no main part": (tag) => ({
		document: `<!doctype html><head>${title}${tag}</head><body><p>Thanks</p></body>`,
		at: ["body", "p"],
	}),
	"with the tag between head and body": (tag) => ({
		document: `<!doctype html><html><head>${title}</head>${tag}<body><p>Thanks</p></body></html>`,
		at: ["body", "p"],
	}),
	"with the tag after the body": (tag) => ({
		document: `<!doctype html><html><head>${title}</head><body><p>Thanks</p></body>${tag}</html>`,
		at: ["body", "script"],
	}),
	"with the tag after everything": (tag) => ({
		document: `<!doctype html><html><head>${title}</head><body><p>Thanks</p></body></html>${tag}`,
		at: ["body", "script"],
	}),
	"that puts the tag in from a template": (tag) => ({
		body: `<template>${tag}</template><div></div>
			<script>document.querySelector("div").append(document.querySelector("template").content.cloneNode(true))</script>`,
		at: ["div", "script"],
	}),
	"whose tag is a module": (tag) => ({ body: tag.replace("async", 'type="module"'), at: ["main", "script"] }),
	"whose tag is a module in the head": (tag) => ({
		head: tag.replace("async", 'type="module" async'),
		body: "<p>Hi</p>",
		at: ["main", "p"],
	}),
	"whose tag waits for the page": (tag) => ({ body: tag.replace("async", "defer"), at: ["main", "script"] }),
	"whose tag stops the page": (tag) => ({ body: tag.replace("async", ""), at: ["main", "script"] }),
	"whose tag manager puts the tag before the first script": (tag) => ({
		head: `<script>
			const made = document.createRange().createContextualFragment(${JSON.stringify(tag).replaceAll("</", "<\\/")}).firstChild;
			document.querySelector("script").before(made);
		</script>`,
		body: "<p>Thanks</p>",
		at: ["main", "p"],
	}),
	"whose tag is taken out as soon as it was put in": (tag) => ({
		body: `<p>Thanks</p><script>
			const made = document.createRange().createContextualFragment(${JSON.stringify(tag).replaceAll("</", "<\\/")}).firstChild;
			document.body.append(made);
			made.remove();
		</script>`,
		at: ["main", "p"],
	}),
	"in XML": (tag) => ({
		headers: { "content-type": "application/xhtml+xml" },
		document: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head>${title}</head>
			<body><p>Thanks</p>${tag.replace("async", 'async="async"')}</body></html>`,
		at: ["body", "script"],
	}),
};

test.for(Object.keys(PAGES))("a page %s is asked where it should be, and its answer is stored whole", async (name) => {
	const order = name.replace(/\W/g, "-").slice(0, 64);
	const made = PAGES[name]?.(stage.tag(`data-transaction="${order}"`));
	const { page } = await stage.shopper();
	await page.goto(stage.shop.serve(made ?? {}));
	await page.getByRole("radio").first().waitFor();
	expect(await standing(page)).toEqual(made?.at);
	const [first] = await page.locator("afterword-survey .scale label").all();
	expect((await first?.boundingBox())?.height).toBe(44);
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByRole("checkbox", { name: "Price" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await stage.asksWhen(order, ([ask]) => ask?.rev === 2)).toMatchObject([{ outcome: "4", drivers: ["price"] }]);
});

/** A page with another in a frame. */
const framing = (address: string, attributes = "") => ({
	body: `<iframe title="Feedback" src="${address}" width="700" height="600" ${attributes}></iframe>`,
});

test.for(["same", "another"] as const)(
	"the shop's page in a frame of %s origin is asked, and is the page of the answer",
	async (origin) => {
		const inner = stage.shop.serve({ body: stage.tag(`data-transaction="framed-${origin}"`) });
		const { page } = await stage.shopper();
		await page.goto((origin === "same" ? stage.shop : elsewhere).serve(framing(inner)));
		await page.frameLocator("iframe").getByRole("radio", { name: "4" }).click();
		expect(await stage.asksWhen(`framed-${origin}`, (found) => found.length > 0)).toMatchObject([{ outcome: "4", page: inner }]);
		expect(await page.locator("body > main > afterword-survey").count()).toBe(0);
	},
);

test("somebody else's page in a frame of the shop's is not asked", async () => {
	const { page } = await stage.shopper();
	await page.goto(stage.shop.serve(framing(elsewhere.serve({ body: stage.tag('data-transaction="foreign"') }))));
	const [, frame] = page.frames();
	await frame?.waitForFunction(() => Object(window).afterword?.("why") === "origin");
	expect(await frame?.locator("afterword-survey").count()).toBe(0);
	expect(await stage.asks("foreign")).toEqual([]);
});

test("a page in a sandbox, which has no origin of its own to answer from, is not asked", async () => {
	const inner = stage.shop.serve({ body: stage.tag('data-transaction="sandboxed"') });
	const { page } = await stage.shopper();
	await page.goto(stage.shop.serve(framing(inner, 'sandbox="allow-scripts"')));
	const [, frame] = page.frames();
	await frame?.waitForFunction(() => Object(window).afterword?.("why"));
	expect(await frame?.evaluate(() => Object(window).afterword("why"))).toBe("origin");
	expect(await frame?.locator("afterword-survey").count()).toBe(0);
	expect(await stage.asks("sandboxed")).toEqual([]);
});

test("a tag in a shadow root cannot tell where it stands, and asks nothing; it still brings the commands", async () => {
	const page = await stage.visit(`<div></div><script>
		const made = Object.assign(document.createElement("script"), { src: "${source()}" });
		made.dataset.transaction = "closed-root";
		document.querySelector("div").attachShadow({ mode: "closed" }).append(made);
	</script>`);
	await page.waitForFunction(() => Object(window).afterword);
	await page.evaluate(() => Object(window).afterword("ask", { transaction: "closed-root" }));
	await page.getByRole("radio", { name: "4" }).click();
	expect(await standing(page)).toEqual(["main", "p"]);
	expect(await stage.asksWhen("closed-root", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
});

test("an element in a closed shadow root asks there", async () => {
	const stub = "window.afterword = function () { (afterword.q = afterword.q || []).push(arguments) };";
	const page = await stage.visit(`${stage.tag()}<div></div><script>
		${stub}
		window.root = document.querySelector("div").attachShadow({ mode: "closed" });
		root.innerHTML = '<afterword-survey transaction="inside"></afterword-survey>';
	</script>`);
	await page.waitForFunction(() => Object(window).afterword("why") === "due");
	expect(await page.evaluate(() => Object(window).root.innerHTML)).toContain("afterword-survey");
	const label = await page.waitForFunction(
		() => Object(window).root.querySelector("afterword-survey")?.shadowRoot?.querySelectorAll(".scale label")[3],
	);
	await label.asElement()?.click();
	expect(await stage.asksWhen("inside", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
	expect(await page.locator("afterword-survey").count()).toBe(0);
});

test("a comment begun before the page went into the browser's memory is saved then, and gone on with after", async () => {
	const page = await stage.visit(stage.tag('data-transaction="memory"'));
	const turn = (type: string) => page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
	await page.getByRole("radio", { name: "4" }).click();
	const comment = page.getByLabel("Anything you would like to add?");
	await comment.fill("Half a");
	await turn("pagehide");
	expect(await stage.asksWhen("memory", ([ask]) => ask?.comment !== null)).toMatchObject([{ comment: "Half a", rev: 2 }]);
	await turn("pageshow");
	await comment.pressSequentially(" sentence");
	await page.getByRole("button", { name: "Done" }).click();
	expect(await stage.asksWhen("memory", ([ask]) => ask?.rev === 3)).toMatchObject([{ comment: "Half a sentence", rev: 3 }]);
	for (const type of ["pagehide", "pageshow"]) await turn(type);
	expect(await gateOf(page)).toBe("due");
	expect(await stage.asks("memory")).toMatchObject([{ outcome: "4", comment: "Half a sentence", rev: 3 }]);
});

test.for(["inline", "corner"])("a printed page has no trace of a question that stands %s", async (placement) => {
	const page = await stage.visit(stage.tag(`data-transaction="printed-${placement}" data-placement="${placement}"`));
	await whenShown(page);
	const height = () => page.locator("main").evaluate((main) => main.scrollHeight);
	const onScreen = await height();
	await page.emulateMedia({ media: "print" });
	expect(await page.locator("afterword-survey .card").isVisible()).toBe(false);
	const printed = await height();
	await page.evaluate(() => document.querySelector("afterword-survey")?.remove());
	expect(await height()).toBe(printed);
	expect(onScreen > printed).toBe(placement === "inline");
});
