import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
/** What the browser itself says when a request is refused is no noise of ours. */
const REFUSED = /^error: Failed to load resource/;

beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect((await stage.clear()).filter((noise) => !REFUSED.test(noise))).toEqual([]);
});
afterAll(() => stage.stop());

const STUB =
	"<script>window.afterword = window.afterword || function () { (afterword.q = afterword.q || []).push(arguments) }</script>";

/** Hears all four events, and keeps what it has heard. */
const LISTEN = `${STUB}<script>
	window.heard = [];
	["shown", "answered", "dismissed", "error"].forEach((event) => {
		afterword("on", event, (detail) => heard.push(event + " " + JSON.stringify(detail)));
	});
</script>`;

const heard = (): string[] => Object(window).heard;

test("a page hears each of the four things that happen to a question, once", async () => {
	const answered = await stage.visit({ head: LISTEN, body: stage.tag('data-survey="nps" data-transaction="heard-a"') });
	await answered.waitForFunction(() => Object(window).heard.length === 1);
	await answered.getByRole("radio", { name: "9" }).click();
	await answered.getByRole("radio", { name: "8" }).click();
	expect(await answered.evaluate(heard)).toEqual(['shown {"survey":"nps"}', 'answered {"survey":"nps","score":9}']);

	const dismissed = await stage.visit({ head: LISTEN, body: stage.tag('data-transaction="heard-b"') });
	await dismissed.getByRole("button", { name: "No, thanks" }).click();
	expect(await dismissed.evaluate(heard)).toEqual(['shown {"survey":"csat"}', 'dismissed {"survey":"csat"}']);
	expect(await stage.asksWhen("heard-b", (found) => found.length > 0)).toMatchObject([{ outcome: "dismissed" }]);

	const refused = await stage.visit({ head: LISTEN, body: stage.tag('data-transaction="heard-c"') });
	await refused.getByRole("radio").first().waitFor();
	const allow = (origin: string) =>
		stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ origins: [origin] }) });
	await allow("https://elsewhere.example");
	await refused.getByRole("radio", { name: "1" }).click();
	await refused.waitForFunction(() => Object(window).heard.length === 3);
	await allow(stage.shop.origin);
	expect(await refused.evaluate(heard)).toEqual([
		'shown {"survey":"csat"}',
		'answered {"survey":"csat","score":1}',
		'error {"survey":"csat"}',
	]);
	expect(await stage.asks("heard-c")).toEqual([]);
});

const NONSENSE = [
	"",
	'"dance"',
	'"valueOf"',
	'"hasOwnProperty"',
	"Symbol()",
	"null",
	"{}",
	'"ask", null',
	'"ask", "1001"',
	'"ask", 1001',
	'"ask", { transaction: Symbol() }',
	'"ask", {}, "#nowhere"',
	'"on"',
	'"on", "shown"',
	'"on", "answered", "cheers"',
	'"on", Symbol(), {}',
	'"consent"',
] as const;

/** What asks, or lets ask, has a page of its own; the rest follows each other on one. */
const ALONE = /ask|consent/;
const PAGES = [
	...NONSENSE.filter((what) => ALONE.test(what)).map((what) => [what]),
	NONSENSE.filter((what) => !ALONE.test(what)),
];

test.for(PAGES.map((calls, i) => ({ calls, i })))("afterword throws nothing at the page ($calls)", async ({ calls, i }) => {
	const order = `nonsense-${i}`;
	const page = await stage.visit(stage.tag(`data-transaction="${order}"`));
	await page.getByRole("radio").first().waitFor();
	for (const what of calls) await page.evaluate(`(() => { afterword(${what}) })()`);
	await page.getByRole("radio", { name: "4" }).click();
	expect(await stage.asksWhen(order, (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
});

test("nonsense in the queue keeps neither what follows nor the tag from asking", async () => {
	const said = NONSENSE.filter((what) => !ALONE.test(what)).map((what) => `afterword(${what});`);
	const queue = `${STUB}<script>${said.join("")} afterword("ask", null); afterword("close");</script>`;
	const page = await stage.visit(queue + stage.tag('data-transaction="queued-nonsense"'));
	await page.getByRole("radio", { name: "5" }).click({ timeout: 5_000 });
	expect(await stage.asksWhen("queued-nonsense", (found) => found.length > 0)).toMatchObject([{ outcome: "5" }]);
});

test.for([
	["an element", '<div id="afterword"></div>'],
	["two elements", '<div id="afterword"></div><div id="afterword"></div>'],
	["a form with a field q", '<form id="afterword"><input name="q"><input name="sites"></form>'],
	["a frame", '<iframe name="afterword" src="about:blank" title="Frame"></iframe>'],
	["a value", "<script>window.afterword = 7</script>"],
] as const)("%s of the page by the name of afterword keeps no tag from asking, with options or without", async ([, body]) => {
	const order = `clobbered-${body.length}`;
	const page = await stage.visit(body + stage.tag(`data-transaction="${order}"`));
	await page.getByRole("radio", { name: "4" }).click({ timeout: 5_000 });
	expect(await stage.asksWhen(order, (found) => found.length > 0)).toMatchObject([{ outcome: "4" }]);
	expect(await page.evaluate(() => Object(window).afterword("why"))).toBe("due");
	const bare = await stage.visit(body + stage.tag());
	await bare.getByRole("radio").first().waitFor({ timeout: 5_000 });
});

test.for(["", ".lazy"] as const)(
	"two sites on one page ask one question each, and one listener hears each answer once (%s.js)",
	async (build) => {
		const other = await stage.collector.makeSite({ name: "Other shop", origins: [stage.shop.origin] });
		const mine = (attributes: string) => stage.tag(attributes, build);
		const theirs = (attributes: string) => mine(attributes).replace(stage.collector.site.publicKey, other.publicKey);
		const order = `two-sites${build}`;
		const page = await stage.visit(
			mine(`data-survey="nps" data-transaction="${order}"`) + theirs(`data-survey="nps" data-transaction="${order}"`),
		);
		await page.getByRole("group", { name: /recommend Test shop/ }).waitFor();
		await page.getByRole("group", { name: /recommend Other shop/ }).waitFor();
		await page.evaluate(() => {
			Object(window).heard = [];
			Object(window).afterword("on", "answered", ({ score }: { score: number }) => Object(window).heard.push(score));
		});
		await page
			.getByRole("group", { name: /Test shop/ })
			.getByRole("radio", { name: "9" })
			.click();
		// What follows the first moves the second: a click on the way down would miss it.
		await page.getByRole("button", { name: "Done" }).waitFor();
		await page
			.getByRole("group", { name: /Other shop/ })
			.getByRole("radio", { name: "2" })
			.click();
		expect(await stage.asksWhen(order, ([ask]) => ask?.outcome === "9")).toMatchObject([{ outcome: "9" }]);
		const stored = async () => (await (await stage.collector.owner("/v1/responses?survey=nps", {}, other)).json()).responses;
		await expect.poll(stored).toMatchObject([{ score: 2, transaction: order }]);
		expect(await page.evaluate(heard)).toEqual([9, 2]);
		await page.evaluate(() => Object(window).afterword("close"));
		expect(await page.locator("afterword-survey").count()).toBe(0);
	},
);

test("the question of one site does not keep the bare tag of another from asking", async () => {
	const other = await stage.collector.makeSite({ name: "Other shop", origins: [stage.shop.origin] });
	const page = await stage.visit(stage.tag());
	await page.getByRole("radio").first().waitFor();
	await page.evaluate((src) => {
		const tag = document.createElement("script");
		tag.src = src;
		document.querySelector("main")?.append(tag);
	}, `${stage.line.url}/w/${other.publicKey}.js`);
	await expect.poll(() => page.getByRole("radio").count()).toBe(10);
});

test("a tag that is run twice does what the page has queued once", async () => {
	const page = await stage.visit({
		head: LISTEN,
		body: stage.tag('data-transaction="run-twice"') + stage.tag('data-transaction="run-twice"', ".lazy"),
	});
	await page.getByRole("radio", { name: "5" }).click();
	await page.waitForFunction(() => Object(window).afterword("why") === "again");
	expect(await page.evaluate(heard)).toEqual(['shown {"survey":"csat"}', 'answered {"survey":"csat","score":5}']);
	expect(await stage.asksWhen("run-twice", (found) => found.length > 0)).toHaveLength(1);
});
