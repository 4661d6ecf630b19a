import { describe, expect, test } from "vitest";
import type { CaseSummary } from "../../shared/case-contract.ts";
import { METRIC_NAMES, valuesOf } from "../../shared/metrics.ts";
import type { ResponseView } from "../../shared/response-contract.ts";
import { Cases } from "../../worker/dashboard/report/cases.tsx";
import { chooseComments, scoresOf, shortened } from "../../worker/dashboard/report/choose-comments.ts";

const answer = (score: number, comment: string | null) => ({ score, comment, customer: "Ada" }) as ResponseView;

describe("comments", () => {
	test("low, middle and high cover every metric's scale once", () => {
		for (const metric of METRIC_NAMES) {
			const covered = (["low", "middle", "high"] as const).flatMap((mood) => {
				const [from, to] = scoresOf(metric, mood);
				return valuesOf(metric).filter((score) => score >= from && score <= to);
			});
			expect(covered).toEqual(valuesOf(metric));
		}
	});

	test("are the latest of each, whatever they say, without who said them", () => {
		const answers = [answer(9, "Newest."), answer(9, "Older."), answer(6, null), answer(0, "Bad."), answer(6, "Worse before.")];
		expect(chooseComments("nps", answers)).toEqual([
			{ mood: "low", score: 0, comment: "Bad." },
			{ mood: "high", score: 9, comment: "Newest." },
		]);
	});

	test("are cut between words and never within a character", () => {
		expect(shortened(" One \n two ")).toBe("One two");
		expect(shortened("word ".repeat(100))).toMatch(/^(?:word ){51}word…$|^(?:word )+word…$/);
		expect(shortened("word ".repeat(100)).length).toBeLessThanOrEqual(260);
		const family = "👨‍👩‍👧";
		expect(shortened(family.repeat(400))).toBe(`${family.repeat(259)}…`);
	});
});

describe("cases", () => {
	const shown = (counts: Partial<CaseSummary> | null) =>
		String(
			Cases({
				summary: counts && ({ unresolved: 0, overdue: 0, opened: 0, resolved: 0, complete: true, ...counts } as CaseSummary),
				reader: { number: String },
			}),
		);

	test("are counted where they are known", () => {
		expect(shown({ unresolved: 4, overdue: 1, opened: 12, resolved: 9 })).toContain(
			"4 open, 1 of them overdue. Opened in these days: 12, of them resolved: 9.",
		);
		expect(shown({ unresolved: 4 })).toContain("4 open, 0 of them overdue. None was opened in these days.");
		expect(shown({ opened: 2, resolved: 2 })).toContain("No case is open. Opened in these days: 2, of them resolved: 2.");
		expect(shown({ opened: 10_001, complete: false })).toContain("At most 10,000 of a kind are counted.");
	});

	test("are not spoken of where they are not, or where there is none", () => {
		expect([shown(null), shown({})]).toEqual(["null", "null"]);
	});
});
