import { expect, test } from "vitest";
import { languageTags } from "../../shared/language-tags.ts";
import { LOCALE_CODES, type Locale } from "../../shared/locales/index.ts";
import { pickLanguage } from "../../shared/pick-language.ts";

const pick = (wanted: string, offered: readonly Locale[]) => pickLanguage([wanted], offered, languageTags(offered));

test.for([
	["de-AT", "de"],
	["ar-EG-u-nu-latn", "ar"],
	["EN-gb", "en"],
	["zh-TW", "zh-Hant"],
	["zh-HK", "zh-Hant"],
	["zh-Hant-HK", "zh-Hant"],
	["zh-CN", "zh-Hans"],
	["zh-Hans-SG", "zh-Hans"],
	["zh", "zh-Hans"],
	["no", "nb"],
	["nn-NO", "nb"],
	["sr", "sr-Cyrl"],
	["sr-RS", "sr-Cyrl"],
	["sr-Latn-RS", "sr-Latn"],
	["sr-ME", "sr-Latn"],
	["sh", "sr-Latn"],
	["pt", "pt-BR"],
	["pt-BR", "pt-BR"],
	["pt-AO", "pt-PT"],
	["pt-PT", "pt-PT"],
	["iw", "he"],
	["in-ID", "id"],
] as const)("of all languages %s finds %s", ([wanted, found]) => {
	expect(pick(wanted, LOCALE_CODES)).toBe(found);
});

test.for([
	["zh-TW", ["en", "zh-Hans"], "zh-Hans"],
	["zh-CN", ["en", "zh-Hant"], "zh-Hant"],
	["pt-BR", ["en", "pt-PT"], "pt-PT"],
	["sr-Cyrl", ["en", "sr-Latn"], "sr-Latn"],
] as const)(
	"%s of %j finds %s: another script or country of one language is nearer than another language",
	([wanted, offered, found]) => {
		expect(pick(wanted, offered)).toBe(found);
	},
);

test.for(["", "tlh", "x-klingon", "zxx", "__proto__", "constructor"])("%j finds nothing", (wanted) => {
	expect(pick(wanted, LOCALE_CODES)).toBeUndefined();
});

test("the first tag that finds something decides", () => {
	expect(pickLanguage([undefined, "tlh", "fr-CA", "de"], ["de", "fr"])).toBe("fr");
});

test("a site without such languages is sent no other names", () => {
	expect(languageTags(["en", "de", "ar"])).toEqual({});
	expect(languageTags(["zh-Hant"])).toEqual({ zh: "zh-Hant", yue: "zh-Hant" });
});
