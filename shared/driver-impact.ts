import { JUDGED, survivors } from "./benjamini-hochberg.ts";
import type { Verdict } from "./compare.ts";
import { type Difference, differenceOf } from "./difference.ts";
import { type Histogram, sizeOf, subtract } from "./histogram.ts";
import type { MetricName } from "./metrics.ts";
import { pValue } from "./normal.ts";
import { scoreOf } from "./score.ts";
import { COMPARABLE } from "./tier.ts";
import { usualReach } from "./usual-reach.ts";

/** What an owner does about a reason: chosen often or seldom, by the unhappy or by the happy. */
export type Quadrant = "fix_first" | "watch" | "protect" | "keep";

/** How the score differs between those who chose a reason and those who chose others. Association, not cause. */
export interface DriverImpact {
	readonly id: string;
	/** Answers that chose it. */
	readonly responses: number;
	/** Share of the base that chose it, 0…1. */
	readonly reach: number;
	/** Score of those who chose it minus score of those who did not; null where fewer than 30 did or did not. */
	readonly contrast: number | null;
	readonly interval: Difference["interval"] | null;
	/** Score of the base minus score without those who chose it: reach × contrast. */
	readonly impact: number | null;
	readonly verdict: Verdict;
	/** 1 is the greatest |impact| of those that can be told apart; null for the others. */
	readonly rank: number | null;
	readonly quadrant: Quadrant | null;
}

/** The reasons of a survey's answers, the greatest impact first, those that cannot be told apart behind. */
export interface DriverReport {
	/** Answers with at least one reason: the base of every share here. */
	readonly responses: number;
	/** The score of the base. */
	readonly value: number | null;
	readonly drivers: readonly DriverImpact[];
}

/**
 * Which reasons go with a high or low score. Only answers with at least one reason count, on either side. Verdicts by
 * Benjamini–Hochberg over all reasons with at least 50 answers in the smaller arm.
 * @param base the answers with at least one reason
 * @param chosen the answers with each reason, by its id
 */
export function driverReport(metric: MetricName, base: Histogram, chosen: Readonly<Record<string, Histogram>>): DriverReport {
	const responses = sizeOf(base);
	const value = scoreOf(metric, base).value;
	const found = Object.entries(chosen).map(([id, withIt]) => {
		const n = sizeOf(withIt);
		const without = subtract(base, withIt);
		const smaller = Math.min(n, sizeOf(without));
		const difference = smaller < COMPARABLE ? null : differenceOf(metric, withIt, without);
		const reach = responses === 0 ? 0 : n / responses;
		return { id, n, reach, smaller, difference };
	});
	const judged = found.map(({ smaller, difference }) => (difference && smaller >= JUDGED ? pValue(difference.z) : null));
	const survive = survivors(judged);
	const often = usualReach(found);
	const drivers = found.map(({ id, n, reach, difference }, i): Omit<DriverImpact, "rank"> => {
		const verdict: Verdict = judged[i] === null ? "too_few" : survive[i] ? "likely_changed" : "no_detectable_change";
		const contrast = difference?.value ?? null;
		return {
			id,
			responses: n,
			reach,
			contrast,
			interval: difference?.interval ?? null,
			impact: contrast === null ? null : reach * contrast,
			verdict,
			quadrant: contrast === null || !survive[i] ? null : quadrantOf(contrast, reach >= often),
		};
	});
	const weight = ({ verdict, impact }: Omit<DriverImpact, "rank">) => (verdict === "likely_changed" ? Math.abs(impact ?? 0) : -1);
	const ordered = drivers.sort((a, b) => weight(b) - weight(a) || b.responses - a.responses || a.id.localeCompare(b.id));
	return { responses, value, drivers: ordered.map((driver, i) => ({ ...driver, rank: weight(driver) < 0 ? null : i + 1 })) };
}

function quadrantOf(contrast: number, often: boolean): Quadrant {
	if (contrast < 0) return often ? "fix_first" : "watch";
	return often ? "protect" : "keep";
}
