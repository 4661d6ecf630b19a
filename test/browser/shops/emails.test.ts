import { Liquid } from "liquidjs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LOCALES } from "../../../shared/locales/index.ts";
import { example, FEEDBACK, filledIn } from "../../harness/example.ts";
import { type Stage, setStage } from "../../harness/stage.ts";

let stage: Stage;
beforeAll(async () => {
	stage = await setStage();
	const settings = { name: "Conca", locales: ["en", "he"] };
	await stage.collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify(settings) });
});
afterEach(async () => expect(await stage.clear()).toEqual([]));
afterAll(() => stage.stop());

/** Fills in a mail's template as the one who sends it does. */
type Send = (template: string, order: string) => string | Promise<string>;

const shopify: Send = (template, order) =>
	new Liquid().parseAndRender(template, { order_number: order, email: "ann@example.com" });
/** Klaviyo's templates are Django's: a variable by its path, and filters behind it. */
const klaviyo: Send = (template, order) =>
	template.replace(/\{\{ *event\.OrderId(\|urlencode)? *\}\}/g, (_, encoded) => (encoded ? encodeURIComponent(order) : order));
const mailchimp: Send = (template, order) => template.replaceAll("*|ORDER|*", order);

const MAILS = [
	["shopify.liquid", "en", "{{ order_number }}", shopify],
	["shopify.he.liquid", "he", "{{ order_number }}", shopify],
	["klaviyo.html", "en", "{{ event.OrderId|urlencode }}", klaviyo],
	["mailchimp.html", "en", "*|ORDER|*", mailchimp],
] as const;

/** What the API writes, with the examples' address and key in it. */
async function generated(locale: string, transaction: string): Promise<string> {
	const query = new URLSearchParams({ locale, transaction });
	const reply = await stage.collector.owner(`/v1/surveys/nps/email?${query}`);
	expect(reply.status).toBe(200);
	const { url, site } = stage.collector;
	return (await reply.text()).replaceAll(url, FEEDBACK).replaceAll(site.publicKey, "aw_pub_…");
}

test.for(MAILS)("%s is what the API writes", async ([file, locale, transaction]) => {
	expect((await example(`emails/${file}`)).trimEnd()).toBe(await generated(locale, transaction));
});

test("what stands in for the order's number, of each in the README, the API writes into every link as it is", async () => {
	const rows = (await example("emails/README.md")).split("\n").filter((row) => /^\| \S/.test(row));
	const named = rows.flatMap((row) => /(?<=`)(?:\{\{|\*).+?(?=`)/.exec(row.replaceAll("\\|", "|")) ?? []);
	expect(named).toEqual([
		"{{ order_number }}",
		"{{ event.OrderId|urlencode }}",
		"{{ event.extra.order_number|urlencode }}",
		"*|ORDER|*",
	]);
	for (const transaction of named)
		expect((await generated("en", transaction)).split(`transaction=${transaction}"`)).toHaveLength(12);
});

test.for(MAILS)("%s has a link a score, none of which a scanner can answer by, and one that somebody can", async (mail) => {
	const [file, locale, , send] = mail;
	const order = `mail-${file.replaceAll(".", "-")}`;
	const html = await send(await filledIn(`emails/${file}`, stage.line.url, stage.collector.site.publicKey), order);
	expect(html).not.toMatch(/\{\{|\*\||<script|<form|<img|ann@/);
	const page = await stage.visit({ body: html, lang: locale });
	const links = page.locator("table a");
	const addresses = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
	expect(addresses.map((address) => new URL(address).searchParams.get("score"))).toEqual([...Array(11).keys()].map(String));

	for (const address of addresses) {
		const reply = await fetch(address);
		expect(reply.status).toBe(200);
		expect(reply.headers.get("cache-control")).toContain("no-store");
		expect([reply.headers.get("x-robots-tag"), reply.headers.get("referrer-policy")]).toEqual(["noindex", "no-referrer"]);
	}
	expect(await stage.asks(order)).toEqual([]);

	const [first, last] = [await links.first().boundingBox(), await links.last().boundingBox()];
	const fromTheRight = LOCALES[locale].direction === "rtl";
	expect((first?.x ?? 0) > (last?.x ?? 0)).toBe(fromTheRight);
	const opened = page.context().waitForEvent("page");
	await links.nth(9).click();
	const survey = await opened;
	await expect.poll(() => survey.locator("afterword-survey label.on").allTextContents()).toEqual(["9"]);
	await survey.mouse.move(60, 60, { steps: 4 });
	await survey.getByText(LOCALES[locale].saved).waitFor();
	expect(await stage.asksWhen(order, (found) => found.length > 0)).toMatchObject([
		{ survey: "nps", outcome: "9", customer: null, segments: { channel: "email", locale } },
	]);
});
