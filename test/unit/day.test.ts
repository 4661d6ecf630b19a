import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, dayOf, daysIn, isDay, isTimeZone } from "../../shared/day.ts";
import { parseWindow, windowBefore } from "../../shared/window.ts";

const at = (iso: string, zone: string) => dayOf(Date.parse(iso), zone);

describe("the local day", () => {
	test("turns at the site's midnight", () => {
		expect(at("2026-07-01T21:59:59Z", "Europe/Rome")).toBe("2026-07-01");
		expect(at("2026-07-01T22:00:00Z", "Europe/Rome")).toBe("2026-07-02");
		expect(at("2026-01-01T04:59:59Z", "America/New_York")).toBe("2025-12-31");
		expect(at("2026-06-30T14:30:00Z", "Pacific/Kiritimati")).toBe("2026-07-01");
	});

	test("is the calendar's own in every zone, however close together it is asked", () => {
		const moment = fc.integer({ min: Date.parse("1990-01-01"), max: Date.parse("2040-01-01") });
		fc.assert(
			fc.property(
				fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
				moment,
				fc.integer({ min: 0, max: 900_000 }),
				(timeZone, ms, later) => {
					const calendar = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
					// Around the midnight before, where a day turns.
					const midnight = Date.parse(`${calendar.format(ms)}T00:00:00Z`) - 14 * 3_600_000 + (later % 104) * 900_000;
					for (const each of [ms, ms + later, midnight - 1, midnight, midnight + later])
						expect([timeZone, each, dayOf(each, timeZone)]).toEqual([timeZone, each, calendar.format(each)]);
				},
			),
			{ numRuns: 1_000 },
		);
	});

	test("has 23 hours when clocks go forward and 25 when they go back", () => {
		const hours = (day: string) => {
			let count = 0;
			for (let h = -30; h < 60; h++) if (dayOf(Date.parse(day) + h * 3_600_000, "Europe/Rome") === day) count++;
			return count;
		};
		expect([hours("2026-03-29"), hours("2026-10-25"), hours("2026-06-01")]).toEqual([23, 25, 24]);
	});

	test("has a length of its own in a year with 29 February", () => {
		expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
		expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
		expect(daysIn("2028-01-01", "2028-12-31")).toBe(366);
	});

	test("moves by calendar months, and stays in a shorter one", () => {
		expect(addMonths("2026-11-22", -13)).toBe("2025-10-22");
		expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
		expect(addMonths("2028-03-31", -1)).toBe("2028-02-29");
		expect(addMonths("2026-01-31", -25)).toBe("2023-12-31");
		expect(addMonths("2026-10-31", 1)).toBe("2026-11-30");
		expect(addMonths("2026-12-31", 120)).toBe("2036-12-31");
		expect(addMonths("2026-05-15", 0)).toBe("2026-05-15");
	});

	test("must exist", () => {
		expect(["2026-02-28", "2028-02-29"].every(isDay)).toBe(true);
		expect(["2026-02-29", "2026-13-01", "2026-1-1", "2026-02-30", "26-01-01", "", "2026-01-01T00:00"].some(isDay)).toBe(false);
	});

	test("needs a time zone there is", () => {
		expect(["Europe/Rome", "UTC", "Asia/Kathmandu"].every(isTimeZone)).toBe(true);
		expect(["Mars/Olympus", "", "+02:00"].some(isTimeZone)).toBe(false);
	});
});

describe("a window", () => {
	test("by name ends today and includes it", () => {
		expect(parseWindow("30d", "2026-11-21")).toEqual({ name: "30d", from: "2026-10-23", to: "2026-11-21" });
		expect(parseWindow("7d", "2026-03-02")?.from).toBe("2026-02-24");
	});

	test("is preceded by one of equal length, without a gap or an overlap", () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 730 }), (length) => {
				const window = { name: "x", from: addDays("2026-11-21", -length), to: "2026-11-21" };
				const before = windowBefore(window);
				expect(daysIn(before.from, before.to)).toBe(length + 1);
				expect(addDays(before.to, 1)).toBe(window.from);
			}),
		);
	});

	test.for([
		"",
		"30",
		"30D",
		"d",
		"2026-01-01",
		"2026-01-01..",
		"2026-01-02..2026-01-01",
		"2026-01-01..2026-01-02..2026-01-03",
		"2024-01-01..2026-01-01",
		"toString",
	])("is not %j", (text) => {
		expect(parseWindow(text, "2026-11-21")).toBeNull();
	});
});
