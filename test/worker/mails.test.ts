import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ settings: { name: 'Tea "&" <Co>' } });
});
afterAll(() => collector.stop());

const mail = (query = "", survey = "nps") => collector.owner(`/v1/surveys/${survey}/email${query}`);
const links = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));

test("the question is a table with one link a score, lowest first, to the survey's own page", async () => {
	const response = await mail("?transaction=%7B%7B%20order_number%20%7C%20url_encode%20%7D%7D");
	expect(response.headers.get("content-type")).toContain("text/html");
	const html = await response.text();
	const page = `${collector.url}/s/${collector.site.publicKey}/nps`;
	expect(links(html)).toEqual(
		Array.from({ length: 11 }, (_, score) => `${page}?score=${score}&locale=en&transaction={{ order_number | url_encode }}`),
	);
	expect(html).toMatch(/^<table role="presentation" dir="ltr" lang="en"/);
	expect(html).not.toMatch(/<script|<form|<img|<style|class=/);
	expect(html).toContain("Tea &quot;&amp;&quot; &lt;Co&gt;");
});

test("in a language from right to left the table runs that way, with its lowest score first", async () => {
	const html = await (await mail("?locale=he", "csat")).text();
	expect(html).toContain('dir="rtl" lang="he"');
	expect(html).toContain(LOCALES.he.question.csat);
	expect(links(html)).toHaveLength(5);
	expect(html.indexOf(">1<")).toBeLessThan(html.indexOf(">5<"));
	expect(html).toMatch(/align="right"[^>]*>[^<]*<\/td><td[^>]*align="left"/);
});

test.for([
	["?transaction=%22%3E%3Cscript%3E", "transaction"],
	["?locale=tlh", "locale"],
	["?colour=red", "colour"],
])("%s is refused by name", async ([query, field]) => {
	const response = await mail(query);
	expect(response.status).toBe(400);
	expect(JSON.stringify(await response.json())).toContain(field);
});

test("a survey that is none is 404, and nobody without a key reads it", async () => {
	expect((await mail("", "hotel")).status).toBe(404);
	expect((await collector.fetch("/v1/surveys/nps/email")).status).toBe(401);
});
