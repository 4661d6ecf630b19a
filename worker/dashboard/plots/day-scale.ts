import { scaleUtc } from "d3-scale";
import type { Day } from "../../../shared/day.ts";

/** Days as positions. */
export interface DayScale {
	/** Where a day lies. */
	(day: Day): number;
	/** About `count` days that are good to name: first days of months, or days evenly apart. */
	ticks(count: number): Day[];
}

/** The days from the first to the last between two positions; a single day lies in the middle. */
export function dayScale(from: Day, to: Day, range: readonly [from: number, to: number]): DayScale {
	const scale = scaleUtc([Date.parse(from), Date.parse(to)], [...range]);
	const position = (day: Day) => scale(Date.parse(day));
	// Whole days alone: over a week the scale would name noons too.
	const ticks = (count: number) => [
		...new Set(
			scale
				.ticks(count)
				.map((date) => date.toISOString())
				.filter((time) => time.endsWith("T00:00:00.000Z"))
				.map((time) => time.slice(0, 10)),
		),
	];
	return Object.assign(position, { ticks });
}
