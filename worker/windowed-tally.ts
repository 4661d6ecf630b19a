import type { SurveyScore } from "../shared/contract.ts";
import type { Histogram } from "../shared/histogram.ts";
import type { Window } from "../shared/window.ts";
import type { DayTally } from "./db/daily-tally.ts";

/** What the tally says of one window: the answers by score, and what became of every ask shown. */
export interface WindowedTally {
	readonly histogram: Histogram;
	readonly funnel: SurveyScore["funnel"];
}

/** Sums the days of a window. Days outside it are passed over. */
export function windowedTally(days: readonly DayTally[], { from, to }: Window): WindowedTally {
	const histogram: Record<number, number> = {};
	const funnel = { shown: 0, answered: 0, dismissed: 0, ignored: 0, commented: 0 };
	for (const { day, counts } of days) {
		if (day < from || day > to) continue;
		for (const [outcome, n, commented] of counts) {
			funnel.shown += n;
			if (outcome === "dismissed" || outcome === "ignored") {
				funnel[outcome] += n;
				continue;
			}
			funnel.answered += n;
			funnel.commented += commented;
			histogram[Number(outcome)] = (histogram[Number(outcome)] ?? 0) + n;
		}
	}
	return { histogram, funnel };
}
