import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
	await stage.collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ ask_again_days: 0 }) });
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const BUILDS = ["", ".lazy"] as const;

/** By its stub a page says that it speaks by commands or elements: into shadows the tag cannot look. */
const STUB = "<script>window.afterword = function () { (afterword.q = afterword.q || []).push(arguments) }</script>";

/** Answers the one question of the page, and gives what was stored of the transaction. */
async function answer(page: Page, transaction: string, score = "4") {
	await page.getByRole("radio", { name: score }).click();
	return stage.asksWhen(transaction, ([ask]) => ask?.status === "answered");
}

test.for(BUILDS)("the element asks where it stands, with what its attributes say (%s.js)", async (build) => {
	const order = `stands${build}`;
	const element = `<afterword-survey survey="nps" transaction="${order}" customer="c-3" segment-plan="gold" locale="ar"></afterword-survey>`;
	const page = await stage.visit(`<section>${element}<p>After</p></section>${stage.tag("", build)}`);
	const asks = await answer(page, order, "7");
	expect(asks).toMatchObject([{ survey: "nps", outcome: "7", customer: "c-3", segments: { plan: "gold", locale: "ar" } }]);
	expect(await page.locator("afterword-survey").count()).toBe(1);
	expect(await page.evaluate(() => document.querySelector("section")?.firstElementChild?.localName)).toBe("afterword-survey");
});

test.for(BUILDS)("an element put in later asks, though its attributes are set right after (%s.js)", async (build) => {
	const page = await stage.visit(
		`<afterword-survey consent="pending"></afterword-survey><div id="app"></div>${stage.tag("", build)}`,
	);
	expect(await gateOf(page)).toBe("consent");
	await page.evaluate((transaction) => {
		const element = document.createElement("afterword-survey");
		document.querySelector("#app")?.append(element);
		element.setAttribute("survey", "ces");
		queueMicrotask(() => element.setAttribute("transaction", transaction));
	}, `later${build}`);
	expect(await answer(page, `later${build}`, "6")).toMatchObject([{ survey: "ces", outcome: "6" }]);
	expect(await page.locator("#app afterword-survey .card").count()).toBe(1);
});

test("an element that is moved keeps its question and what was chosen", async () => {
	const page = await stage.visit(`<afterword-survey transaction="moved"></afterword-survey><div id="app"></div>${stage.tag()}`);
	await whenShown(page);
	const move = () =>
		page.evaluate(() => document.querySelector("#app")?.append(document.querySelector("afterword-survey") ?? ""));
	await move();
	expect(await answer(page, "moved", "2")).toMatchObject([{ outcome: "2", rev: 1 }]);
	await move();
	expect(await page.getByRole("radio", { name: "2" }).isChecked()).toBe(true);
	await page.getByRole("checkbox", { name: "Price" }).click();
	expect(await stage.asksWhen("moved", ([ask]) => ask?.rev === 2)).toMatchObject([{ drivers: ["price"] }]);
	expect(await stage.asks("moved")).toHaveLength(1);
});

/** Takes the element out, and puts a new one or the same in for another transaction, as a route change does. */
const nextRoute = (page: Page, transaction: string, same: boolean) =>
	page.evaluate(
		({ transaction, same }) => {
			const element = document.querySelector("afterword-survey");
			const parent = element?.parentElement;
			element?.remove();
			history.pushState(null, "", `?order=${transaction}`);
			const next = (same && element) || document.createElement("afterword-survey");
			parent?.append(next);
			next.setAttribute("transaction", transaction);
		},
		{ transaction, same },
	);

test.for([
	["a new element", false],
	["the same element", true],
] as const)("%s, put in for another transaction, asks about that one", async ([, same]) => {
	const [first, second] = [`route-a-${same}`, `route-b-${same}`];
	const page = await stage.visit(`<div><afterword-survey transaction="${first}"></afterword-survey></div>${stage.tag()}`);
	expect(await answer(page, first, "5")).toMatchObject([{ outcome: "5" }]);
	await nextRoute(page, second, same);
	await expect.poll(() => page.getByRole("radio", { checked: true }).count()).toBe(0);
	expect(await answer(page, second, "1")).toMatchObject([{ outcome: "1", rev: 1 }]);
	expect(await stage.asks(first)).toMatchObject([{ outcome: "5", rev: 1 }]);
});

test.for(BUILDS)("an element that is taken out before its question has come asks nowhere (%s.js)", async (build) => {
	const page = await stage.visit(`<afterword-survey consent="pending"></afterword-survey>${stage.tag("", build)}`);
	expect(await gateOf(page)).toBe("consent");
	const put = (stay: boolean) =>
		page.evaluate(
			({ build, stay }) => {
				const element = document.createElement("afterword-survey");
				element.setAttribute("transaction", `taken-out${build}`);
				document.querySelector("main")?.append(element);
				if (!stay) element.remove();
			},
			{ build, stay },
		);
	await put(false);
	await page.waitForTimeout(500);
	expect(await page.getByRole("radio").count()).toBe(0);
	await put(true);
	expect(await answer(page, `taken-out${build}`)).toMatchObject([{ outcome: "4" }]);
});

test.for(["open", "closed"] as const)(
	"inside the %s shadow of another component the element asks where it stands",
	async (mode) => {
		const component = `<order-status></order-status><script>
		customElements.define("order-status", class extends HTMLElement {
			constructor() {
				super();
				const root = this.attachShadow({ mode: "${mode}" });
				const element = document.createElement("afterword-survey");
				element.setAttribute("transaction", "in-shadow-${mode}");
				root.append(element);
				window.standsThere = () => root.contains(element) && !!element.shadowRoot;
			}
		});
	</script>`;
		const page = await stage.visit(STUB + component + stage.tag());
		await page.waitForFunction(() => Object(window).standsThere(), null, { timeout: 5_000 });
		const radio = await page.evaluateHandle(() => document.querySelector("order-status")?.getBoundingClientRect().height);
		expect(await radio.jsonValue()).toBeGreaterThan(100);
		if (mode === "open") expect(await answer(page, "in-shadow-open")).toMatchObject([{ outcome: "4" }]);
	},
);

/** Adds up how much the page's layout has shifted without the shopper's doing. */
const MEASURE = `<script>
	window.shift = 0;
	new PerformanceObserver((list) => {
		for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shift += value;
	}).observe({ type: "layout-shift", buffered: true });
</script>`;

test.for(BUILDS)("an element that keeps its place free shifts nothing when the question comes (%s.js)", async (build) => {
	const shiftWith = async (style: string, order: string) => {
		const body = `<afterword-survey transaction="${order}" style="${style}"></afterword-survey><p>Text</p>${stage.tag("", build)}`;
		const { page } = await stage.shopper();
		// The page is drawn before the script comes, as it is over a real line.
		await page.route(/\/w\/aw_pub/, async (route) => {
			await new Promise((later) => setTimeout(later, 200));
			await route.continue();
		});
		await page.goto(stage.shop.serve({ head: MEASURE, body }));
		await page.getByRole("radio").first().waitFor();
		await page.waitForTimeout(300);
		return page.evaluate(() => Number(Object(window).shift));
	};
	expect(await shiftWith("display: block; min-height: 11em", `still${build}`)).toBe(0);
	expect(await shiftWith("", `shifting${build}`)).toBeGreaterThan(0);
});

test("two elements ask one question", async () => {
	const element = '<afterword-survey transaction="one-of-two"></afterword-survey>';
	const page = await stage.visit(element + element + stage.tag());
	await page.getByRole("radio").first().waitFor();
	await page.waitForFunction(() => Object(window).afterword("why") === "again");
	expect(await page.getByRole("group").count()).toBe(1);
	expect(await answer(page, "one-of-two")).toHaveLength(1);
});

test.for([
	["while it asks", "inline", ""],
	["while it asks in the corner", "corner", ""],
	["after a dismissal", "inline", "No, thanks"],
	["after a dismissal in the corner", "corner", "No, thanks"],
	["after a command has closed it", "inline", "close"],
] as const)("who has put the element in can take it out again, and no question is left: %s", async ([when, placement, end]) => {
	const element = `<afterword-survey transaction="${when.replaceAll(" ", "-")}" placement="${placement}"></afterword-survey>`;
	const page = await stage.visit(`<div id="app">${element}</div>${stage.tag()}`);
	await page.evaluate(() => {
		Object(window).mine = document.querySelector("afterword-survey");
	});
	await page.getByRole("radio").first().waitFor();
	if (end === "close") await page.evaluate(() => Object(window).afterword("close"));
	else if (end) await page.getByRole("button", { name: end }).click();
	if (end) expect(await page.getByRole("radio").count()).toBe(0);
	await page.evaluate(() => document.querySelector("#app")?.removeChild(Object(window).mine));
	expect(await page.getByRole("radio").count()).toBe(0);
});

test("what an element hears bubbles out of it, and it can be styled from the page", async () => {
	const head = "<style>afterword-survey { --afterword-accent: rgb(1, 2, 3) }</style>";
	const body = `<div id="app"><afterword-survey transaction="bubbling"></afterword-survey></div>${stage.tag()}`;
	const page = await stage.visit({ head, body }, { reducedMotion: "reduce" });
	await page.evaluate(() => {
		const app = document.querySelector("#app");
		app?.addEventListener("afterword:answered", ({ target }) => app.setAttribute("data-heard", Object(target).localName));
	});
	expect(await answer(page, "bubbling", "3")).toMatchObject([{ outcome: "3" }]);
	expect(await page.locator("#app").getAttribute("data-heard")).toBe("afterword-survey");
	expect(await page.locator("afterword-survey .on").evaluate((on) => getComputedStyle(on).backgroundColor)).toBe("rgb(1, 2, 3)");
});
