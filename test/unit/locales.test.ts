import { describe, expect, test } from "vitest";
import { LOCALES } from "../../shared/locales/index.ts";
import type { Strings } from "../../shared/locales/strings.ts";

/** Every text of a language with its path. */
function textsOf(value: unknown, path = ""): [path: string, text: string][] {
	if (typeof value === "string") return [[path, value]];
	return Object.entries(Object(value)).flatMap(([key, part]) => textsOf(part, path ? `${path}.${key}` : key));
}

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const english = new Map(textsOf(LOCALES.en));

describe.each(Object.entries<Strings>(LOCALES))("%s", (code, strings) => {
	const texts = textsOf(strings);

	test("says everything English says, with text in every place", () => {
		expect(texts.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
		for (const [path, text] of texts) expect([path, text.trim()]).toEqual([path, text.trim() || "not empty"]);
	});

	test("names the numbers of a shared score", () => {
		for (const text of Object.values(strings.shared)) expect(placeholders(text)).toEqual(["{responses}", "{value}"]);
	});

	test("uses no placeholder that nobody fills", () => {
		for (const [path, text] of texts)
			for (const placeholder of placeholders(text))
				expect([path, ["{shop}", "{value}", "{responses}"].includes(placeholder)]).toEqual([path, true]);
	});

	test("is written in the direction of its script", () => {
		const rightToLeft = /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(strings.question.csat);
		expect([code, strings.direction]).toEqual([code, rightToLeft ? "rtl" : "ltr"]);
	});
});
