import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
});
afterEach(async () => {
	expect(await stage.clear()).toEqual([]);
});
afterAll(() => stage.stop());

test.for([
	["nps", "0"],
	["nps", "10"],
	["csat", "4"],
	["ces", "7"],
] as const)("one tap on %s %s is an answer, stored with what the page says of it", async ([survey, score]) => {
	const order = `tap-${survey}-${score}`;
	const page = await stage.visit(
		stage.tag(`data-survey="${survey}" data-transaction="${order}" data-customer="c-7" data-segment-plan="gold"`),
	);
	await page.getByText(score, { exact: true }).click();
	await page.getByText("Thank you, your answer is saved.").waitFor();
	const asks = await stage.asksWhen(order, (found) => found.length > 0);
	expect(asks).toMatchObject([
		{ survey, outcome: score, status: "answered", rev: 1, transaction: order, drivers: [], comment: null },
	]);
	expect(asks[0]?.segments).toEqual({ channel: "page", locale: "en", device: "desktop", plan: "gold" });
	expect(asks[0]?.page).toBe(page.url());
});

test("without a survey in the tag the site's own is asked: csat", async () => {
	const page = await stage.visit(stage.tag('data-transaction="usual"'));
	await page.getByText("How satisfied are you with your order today?").waitFor();
	expect(await page.getByRole("radio").count()).toBe(5);
});

test("reasons, a comment and Done are saved as they are given, in the one ask", async () => {
	const page = await stage.visit(stage.tag('data-transaction="whole"'));
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByRole("checkbox", { name: "Delivery options" }).click();
	await stage.asksWhen("whole", ([ask]) => ask?.drivers.length === 1);
	await page.getByRole("checkbox", { name: "Price" }).click();
	await page.getByLabel("Anything you would like to add?").fill("  Came late 🙂 ");
	expect(await stage.asksWhen("whole", ([ask]) => ask?.comment !== null)).toMatchObject([
		{ outcome: "2", drivers: ["delivery", "price"], comment: "Came late 🙂", rev: 4 },
	]);
	await page.getByRole("button", { name: "Done" }).click();
	await page.getByText("Thank you for your answer.").waitFor();
	expect(await page.getByRole("radio").count()).toBe(0);
	expect(await stage.asks("whole")).toMatchObject([{ rev: 4 }]);
	expect(await stage.collector.drift()).toEqual([]);
});

test("Done saves what was typed a moment before", async () => {
	const page = await stage.visit(stage.tag('data-transaction="quick"'));
	await page.getByRole("radio", { name: "5" }).click();
	await page.getByLabel("Anything you would like to add?").fill("Lovely");
	await page.getByRole("button", { name: "Done" }).click();
	expect(await stage.asksWhen("quick", ([ask]) => ask?.comment !== null)).toMatchObject([{ comment: "Lovely", rev: 2 }]);
});

test("another score, or a reason taken back, edits the same answer", async () => {
	const page = await stage.visit(stage.tag('data-transaction="changed"'));
	await page.getByRole("radio", { name: "2" }).click();
	await page.getByRole("checkbox", { name: "Checkout" }).click();
	await page.getByRole("radio", { name: "4" }).click();
	await page.getByRole("checkbox", { name: "Checkout" }).click();
	expect(await stage.asksWhen("changed", ([ask]) => ask?.rev === 4)).toMatchObject([{ outcome: "4", drivers: [], rev: 4 }]);
	expect(await stage.collector.drift()).toEqual([]);
});

test("the same reasons are offered under the same words whatever the score", async () => {
	const offered = async (score: string) => {
		const page = await stage.visit(stage.tag(`data-transaction="reasons-${score}"`));
		await page.getByRole("radio", { name: score }).click();
		const reasons = page.getByRole("group", { name: "What mattered most for your answer?" });
		await reasons.waitFor();
		return (await reasons.getByRole("checkbox").all()).length;
	};
	expect(await offered("1")).toBe(6);
	expect(await offered("5")).toBe(6);
});

test("an answer before the question counted as shown counts as shown at once", async () => {
	const listen = `<script>
		for (const name of ["shown", "answered"]) addEventListener("afterword:" + name, () => document.body.append(name + " "));
	</script>`;
	const page = await stage.visit({ head: listen, body: stage.tag('data-transaction="early"') });
	await page.getByRole("radio", { name: "3" }).click();
	await page.getByText("shown answered").waitFor();
	expect(await stage.asksWhen("early", (found) => found.length > 0)).toMatchObject([{ outcome: "3" }]);
});

test("the page hears what happened, and nothing of who", async () => {
	const listen = `<script>
		for (const name of ["shown", "answered", "dismissed", "error"])
			addEventListener("afterword:" + name, (event) => (window.heard ??= []).push([event.type, JSON.stringify(event.detail)]));
	</script>`;
	const page = await stage.visit({ head: listen, body: stage.tag('data-transaction="heard" data-customer="marta@example.com"') });
	await page.waitForFunction(() => "heard" in window);
	await page.getByRole("radio", { name: "5" }).click();
	await page.getByRole("radio", { name: "4" }).click();
	expect(await page.evaluate(() => Object(window).heard)).toEqual([
		["afterword:shown", '{"survey":"csat"}'],
		["afterword:answered", '{"survey":"csat","score":5}'],
	]);
});

test("a survey that shares its score shows it beside the thanks, in the shopper's numbers", async () => {
	for (let i = 0; i < 40; i++) await stage.collector.send(stage.collector.ask({ survey: "nps", score: i < 30 ? 10 : 3 }));
	await stage.collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ share_score: true }) });
	const page = await stage.visit(stage.tag('data-survey="nps" data-transaction="shared"'));
	await page.getByRole("radio", { name: "9" }).click();
	await page.getByRole("button", { name: "Done" }).click();
	await page
		.getByText(/Customers rate us \u2066\+\d\d\u2069 on a scale from −100 to 100 \(\u2066\d\d\u2069 answers in 30 days\)/)
		.waitFor();
});

test("answers go as simple requests: no preflight is ever made", async () => {
	const { page, context } = await stage.shopper();
	const devtools = await context.newCDPSession(page);
	const methods: string[] = [];
	devtools.on("Network.requestWillBeSent", ({ request }) => methods.push(request.method));
	await devtools.send("Network.enable");
	await page.goto(stage.shop.serve({ body: stage.tag('data-transaction="simple"') }));
	await page.getByRole("radio", { name: "5" }).click();
	await page.getByRole("checkbox", { name: "Price" }).click();
	await stage.asksWhen("simple", ([ask]) => ask?.rev === 2);
	expect([methods.includes("POST"), methods.includes("OPTIONS")]).toEqual([true, false]);
});

test("until the tap the whole survey is at most 45 elements", async () => {
	const page = await stage.visit(stage.tag('data-survey="nps" data-transaction="elements"'));
	await page.getByRole("radio", { name: "10" }).waitFor();
	expect(
		await page.evaluate(() => document.querySelector("afterword-survey")?.shadowRoot?.querySelectorAll("*").length),
	).toBeLessThanOrEqual(45);
});
