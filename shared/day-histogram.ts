import type { Day } from "./day.ts";
import type { Histogram } from "./histogram.ts";

/** The answers of one day. */
export interface DayHistogram {
	readonly day: Day;
	readonly histogram: Histogram;
}
