import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { gateOf, type Shopper, type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

/** The hash of the release before: it remembered "survey transaction" so, and knew "scheme:origin" of the site's pages by it. */
function hashBefore(text: string): number {
	let value = 0x811c9dc5;
	for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193);
	return value;
}

/** An ask as the release before left it in a browser, five minutes ago: answered and confirmed, unless said otherwise. */
function leftAsk(transaction: string, changes: object = {}) {
	const shownAt = Date.now() - 5 * 60 * 1000;
	return {
		id: randomUUID(),
		key: hashBefore(`csat ${transaction}`),
		survey: "csat",
		version: 1,
		status: "answered",
		rev: 1,
		shownAt,
		origin: shownAt - 800,
		tick: 800.4000000953674,
		...changes,
	};
}

/** An answer that the release before could not deliver: the last tap of a page that was closed offline. */
function waitingAsk(transaction: string) {
	const ask = leftAsk(transaction);
	const waiting = {
		v: 1,
		site: stage.collector.site.publicKey,
		survey: ask.survey,
		version: 1,
		id: ask.id,
		rev: 1,
		status: "answered",
		score: 4,
		drivers: ["price"],
		comment: "",
		transaction,
		channel: "page",
		segments: { plan: "gold" },
		locale: "en",
		device: "desktop",
		page: `${stage.shop.origin}/orders/a`,
	};
	return { ...ask, waiting };
}

/** Puts what the release before remembered into a browser that has never run this one, and counts what is sent from then on. */
async function upgraded({ page }: Shopper, asks: object[]): Promise<{ sent: unknown[] }> {
	await page.goto(stage.shop.serve({ body: "" }));
	const name = `afterword:${stage.collector.site.publicKey}`;
	await page.evaluate(
		([key = "", memory = ""]) => localStorage.setItem(key, memory),
		[name, JSON.stringify({ quietUntil: 0, asks })],
	);
	const sent: unknown[] = [];
	page.on("request", (request) => {
		if (request.method() === "POST") sent.push(request.postDataJSON());
	});
	return { sent };
}

const open = (page: Page, transaction: string) =>
	page.goto(stage.shop.serve({ body: stage.tag(`data-transaction="${transaction}"`) }));

test("an answer that waits in a browser since the release before is delivered once", async () => {
	const shopper = await stage.shopper();
	const ask = waitingAsk("waiting");
	const { sent } = await upgraded(shopper, [ask]);
	await open(shopper.page, "waiting");
	expect(await gateOf(shopper.page)).toBe("closed");
	const stored = {
		status: "answered",
		outcome: "4",
		rev: 1,
		drivers: ["price"],
		comment: null,
		shownAt: expect.closeTo(ask.shownAt, -3),
	};
	expect(await stage.asksWhen("waiting", (found) => found.length > 0)).toMatchObject([stored]);
	await shopper.page.waitForFunction(() => !JSON.stringify({ ...localStorage }).includes("waiting"));

	await open(shopper.page, "waiting");
	expect(await gateOf(shopper.page)).toBe("closed");
	expect(sent).toMatchObject([{ ...ask.waiting, age_ms: expect.any(Number) }]);
	expect(await stage.asks("waiting")).toMatchObject([stored]);
	expect(await stage.collector.drift()).toEqual([]);
});

test("a transaction that was answered under the release before is not asked about again, and its clock goes on", async () => {
	const shopper = await stage.shopper();
	const { sent } = await upgraded(shopper, [leftAsk("answered-before")]);
	await open(shopper.page, "answered-before");
	expect(await gateOf(shopper.page)).toBe("closed");
	await open(shopper.page, "another");
	expect(await gateOf(shopper.page)).toBe("recent");
	expect(sent).toEqual([]);
});

test("a question that the release before left open is gone on with as the same ask", async () => {
	const shopper = await stage.shopper();
	const ask = leftAsk("left-open", { status: "shown", rev: 0 });
	const { sent } = await upgraded(shopper, [ask]);
	await open(shopper.page, "left-open");
	await shopper.page.getByRole("radio", { name: "5" }).click();
	const asks = await stage.asksWhen("left-open", (found) => found.length > 0);
	expect(asks).toMatchObject([{ outcome: "5", rev: 1, shownAt: expect.closeTo(ask.shownAt, -3) }]);
	expect(sent).toMatchObject([{ id: ask.id, rev: 1, status: "answered", score: 5 }]);
});

test("the widget of the release before, out of a cache, asks, and its answer goes on in the follow-up of this one", async () => {
	const { page, context } = await stage.shopper();
	const { line, shop, collector } = stage;
	const whole = await readFile(new URL("../harness/previous-release/whole.js", import.meta.url), "utf8");
	const origins = [line.url, shop.origin].map((origin) => hashBefore(`http:${origin}`));
	const replaced = { PUBLIC_KEY: collector.site.publicKey, COLLECTOR: line.url, ORIGINS: JSON.stringify(origins) };
	const body = Object.entries(replaced).reduce((text, [name, value]) => text.replace(name, value), whole);
	await context.route(`${line.url}/w/${collector.site.publicKey}.js`, (route) =>
		route.fulfill({ contentType: "text/javascript", body }),
	);
	const followUp = page.waitForResponse(/\.follow-up\.js/);
	await open(page, "old-widget");
	await page.getByRole("radio", { name: "2" }).click();
	expect((await followUp).status()).toBe(200);
	await page.getByRole("checkbox", { name: "Delivery options" }).click();
	await page.getByRole("checkbox", { name: "Price" }).click();
	await page.getByLabel("Anything you would like to add?").fill("Came late");
	await page.getByRole("button", { name: "Done" }).click();
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await stage.asksWhen("old-widget", ([ask]) => ask?.comment === "Came late")).toMatchObject([
		{ survey: "csat", status: "answered", outcome: "2", drivers: ["delivery", "price"], comment: "Came late" },
	]);
	expect(await collector.drift()).toEqual([]);
});
