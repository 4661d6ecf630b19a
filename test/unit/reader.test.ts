import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { figuresOf } from "../../worker/dashboard/figure.ts";
import { type Reader, readerOf } from "../../worker/dashboard/reader.ts";

/** The reader whose browser asks for a language. */
async function readerWho(language: string): Promise<Reader> {
	const found: Reader[] = [];
	const app = new Hono().get("/", (c) => {
		found.push(readerOf(c, "UTC"));
		return c.body(null);
	});
	await app.request("/", { headers: { "accept-language": language } });
	const [reader] = found;
	if (!reader) throw new Error("Nobody read");
	return reader;
}

describe.each(["en-GB", "de", "sv", "fr", "he", "ar", "fa", "ja"])("to a reader of %s", (language) => {
	test("whatever is below zero has a true minus, and never a hyphen", async () => {
		const reader = await readerWho(language);
		const nps = figuresOf("nps", reader);
		const figures = [
			reader.number(-1234.5, 1),
			reader.percent(-0.12),
			nps.value(-24),
			nps.change(-3),
			figuresOf("ces", reader).change(-0.3),
			figuresOf("csat", reader).change(-7),
		];
		for (const figure of figures) expect([figure, /−/.test(figure), figure.includes("-")]).toEqual([figure, true, false]);
	});

	test("a reader and a figure write the same number alike", async () => {
		const reader = await readerWho(language);
		for (const value of [-24, -1, 0]) expect(figuresOf("nps", reader).change(value)).toBe(reader.number(value));
		for (const value of [0, 1, 24]) expect(figuresOf("nps", reader).size(value)).toBe(reader.number(value));
		for (const mean of [1, 8.25, 10]) expect(figuresOf("csat", reader).mean(mean)).toBe(figuresOf("ces", reader).value(mean));
	});

	test("what is nothing, or rounds to it, has no sign", async () => {
		const reader = await readerWho(language);
		const zero = reader.number(0);
		for (const value of [0, -0, -0.3])
			expect([reader.number(value), figuresOf("nps", reader).change(value)]).toEqual([zero, zero]);
		expect(figuresOf("nps", reader).value(-0.3)).toBe(zero);
	});
});

test.each([
	["ar-EG", true],
	["he", true],
	["fa", true],
	["en-GB", false],
	["ja", false],
] as const)("what %s writes from right to left stays together in a sentence that is not: %s", async (language, apart) => {
	const reader = await readerWho(language);
	const texts = [reader.number(12), reader.percent(0.4), reader.day("2026-11-22"), reader.moment(0), reader.span(90_000)];
	for (const text of texts) expect([text, /^\u2068.*\u2069$/.test(text)]).toEqual([text, apart]);
});
