import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { INSTALLED, launchKeepingBrowser } from "../harness/browser.ts";
import { type Stage, setStage, whenShown } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
	expect(await stage.collector.drift()).toEqual([]);
});
afterAll(() => stage.stop());

const pageWith = (attributes: string) => stage.shop.serve({ body: stage.tag(attributes) });

test.skipIf(!INSTALLED)(
	"an answer begun on a page that is left is stored once, and the page goes on with it when it is gone back to",
	async () => {
		const browser = await launchKeepingBrowser();
		try {
			const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
			const noises: string[] = [];
			page.on("pageerror", (error) => noises.push(error.message));
			page.on("console", (message) => noises.push(message.text()));
			await page.addInitScript(() => {
				const shown: string[] = [];
				Object.assign(window, { shown });
				addEventListener("pageshow", ({ persisted }) => shown.push(persisted ? "as it was left" : "anew"));
			});
			const shown = () => page.evaluate(() => Object(window).shown);

			await page.goto(pageWith('data-transaction="gone-back"'));
			await page.getByRole("radio", { name: "4" }).click();
			await page.getByLabel("Anything you would like to add?").fill("Too many");
			await page.goto(stage.shop.serve({ body: "" }));
			const [left] = await stage.asksWhen("gone-back", ([ask]) => ask?.comment !== null);
			expect(left).toMatchObject({ outcome: "4", comment: "Too many", drivers: [] });

			await page.goBack({ waitUntil: "commit" });
			await expect.poll(shown).toEqual(["anew", "as it was left"]);
			await page.getByLabel("Anything you would like to add?").fill("Too many steps");
			await page.getByRole("checkbox", { name: "Price" }).click();
			await page.getByRole("button", { name: "Done" }).click();
			await page.getByText("Thank you for your answer.").waitFor();
			const asks = await stage.asksWhen("gone-back", ([ask]) => ask?.comment === "Too many steps" && ask.drivers.length > 0);
			expect(asks).toMatchObject([{ id: left?.id, outcome: "4", comment: "Too many steps", drivers: ["price"] }]);

			await page.goForward({ waitUntil: "commit" });
			await page.goBack({ waitUntil: "commit" });
			await expect.poll(shown).toEqual(["anew", "as it was left", "as it was left"]);
			expect(await stage.asks("gone-back")).toEqual(asks);
			expect(noises).toEqual([]);
		} finally {
			await browser.close();
		}
	},
);

test("a page that comes back out of the browser's memory goes on with its ask", async () => {
	const { page } = await stage.shopper();
	await page.goto(pageWith('data-transaction="frozen"'));
	await whenShown(page);
	const turn = (type: string) => page.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
	await turn("pagehide");
	expect(await stage.asksWhen("frozen", (found) => found.length > 0)).toMatchObject([{ outcome: "ignored", rev: 0 }]);
	await turn("pageshow");
	await page.getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen("frozen", ([ask]) => ask?.rev === 1)).toMatchObject([{ outcome: "4", rev: 1 }]);
	await turn("pagehide");
	expect(await stage.asks("frozen")).toMatchObject([{ outcome: "4", rev: 1 }]);
});

test.for([
	["unanswered", "ignored"],
	["answered", "5"],
] as const)(
	"a page that is left %s asks for no lock on its way out, so that the browser can keep it for going back",
	async ([how, outcome]) => {
		const { page } = await stage.shopper();
		// A lock that is granted to a page in the browser's memory puts it out of there; Chromium's own word for it is JavaScriptExecution.
		await page.addInitScript(() => {
			const request = LockManager.prototype.request;
			let left = false;
			addEventListener("pagehide", () => {
				left = true;
				sessionStorage.setItem("left", "yes");
			});
			LockManager.prototype.request = function (this: LockManager, ...given: unknown[]) {
				if (left) sessionStorage.setItem("locks", "asked for");
				return Reflect.apply(request, this, given);
			};
		});
		await page.goto(pageWith(`data-transaction="way-out-${how}"`));
		await whenShown(page);
		if (how === "answered") await page.getByRole("radio", { name: "5" }).click();
		await page.goto(stage.shop.serve({ body: "" }));
		expect(await stage.asksWhen(`way-out-${how}`, (found) => found.length > 0)).toMatchObject([{ outcome }]);
		expect(await page.evaluate(() => [sessionStorage.getItem("left"), sessionStorage.getItem("locks")])).toEqual(["yes", null]);
	},
);
