import { expect, test } from "vitest";
import { withShop } from "../../worker/with-shop.ts";

const ISOLATED = /\u2068(.*)\u2069/;

test.each([
	["he", "24 Hours!"],
	["ar", "3 Tea"],
	["ur", "Tea & Co."],
	["en", "שוק 7!"],
	["de", "متجر Tea"],
	["en", "תה ชา"],
] as const)("in %s the name %s is kept together", (locale, shop) => {
	expect(ISOLATED.exec(withShop("Say {shop}!", shop, locale))?.[1]).toBe(shop);
});

test.each([
	["en", "24 Hours!"],
	["he", "Harbour & Pine"],
	["he", "Conca 24"],
	["ar", "متجر الشاي"],
	["en", "متجر الشاي"],
	["sr-Cyrl", "Чај"],
] as const)("in %s the name %s stays together by itself", (locale, shop) => {
	expect(withShop("{shop}, {shop}", shop, locale)).toBe(`${shop}, ${shop}`);
});

test("a name with the letters of a pattern is a name", () => {
	expect(withShop("{shop}", "$& $1 {shop}", "en")).toBe("$& $1 {shop}");
});
