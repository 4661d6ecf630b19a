import fc from "fast-check";
import { expect, test } from "vitest";
import type { WidgetSettings } from "../../shared/widget-settings.ts";
import { gateOf } from "../../widget/gates.ts";

/** A site that asks about so many percent of its transactions. */
const siteWith = (sampling: number): WidgetSettings => ({
	site: "aw_pub_0000000000000000000000",
	origin: "https://feedback.example",
	locales: ["en"],
	survey: "nps",
	surveys: { nps: { version: 1, scale: [0, 10], askAgainDays: 90, sampling } },
	origins: [],
	segments: [],
});

const NOTHING = { quietUntil: 0, asks: [] };

/** Whether a transaction is in the sample of a browser that remembers nothing. */
const isAsked = (sampling: number, transaction: string) =>
	gateOf(siteWith(sampling), { transaction }, 0, () => NOTHING) !== "sampling";

const percent = fc.integer({ min: 1, max: 100 });
const order = fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,20}$/);

test("a transaction is in the sample or not, however often it is looked at, and a greater sample has all of a smaller one", () => {
	fc.assert(
		fc.property(percent, percent, order, (a, b, transaction) => {
			const [smaller, greater] = [Math.min(a, b), Math.max(a, b)];
			expect(isAsked(smaller, transaction)).toBe(isAsked(smaller, transaction));
			if (isAsked(smaller, transaction)) expect(isAsked(greater, transaction)).toBe(true);
			expect(isAsked(100, transaction)).toBe(true);
		}),
	);
});

test.for(["", "R-", "ORD-2026-"])("of numbers in a row behind %j as many percent are asked as the owner says", (prefix) => {
	fc.assert(
		fc.property(percent, fc.integer({ min: 1_000, max: 900_000 }), (sampling, first) => {
			const orders = Array.from({ length: 4_000 }, (_, i) => `${prefix}${first + i}`);
			const share = orders.filter((transaction) => isAsked(sampling, transaction)).length / 40;
			expect(Math.abs(share - sampling)).toBeLessThan(4);
		}),
		{ numRuns: 40 },
	);
});
