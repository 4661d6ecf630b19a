import type { Locator, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SurveyScore } from "../../shared/score-contract.ts";
import { type Signer, tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { type OwnerBrowser, openOwnerBrowser } from "../harness/owner-browser.ts";
import { plainInterval, plainScore } from "../harness/plain-figures.ts";
import { openShop, type Shop } from "../harness/shop.ts";

const ANN = "ann@shop.example";
const COMMENT = "The box was crushed, and nobody called back.";

/** What five signed orders answer: Ann's first, then the others'. */
const SCORES = [2, 9, 10, 8, 10];

let collector: TestCollector;
let browser: OwnerBrowser;
let shop: Shop;
beforeEach(async () => {
	collector = await startCollector();
	for (const table of await tables()) if (table !== "d1_migrations") await collector.db.prepare(`DELETE FROM "${table}"`).run();
	browser = await openOwnerBrowser(collector);
	shop = await openShop();
});
afterEach(async () => {
	await shop.stop();
	await browser.stop();
	await collector.stop();
});

const tables = async () => {
	const named =
		"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'";
	return (await collector.db.prepare(named).all()).results.map((row) => String(row["name"]));
};

/** Where any of these texts stands in the database, as "table: text". */
async function whereabouts(...sought: string[]): Promise<string[]> {
	const scan = async (table: string) => {
		const { results } = await collector.db.prepare(`SELECT * FROM "${table}"`).all();
		return sought.filter((text) => JSON.stringify(results).includes(text)).map((text) => `${table}: ${text}`);
	};
	return (await Promise.all((await tables()).map(scan))).flat();
}

test.for([
	["with a script", true],
	["without a script", false],
] as const)(
	"an owner goes from an empty database to a low score resolved and its customer erased, %s",
	async ([, javaScriptEnabled]) => {
		const owner = await browser.logIn("operator", { javaScriptEnabled });
		const key = await setUp(owner);
		const tag = (await owner.locator("#code-html").textContent()) ?? "";
		expect(await answer(owner, tag.replace("{{ order_number }}", "T-1"), 10)).toBe("Thank you, your answer is saved.");
		await owner.getByText("First answer received").waitFor({ timeout: 30_000 });

		const signer = await makeSecret(owner, tag);
		const signed = (order: string, customer: string) =>
			tag.replace('"{{ order_number }}"', `"${order}" data-token="${tokenOf(signer, order, customer)}"`);
		for (const [i, score] of SCORES.entries())
			await answer(owner, signed(`A-${i}`, i === 0 ? ANN : `c-${i}`), score, i === 0 ? COMMENT : "");
		const stored = "SELECT count(*) AS answers, count(comment) AS comments FROM ask WHERE verified = 1 AND status = 'answered'";
		await expect
			.poll(() => collector.db.prepare(stored).first(), { timeout: 15_000 })
			.toEqual({ answers: SCORES.length, comments: 1 });
		expect(await whereabouts(ANN, COMMENT, "A-0")).toEqual([`ask: ${ANN}`, `ask: ${COMMENT}`, "ask: A-0"]);

		const score = async (): Promise<SurveyScore> => {
			const reply = await collector.fetch("/v1/scores?survey=nps", { headers: { authorization: `Bearer ${key}` } });
			return (await reply.json()).scores[0];
		};
		const before = await score();
		expect(before).toMatchObject({ responses: SCORES.length, value: plainScore("nps", SCORES) });
		const [low = Number.NaN, high] = plainInterval("nps", SCORES) ?? [];
		expect([before.interval?.low, before.interval?.high]).toEqual([
			expect.closeTo(low, 6),
			expect.closeTo(high ?? Number.NaN, 6),
		]);
		await open(owner, "Overview");
		const figures = await overview(owner);
		expect(figures).toEqual(figuresOf(before));

		await open(owner, "Answers");
		const anns = owner.getByRole("article").filter({ hasText: COMMENT });
		expect(await texts(anns.locator(".answer-score"))).toEqual(["2 of 10"]);
		expect(await texts(anns.locator(".answer-foot").getByText("Signed"))).toEqual(["Signed"]);

		await collector.nightly(Date.now() + 91_000);
		await open(owner, "Cases");
		await owner.getByRole("link", { name: "NPS 2" }).click();
		await owner.getByRole("button", { name: "Customer contacted" }).click();
		await owner.getByText("Noted: the customer was contacted.").waitFor();
		await owner.getByRole("button", { name: "Resolve" }).click();
		await owner.getByText("The case is resolved.").waitFor();
		const file = new URL(owner.url()).pathname;

		await open(owner, "Answers");
		await anns.getByRole("link", { name: ANN }).click();
		await owner.getByRole("link", { name: "Erase this customer" }).click();
		await owner.getByRole("button", { name: "Erase" }).click();
		await owner.getByText("1 answer is nameless now.").waitFor();
		expect(await anns.count()).toBe(0);
		await owner.goto(collector.url + file);
		await owner.getByText("This customer was erased.").waitFor();
		expect(await whereabouts(ANN, COMMENT, "A-0")).toEqual([]);
		expect(collector.log.filter((line) => line.includes(ANN) || line.includes(COMMENT))).toEqual([]);

		expect(await score()).toEqual(before);
		await open(owner, "Overview");
		expect(await overview(owner)).toEqual(figures);
		expect(await collector.drift()).toEqual([]);
		expect(await browser.clear()).toEqual([]);
	},
);

/** The three steps, up to the page with the tag. @returns the site's key, which is shown once */
async function setUp(owner: Page): Promise<string> {
	await owner.waitForURL(`${collector.url}/app/set-up`);
	await owner.getByLabel("Name").fill("First shop");
	await owner.getByLabel("Addresses of the shop").fill(shop.origin);
	await owner.getByLabel("Time zone").fill("Europe/Rome");
	await owner.getByRole("button", { name: "Make it and go on" }).click();
	const key = (await owner.locator("#secret").textContent()) ?? "";
	await owner.getByRole("radio", { name: /Recommendation/ }).check();
	await owner.getByRole("button", { name: "Save and go on" }).click();
	await owner.waitForURL(`${collector.url}/app/set-up/tag`);
	return key.trim();
}

/** Makes a signing secret in the settings: what the shop's server knows from then on. */
async function makeSecret(owner: Page, tag: string): Promise<Signer> {
	await open(owner, "Settings");
	await owner.getByRole("link", { name: "Signed orders" }).click();
	await owner.getByRole("button", { name: "Make a secret" }).click();
	const secret = (await owner.locator("#secret").textContent()) ?? "";
	const kid = (await owner.getByRole("rowheader").textContent()) ?? "";
	expect(await owner.getByRole("radio", { name: "Are kept and shown apart" }).isChecked()).toBe(true);
	return { site: /\/w\/(\w+)\.js/.exec(tag)?.[1] ?? "", kid: kid.trim(), secret: secret.trim() };
}

/** A shopper answers on a page of the shop, in a browser of their own, and goes on to another page. @returns what the widget says of it */
async function answer(owner: Page, tag: string, score: number, comment = ""): Promise<string> {
	const context = await owner.context().browser()?.newContext({ locale: "en-GB" });
	const page = await context?.newPage();
	if (!page) throw new Error("No browser");
	const noises: string[] = [];
	page.on("console", (message) => noises.push(message.text()));
	page.on("pageerror", (error) => noises.push(error.message));
	await page.goto(shop.serve({ body: tag }));
	await page.getByText(String(score), { exact: true }).click();
	const saved = page.getByText("Thank you, your answer is saved.");
	await saved.waitFor();
	const said = (await saved.textContent()) ?? "";
	if (comment !== "") {
		await page.getByLabel("Anything you would like to add?").fill(comment);
		await page.getByRole("button", { name: "Done" }).click();
		await page.getByText("Thank you for your answer.").waitFor();
	}
	await page.goto("about:blank");
	expect(noises).toEqual([]);
	return said;
}

/** Goes to a room by the navigation. */
async function open(owner: Page, room: string): Promise<void> {
	const link = owner.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: room, exact: true });
	await link.click();
	await link.and(owner.locator("[aria-current=page]")).waitFor();
}

const texts = async (found: Locator) => (await found.allTextContents()).map((text) => text.replace(/\s+/g, " ").trim());

/** The figures of the one card on the overview, as they stand there. */
async function overview(owner: Page): Promise<string[]> {
	const card = owner.locator("#nps");
	return [...(await texts(card.locator(".headline .score"))), ...(await texts(card.locator(".headline .number")))];
}

/** The same of a reply of the API, as METRICS writes an NPS. */
function figuresOf({ value, interval, mean }: SurveyScore): string[] {
	const nps = (figure = Number.NaN) => `${figure > 0 ? "+" : figure < 0 ? "−" : ""}${Math.round(Math.abs(figure))}`;
	return [
		nps(value ?? undefined),
		`95% interval ${nps(interval?.low)} to ${nps(interval?.high)}`,
		`mean ${mean?.toFixed(1)} of 10`,
	];
}
