import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
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

/** The stub that a page may put in before the script, and what it says to it. */
const stub = (...said: string[]) =>
	`<script>window.afterword = window.afterword || function () { (afterword.q = afterword.q || []).push(arguments) };
	${said.map((what) => `afterword(${what});`).join("\n")}</script>`;

/** Says a command to the page's widget, and gives its answer. */
const say = (page: Page, ...what: unknown[]): Promise<unknown> => page.evaluate((all) => Object(window).afterword(...all), what);

/** Waits until the script has run, and whatever it asks by itself has come. */
async function whenRun(page: Page): Promise<void> {
	await page.waitForFunction(() => Object(window).afterword?.sites);
	await page.waitForTimeout(400);
}

const questions = (page: Page) => page.locator("afterword-survey").count();

test.for(["", ".lazy"] as const)("what the page says before the script has come is done once it comes (%s.js)", async (build) => {
	const order = build ? 10_012 : 10_011;
	const ask = `"ask", { survey: "nps", transaction: ${order}, customer: "c-9", "segment-plan": "gold" }`;
	const page = await stage.visit(stub(ask) + stage.tag("", build));
	await page.getByRole("radio", { name: "8" }).click();
	const asks = await stage.asksWhen(`${order}`, (found) => found.length > 0);
	expect(asks).toMatchObject([{ survey: "nps", outcome: "8", customer: "c-9", segments: { plan: "gold", channel: "page" } }]);
});

test.for(["", ".lazy"] as const)(
	"beside a stub a tag without options asks nothing until it is told to (%s.js)",
	async (build) => {
		const page = await stage.visit(stub() + stage.tag("data-debug", build));
		await whenRun(page);
		expect([await questions(page), await say(page, "why")]).toEqual([0, undefined]);
		await say(page, "ask", { survey: "ces", transaction: `told${build}` });
		await page.getByRole("radio", { name: "6" }).click();
		expect(await stage.asksWhen(`told${build}`, (found) => found.length > 0)).toMatchObject([{ survey: "ces", outcome: "6" }]);
	},
);

test("beside a stub a tag with options asks all the same", async () => {
	const page = await stage.visit(stub() + stage.tag('data-transaction="with-options"'));
	await page.getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen("with-options", (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
});

test("each option of the table makes a tag ask beside a stub; what others write at it does not", async () => {
	const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
	const [, rows = ""] = /\n\| option \| \|\n((?:\|.*\n)+)/.exec(readme) ?? [];
	const options = rows.split("\n").flatMap((row) => row.split("|")[1]?.match(/(?<=`)[a-z-]+/g) ?? []);
	expect(options).toHaveLength(16);
	const others = ["nscript", "rh", "hid", "n-head", "cfasync", "cookieconsent", "turbo-track", "no-optimize", "element_type"];
	const names = [...options, ...others].map((name) => `data-${name.replace(/-$/, "-plan")}`);
	const frame = (name: string) => `<iframe title="${name}" srcdoc='${stub()}${stage.tag(`${name}="1"`)}'></iframe>`;
	const page = await stage.visit(names.map(frame).join(""));
	const frames = page.frames().slice(1);
	for (const each of frames) await each.waitForFunction(() => Object(window).afterword?.sites);
	const asked = await Promise.all(frames.map((each) => each.evaluate(() => Boolean(Object(window).afterword("why")))));
	expect(names.filter((_, i) => asked[i])).toEqual(names.slice(0, options.length).filter((name) => name !== "data-debug"));
});

test("a tag manager that puts the script in without a word says everything by command", async () => {
	const options = `{ survey: "nps", transaction: "by-manager", customer: "c-5", "segment-plan": "silver", locale: "ar", placement: "corner" }`;
	const src = `${stage.line.url}/w/${stage.collector.site.publicKey}.js`;
	const inject = `<script>(function (first) {
		var tag = document.createElement("script");
		tag.async = true;
		tag.src = "${src}";
		first.parentNode.insertBefore(tag, first);
	})(document.getElementsByTagName("script")[0])</script>`;
	const page = await stage.visit({ head: stub(`"ask", ${options}`) + inject, body: "<p>Text</p>" });
	const corner = page.getByRole("complementary");
	await corner.getByRole("radio", { name: "9" }).click();
	expect(await corner.getAttribute("lang")).toBe("ar");
	const asks = await stage.asksWhen("by-manager", (found) => found.length > 0);
	expect(asks).toMatchObject([{ survey: "nps", outcome: "9", customer: "c-5", segments: { plan: "silver", locale: "ar" } }]);
});

test("`element` names where the question shall stand", async () => {
	const page = await stage.visit(`${stub()}<section id="place"><p>Text</p></section>${stage.tag()}`);
	await whenRun(page);
	await say(page, "ask", { transaction: "placed", element: "#place" });
	await page.getByRole("radio").first().waitFor();
	expect(await page.evaluate(() => document.querySelector("#place")?.lastElementChild?.localName)).toBe("afterword-survey");
});

test.for(["#nowhere", "<<", "1st"])("a selector that leads nowhere (%s) costs no answer", async (selector) => {
	const order = `nowhere-${selector.length}${selector.charCodeAt(0)}`;
	const tag = stage.tag(`data-transaction="${order}" data-element="${selector}"`).replace(" async", "");
	const page = await stage.visit({ head: tag, body: "<p>Text</p>" });
	await page.getByRole("radio", { name: "3" }).click({ timeout: 5_000 });
	expect(await stage.asksWhen(order, (found) => found.length > 0)).toMatchObject([{ outcome: "3" }]);
});

test("a question that is closed by command is gone, and can be asked for again", async () => {
	const page = await stage.visit(stage.tag('data-transaction="closed"'));
	await page.getByRole("radio").first().waitFor();
	expect(await say(page, "why")).toBe("due");
	await say(page, "close");
	expect(await questions(page)).toBe(0);
	await say(page, "ask", { transaction: "closed" });
	await page.getByRole("radio", { name: "2" }).click();
	expect(await stage.asksWhen("closed", (found) => found.length > 0)).toMatchObject([{ outcome: "2" }]);
});

test.for(["", ".lazy"] as const)(
	"a question closed before it has come does not come, unless it is asked for again (%s.js)",
	async (build) => {
		const page = await stage.visit(stub('"ask", { transaction: "not-yet" }', '"close"') + stage.tag("", build));
		await whenRun(page);
		expect(await questions(page)).toBe(0);
		await page.evaluate(() => {
			for (const command of ["ask", "close", "ask"]) Object(window).afterword(command, { transaction: "not-yet" });
		});
		await page.getByRole("radio").first().waitFor();
		await page.waitForTimeout(300);
		expect(await questions(page)).toBe(1);
	},
);

test.for(["", ".lazy"] as const)(
	"without consent nothing is shown and nothing kept; with it the tag asks its question (%s.js)",
	async (build) => {
		const page = await stage.visit(
			stage.tag(`data-survey="ces" data-transaction="consent${build}" data-consent="pending"`, build),
		);
		expect(await gateOf(page)).toBe("consent");
		await page.waitForTimeout(1_500);
		expect(await questions(page)).toBe(0);
		expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ""]);
		await say(page, "consent", "granted");
		await whenShown(page);
		await page.getByRole("radio", { name: "7" }).click();
		expect(await stage.asksWhen(`consent${build}`, (found) => found.length > 0)).toMatchObject([{ survey: "ces", outcome: "7" }]);
	},
);

test("consent that was granted before the script has come is granted; what is taken back holds the next question", async () => {
	const page = await stage.visit(stub('"consent", "granted"') + stage.tag('data-transaction="early" data-consent="pending"'));
	await page.getByRole("radio").first().waitFor();
	await say(page, "close");
	await say(page, "consent", "denied");
	await say(page, "ask", { transaction: "late" });
	await page.waitForTimeout(300);
	expect([await questions(page), await say(page, "why")]).toEqual([0, "consent"]);
});

test("`debug` logs one line, which is the reason", async () => {
	const page = await stage.visit(stage.tag('data-transaction="debug" data-debug'));
	await page.getByRole("radio", { name: "2" }).click();
	await stage.asksWhen("debug", (found) => found.length > 0);
	expect(await stage.clear()).toEqual(["info: afterword: due"]);
	const quiet = await stage.visit(stub());
	await quiet.addScriptTag({ url: `${stage.line.url}/w/${stage.collector.site.publicKey}.js` });
	await whenRun(quiet);
	await say(quiet, "ask", { transaction: "no-debug", debug: false });
	await quiet.getByRole("radio").first().waitFor();
	expect(await stage.clear()).toEqual([]);
});
