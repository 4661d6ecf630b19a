import { addDays, type Day, daysIn } from "./day.ts";
import type { DayHistogram } from "./day-histogram.ts";
import type { Histogram } from "./histogram.ts";

/** How far apart the points of a series lie: every day, every Sunday, every last day of a month; always the last day too. */
export type Step = "day" | "week" | "month";

/**
 * The summed histogram of the `length` days that end on each day of a range, in one pass: a day comes in, a day goes out.
 * @param days the answers day by day, in order; from `length` − 1 days before `from` on
 */
export function rollingHistograms(days: readonly DayHistogram[], length: number, from: Day, to: Day, step: Step): DayHistogram[] {
	const points: DayHistogram[] = [];
	const sum: Record<number, number> = {};
	const add = (histogram: Histogram, sign: 1 | -1) => {
		for (const [score, n] of Object.entries(histogram)) sum[Number(score)] = (sum[Number(score)] ?? 0) + sign * n;
	};
	let next = 0;
	let oldest = 0;
	for (let i = 0, day = from; i < daysIn(from, to); i++, day = addDays(day, 1)) {
		const begin = addDays(day, 1 - length);
		for (let entry = days[next]; entry && entry.day <= day; entry = days[++next]) add(entry.histogram, 1);
		for (let entry = days[oldest]; entry && oldest < next && entry.day < begin; entry = days[++oldest]) add(entry.histogram, -1);
		if (day === to || isStep(day, step)) points.push({ day, histogram: { ...sum } });
	}
	return points;
}

function isStep(day: Day, step: Step): boolean {
	if (step === "day") return true;
	return step === "week" ? new Date(day).getUTCDay() === 0 : addDays(day, 1).endsWith("-01");
}
