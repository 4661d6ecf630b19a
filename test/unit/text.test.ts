import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanComment } from "../../shared/comment.ts";
import { maskPage } from "../../shared/page-address.ts";
import { round } from "../../shared/round.ts";

describe("a rounded score", () => {
	test.for([
		[12.5, 0, 13],
		[-12.5, 0, -13],
		[-0.1, 0, 0],
		[-0.4999, 0, 0],
		[45.25, 1, 45.3],
		[-45.25, 1, -45.3],
		[1.005, 2, 1.01],
		[0, 0, 0],
		[100, 0, 100],
	] as const)("of %d to %d decimals is %d", ([value, digits, expected]) => {
		expect(Object.is(round(value, digits), expected)).toBe(true);
	});
});

describe("a comment", () => {
	test("of blanks is none", () => {
		expect(cleanComment("  \n\t ")).toBeNull();
		expect(cleanComment("\0")).toBeNull();
	});

	test("of any text is at most 2,000 characters and 8 KiB, well formed, and cleaning it again changes nothing", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 4_000 }), fc.constantFrom("", "語", "😀", "\ud800"), (text, filler) => {
				const clean = cleanComment(text + filler.repeat(2_500));
				if (clean === null) return;
				expect(clean.length).toBeLessThanOrEqual(2_000);
				expect(new TextEncoder().encode(clean).length).toBeLessThanOrEqual(8_192);
				expect(clean.isWellFormed()).toBe(true);
				expect(cleanComment(clean)).toBe(clean);
			}),
		);
	});
});

describe("a page's address", () => {
	test.for([
		["https://shop.example/thanks?order=1001#top", "https://shop.example/thanks"],
		["https://shop.example/orders/8f3a9c/status", "https://shop.example/orders/*/status"],
		["https://shop.example/abcdefghijklmnopqrstuvwxyz/x", "https://shop.example/*/x"],
		["https://user:secret@shop.example/", "https://shop.example/"],
		["https://shop.example/%31%30/x", "https://shop.example/*/x"],
		["https://shop.example/%E0%A4/x", "https://shop.example/*/x"],
		["HTTPS://SHOP.example:8443/Kasse", "https://shop.example:8443/Kasse"],
	] as const)("%s is kept as %s", ([address, kept]) => {
		expect(maskPage(address)).toBe(kept);
	});

	test.for(["javascript:alert(1)", "file:///etc/passwd", "/thanks", "", "https://"])("%s is none", (address) => {
		expect(maskPage(address)).toBeNull();
	});

	test("masked twice is masked once", () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
				const once = maskPage(address);
				expect(once === null ? null : maskPage(once)).toBe(once);
			}),
		);
	});
});
