import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../../shared/day.ts";
import { dekadAfter, dekadOf, lastWholeDekad } from "../../shared/dekad.ts";

const day = fc.nat(3_000).map((n) => addDays("2024-01-01", n));

test("a month has three dekads, the last of which ends with it", () => {
	expect(["2028-02-01", "2028-02-10", "2028-02-11", "2028-02-20", "2028-02-21", "2028-02-29"].map(dekadOf)).toEqual([
		"2028-02-01",
		"2028-02-01",
		"2028-02-11",
		"2028-02-11",
		"2028-02-21",
		"2028-02-21",
	]);
	expect(["2028-02-05", "2028-02-11", "2028-02-29", "2028-12-31"].map(dekadAfter)).toEqual([
		"2028-02-11",
		"2028-02-21",
		"2028-03-01",
		"2029-01-01",
	]);
});

test("every day lies in one dekad: from the first on, before the next", () => {
	fc.assert(
		fc.property(day, (day) => {
			const dekad = dekadOf(day);
			expect(dekad <= day && day < dekadAfter(day)).toBe(true);
			expect(dekadOf(addDays(dekadAfter(day), -1))).toBe(dekad);
			expect(dekadOf(dekad)).toBe(dekad);
		}),
	);
});

test("the last whole dekad ends with the day, or is the one before the day's", () => {
	fc.assert(
		fc.property(day, (day) => {
			const whole = lastWholeDekad(day);
			expect(addDays(dekadAfter(whole), -1) <= day).toBe(true);
			expect(dekadAfter(addDays(dekadAfter(whole), 0)) > addDays(day, 1)).toBe(true);
		}),
	);
	expect(["2026-03-09", "2026-03-10", "2026-03-31"].map(lastWholeDekad)).toEqual(["2026-02-21", "2026-03-01", "2026-03-21"]);
});
