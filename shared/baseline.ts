import { addDays, type Day } from "./day.ts";
import type { DayHistogram } from "./day-histogram.ts";
import { type Histogram, sizeOf, sumOf } from "./histogram.ts";

/** Days and answers after which a baseline stands by itself, and answers from which a provisional one is shown. */
export const BASELINE_DAYS = 84;
export const BASELINE_RESPONSES = 200;
export const PROVISIONAL_RESPONSES = 100;

/** The score a survey began with, as the histogram it was frozen at. */
export interface Baseline {
	readonly status: "provisional" | "frozen";
	readonly from: Day;
	readonly to: Day;
	readonly histogram: Histogram;
}

/**
 * The baseline by rule: every answer from the day of the first until 84 days and 200 answers are both reached, and frozen then;
 * provisional from 100 answers; null before.
 * @param days the answers day by day, in order, beginning with the day of the first
 * @param last the last day that is complete
 */
export function baselineOf(days: readonly DayHistogram[], last: Day): Baseline | null {
	const answered = days.filter(({ day, histogram }) => day <= last && sizeOf(histogram) > 0);
	const first = answered[0]?.day;
	if (first === undefined) return null;
	const earliest = addDays(first, BASELINE_DAYS - 1);
	let count = 0;
	let to = last;
	let frozen = false;
	for (const { day, histogram } of answered) {
		count += sizeOf(histogram);
		if (count >= BASELINE_RESPONSES) {
			to = day > earliest ? day : earliest;
			frozen = to <= last;
			break;
		}
	}
	if (!frozen) to = last;
	const histogram = sumOf(answered.filter(({ day }) => day <= to).map((day) => day.histogram));
	if (!frozen && sizeOf(histogram) < PROVISIONAL_RESPONSES) return null;
	return { status: frozen ? "frozen" : "provisional", from: first, to, histogram };
}
