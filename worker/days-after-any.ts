import { USUAL_DAYS_AFTER_ANY } from "../shared/limits.ts";
import type { Survey } from "./site.ts";

/** Days that pass after any other survey before this one is shown: as its owner chose; otherwise 14, and none where it is asked every time. */
export function daysAfterAny({ askAgainDays, askAfterAnyDays }: Pick<Survey, "askAgainDays" | "askAfterAnyDays">): number {
	return askAfterAnyDays ?? (askAgainDays === 0 ? 0 : USUAL_DAYS_AFTER_ANY);
}
