import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { bundle } from "../../harness/bundle.ts";
import { example } from "../../harness/example.ts";
import { type Stage, setStage } from "../../harness/stage.ts";

const file = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url)));

/** An app with the example's page and its component, driven from outside: `show(null)` unmounts. */
const REACT = `
	import { createElement, StrictMode } from "react";
	import { createRoot } from "react-dom/client";
	import { AfterwordSurvey } from ${file("react/afterword-survey.tsx")};
	import { OrderConfirmation } from ${file("react/order-confirmation.tsx")};
	const root = createRoot(document.querySelector("#app"));
	const heard = (window.heard = []);
	const hears = Object.fromEntries(["onShown", "onAnswered", "onDismissed"].map((name) => [name, (said) => heard.push([name, said])]));
	window.show = (what) => root.render(createElement(StrictMode, null, what));
	window.page = (props) => createElement(OrderConfirmation, props);
	window.survey = (props) => createElement("main", null, createElement(AfterwordSurvey, { ...props, ...hears }));`;

/** Next's page, rendered in the browser, with what `next/script` makes of a script that is to come after the page is alive. */
const NEXT = `
	import { createRoot } from "react-dom/client";
	import Confirmation from ${file("next/app/order/confirmation/page.tsx")};
	const root = createRoot(document.querySelector("#app"));
	window.show = async (order) => root.render(await Confirmation({ searchParams: Promise.resolve({ order }) }));`;
const SCRIPT = `
	import { useEffect } from "react";
	export default function Script({ src }) {
		useEffect(() => {
			const script = Object.assign(document.createElement("script"), { src });
			script.setAttribute("data-nscript", "afterInteractive");
			document.body.append(script);
		}, [src]);
	}`;

let stage: Stage;
let react: string;
let next: string;
let src: string;
beforeAll(async () => {
	stage = await setStage();
	src = `${stage.line.url}/w/${stage.collector.site.publicKey}.js`;
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ ask_again_days: 0 }) });
	react = await bundle("app", { jsx: "react", virtual: { app: REACT } });
	const made = (await bundle("app", { jsx: "react", virtual: { app: NEXT, "next/script": SCRIPT } })).replace(
		/process\.env\.NEXT_PUBLIC_AFTERWORD/g,
		JSON.stringify(src),
	);
	next = made;
});
afterEach(async () => expect((await stage.clear()).filter((noise) => !/React DevTools/.test(noise))).toEqual([]));
afterAll(() => stage.stop());

const script = (code: string) => `<script type="module">${code.replaceAll("</script", "<\\/script")}</script>`;

async function open(app: string): Promise<Page> {
	const page = await stage.visit(`<div id="app"></div>${script(app)}`);
	await page.waitForFunction(() => "show" in window);
	return page;
}

type Maker = "page" | "survey";
const show = (page: Page, make: Maker, props: object) =>
	page.evaluate(([make, props]) => Object(window).show(Object(window)[make](props)), [make, props] as const);
const unmount = (page: Page) => page.evaluate(() => Object(window).show(null));
const questions = (page: Page) => page.locator("afterword-survey").getByRole("radio").count();

async function answer(page: Page, transaction: string, score = "4") {
	await page.locator("afterword-survey").getByRole("radio", { name: score }).click();
	return stage.asksWhen(transaction, (found) => found.length > 0);
}

test("the order confirmation asks once, under StrictMode too, stores the answer and hears of it", async () => {
	const page = await open(react);
	await show(page, "page", { order: { number: "react-1" }, src });
	expect(await answer(page, "react-1")).toMatchObject([{ outcome: "4", status: "answered" }]);
	await page.getByText("You said 4.").waitFor();
	expect(await page.evaluate(() => document.querySelectorAll("script[src*='/w/']").length)).toBe(1);
	expect(await questions(page)).toBe(5);
});

test("every option goes with the question, and every event comes back", async () => {
	const page = await open(react);
	const given = { survey: "nps", customer: "c-9", locale: "ar", segments: { plan: "gold" } };
	await show(page, "survey", { src, transaction: "react-2", ...given });
	expect(await answer(page, "react-2", "9")).toMatchObject([
		{ survey: "nps", outcome: "9", customer: "c-9", segments: { plan: "gold", locale: "ar" } },
	]);
	expect(await page.evaluate(() => Object(window).heard)).toEqual([
		["onShown", { survey: "nps" }],
		["onAnswered", { survey: "nps", score: 9 }],
	]);
});

test("after a change of the route another order is another question, and one already answered none", async () => {
	const page = await open(react);
	await show(page, "page", { order: { number: "react-3" }, src });
	await answer(page, "react-3");
	await page.evaluate(() => history.pushState({}, "", "/orders/next"));
	await show(page, "page", { order: { number: "react-4" }, src });
	expect(await answer(page, "react-4", "2")).toMatchObject([{ outcome: "2" }]);
	await show(page, "page", { order: { number: "react-3" }, src });
	await page.waitForFunction(() => Object(window).afterword("why") === "closed");
	expect([await questions(page), await stage.asks("react-3")]).toEqual([0, [expect.objectContaining({ outcome: "4" })]]);
});

test.for(["inline", "corner"] as const)("a component that is unmounted takes its question with it: %s", async (placement) => {
	const page = await open(react);
	await show(page, "survey", { src, transaction: `react-${placement}`, placement });
	await page.locator("afterword-survey").getByRole("radio").first().waitFor();
	await unmount(page);
	await page.waitForFunction(() => document.querySelectorAll("afterword-survey").length === 0);
	await show(page, "survey", { src, transaction: `react-${placement}-b`, placement });
	expect(await answer(page, `react-${placement}-b`)).toMatchObject([{ outcome: "4" }]);
});

test("a component that is gone before its script has come leaves nothing behind", async () => {
	const page = await open(react);
	let go = () => {};
	const gone = new Promise<void>((resolve) => {
		go = resolve;
	});
	await page.route("**/w/*.js", async (route) => {
		await gone;
		await route.continue();
	});
	await show(page, "survey", { src, transaction: "react-gone" });
	await page.waitForFunction(() => document.querySelector("script[src*='/w/']"));
	await unmount(page);
	go();
	await page.waitForFunction(() => "sites" in Object(window).afterword);
	expect(await page.evaluate(() => [document.querySelectorAll("afterword-survey").length, localStorage.length])).toEqual([0, 0]);
});

test("Next's order confirmation asks about the order of its address, and about the next where that changes", async () => {
	const page = await open(next);
	for (const [order, score] of [
		["next-1", "5"],
		["next-2", "3"],
	] as const) {
		await page.evaluate((order) => Object(window).show(order), order);
		await page.getByText(`Your order ${order} is on its way.`).waitFor();
		expect(await answer(page, order, score)).toMatchObject([{ outcome: score }]);
	}
});

test("both have the same types of the element", async () => {
	expect(await example("next/afterword.d.ts")).toBe(await example("react/afterword.d.ts"));
});
