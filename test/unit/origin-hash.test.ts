import fc from "fast-check";
import { expect, test } from "vitest";
import { originAllowed } from "../../shared/origin-allowed.ts";
import { hashOfAllowed, isAllowed } from "../../shared/origin-hash.ts";

const ORIGINS = [
	"https://shop.example",
	"http://shop.example",
	"https://shop.example:8443",
	"https://www.shop.example",
	"https://a.b.shop.example",
	"https://evilshop.example",
	"https://example",
	"https://shop.example.evil.test",
	"http://127.0.0.1:8787",
	"http://localhost:8787",
];
const ALLOWED = ["https://shop.example", "https://*.shop.example", "https://*.example", "http://localhost:8787"];

test("the widget takes the same origins for allowed as the door does", () => {
	fc.assert(
		fc.property(fc.constantFrom(...ORIGINS), fc.subarray(ALLOWED), (origin, list) => {
			const said = isAllowed(origin, list.map(hashOfAllowed));
			expect([origin, list, said]).toEqual([origin, list, originAllowed(origin, "https://own.example", list)]);
		}),
		{ numRuns: 500 },
	);
});

test("a page of no origin may not ask", () => {
	expect(isAllowed("null", ALLOWED.map(hashOfAllowed))).toBe(false);
});
