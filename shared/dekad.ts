import { addDays, addMonths, type Day } from "./day.ts";

/** The days 1 to 10, 11 to 20, or 21 to the last of a month, called by the first of them. Dekads sort as text. */
export type Dekad = Day;

/** The dekad a day lies in. */
export function dekadOf(day: Day): Dekad {
	const [month, date] = [day.slice(0, 8), day.slice(8)];
	return `${month}${date < "11" ? "01" : date < "21" ? "11" : "21"}`;
}

/** The dekad after the one a day lies in. */
export function dekadAfter(day: Day): Dekad {
	const dekad = dekadOf(day);
	return dekad.endsWith("21") ? addMonths(`${dekad.slice(0, 8)}01`, 1) : addDays(dekad, 10);
}

/** The last dekad all of whose days have come by a day, that day included. */
export function lastWholeDekad(day: Day): Dekad {
	return dekadOf(addDays(dekadOf(addDays(day, 1)), -1));
}
