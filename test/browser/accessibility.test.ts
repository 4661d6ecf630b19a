import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { findings } from "../harness/axe.ts";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

const DARK = "<style>@media (prefers-color-scheme: dark) { html { background: #15171a; color: #eee } }</style>";

test.for([
	["en", "light"],
	["en", "dark"],
	["ar", "light"],
	["ar", "dark"],
] as const)("axe finds nothing in any state (%s, %s)", async ([lang, colorScheme]) => {
	const order = `axe-${lang}-${colorScheme}`;
	const page = await stage.visit(
		{ lang, head: DARK, body: stage.tag(`data-survey="nps" data-transaction="${order}"`) },
		{ colorScheme, reducedMotion: "reduce" },
	);
	await page.getByRole("radio").first().waitFor();
	expect(await findings(page)).toEqual([]);
	await page.getByRole("radio", { name: "9" }).click();
	await page.getByRole("checkbox").first().click();
	expect(await findings(page)).toEqual([]);
	await page.locator("afterword-survey .done").click();
	await page.getByRole("radio").first().waitFor({ state: "detached" });
	expect(await findings(page)).toEqual([]);
});

test.for(["nps", "csat", "ces"])(
	"%s stands in one row on a narrow phone, without scrolling sideways, big enough to hit",
	async (survey) => {
		const page = await stage.visit(
			{
				head: "<style>body { margin: 16px }</style>",
				body: stage.tag(`data-survey="${survey}" data-transaction="narrow-${survey}"`),
			},
			{ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
		);
		const scores = page.locator("afterword-survey .scale label");
		await scores.first().waitFor();
		const boxes = await scores.evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().toJSON()));
		expect(new Set(boxes.map(({ top }) => top)).size).toBe(1);
		for (const { width, height, left, right } of boxes) {
			expect(width).toBeGreaterThanOrEqual(24);
			expect(height).toBeGreaterThanOrEqual(44);
			expect([left >= 0, right <= 320]).toEqual([true, true]);
		}
		await scores.last().tap();
		await page.getByRole("button", { name: "Done" }).waitFor();
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
		const dismiss = await stage.asksWhen(`narrow-${survey}`, (found) => found.length > 0);
		expect(dismiss).toMatchObject([{ segments: { device: "phone" } }]);
	},
);

test("nothing is chosen, and no score is coloured, before the shopper chooses", async () => {
	const page = await stage.visit(stage.tag('data-survey="nps" data-transaction="plain"'));
	await page.getByRole("radio").first().waitFor();
	expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
	const looks = await page
		.locator("afterword-survey .scale label")
		.evaluateAll((labels) =>
			labels.map((label) => [
				getComputedStyle(label).backgroundColor,
				getComputedStyle(label).color,
				getComputedStyle(label).borderColor,
			]),
		);
	expect(new Set(looks.map(String)).size).toBe(1);
});

test("in forced colours the chosen score stands out from the others", async () => {
	const page = await stage.visit(stage.tag('data-transaction="forced"'), { forcedColors: "active" });
	await page.getByRole("radio", { name: "4" }).click();
	const background = (name: string) =>
		page.locator("afterword-survey .scale label", { hasText: name }).evaluate((label) => getComputedStyle(label).backgroundColor);
	expect(await background("4")).not.toBe(await background("3"));
});

test("nothing moves for those who asked for no motion", async () => {
	const page = await stage.visit(stage.tag('data-transaction="still"'), { reducedMotion: "reduce" });
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByRole("button", { name: "Done" }).waitFor();
	const moving = await page.evaluate(() => document.querySelector("afterword-survey")?.shadowRoot?.getAnimations().length);
	expect(moving).toBe(0);
});
