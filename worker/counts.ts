import type { DayHistogram } from "../shared/day-histogram.ts";
import type { Funnel } from "../shared/funnel.ts";
import type { Histogram } from "../shared/histogram.ts";
import type { DayTally, OutcomeCount } from "./db/tally.ts";

/** What a part of the tally says: the answers by score, those of them with a comment, and what became of every ask shown. */
export interface Counts {
	readonly histogram: Histogram;
	readonly commented: Histogram;
	readonly funnel: Funnel;
}

/** Sums outcomes. */
export function countsOf(outcomes: Iterable<OutcomeCount>): Counts {
	const histogram: Record<number, number> = {};
	const commented: Record<number, number> = {};
	const funnel = { shown: 0, answered: 0, dismissed: 0, ignored: 0, commented: 0 };
	for (const [outcome, n, withComment] of outcomes) {
		funnel.shown += n;
		if (outcome === "dismissed" || outcome === "ignored") {
			funnel[outcome] += n;
			continue;
		}
		const score = Number(outcome);
		funnel.answered += n;
		funnel.commented += withComment;
		histogram[score] = (histogram[score] ?? 0) + n;
		commented[score] = (commented[score] ?? 0) + withComment;
	}
	return { histogram, commented, funnel };
}

/** Sums the days from `from` to `to`, both included. */
export function countsBetween(days: readonly DayTally[], { from, to }: { readonly from: string; readonly to: string }): Counts {
	return countsOf(days.filter(({ day }) => day >= from && day <= to).flatMap(({ counts }) => counts));
}

/** The answers of each day by score. */
export function histogramsOf(days: readonly DayTally[]): DayHistogram[] {
	return days.map(({ day, counts }) => ({ day, histogram: countsOf(counts).histogram }));
}
