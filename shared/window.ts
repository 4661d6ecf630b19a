import { addDays, type Day, daysIn, isDay } from "./day.ts";

/** A run of days, both ends included. `name` is how it was asked for. */
export interface Window {
	readonly name: string;
	readonly from: Day;
	readonly to: Day;
}

/** Rolling windows by name: the last so many days, today included. */
export const ROLLING = { "7d": 7, "30d": 30, "90d": 90, "365d": 365 } as const;

/** Days the longest window of one's own may have. */
export const LONGEST_WINDOW = 731;

/** What `parseWindow` takes, for error texts. */
export const WINDOW_FORMS = "7d, 30d, 90d, 365d or YYYY-MM-DD..YYYY-MM-DD of at most 731 days";

/** Reads a window as the API spells it; null where it is none. `today` is the site's local day. */
export function parseWindow(text: string, today: Day): Window | null {
	if (Object.hasOwn(ROLLING, text)) {
		const days = ROLLING[text as keyof typeof ROLLING];
		return { name: text, from: addDays(today, 1 - days), to: today };
	}
	const [from = "", to = "", ...rest] = text.split("..");
	if (rest.length > 0 || !isDay(from) || !isDay(to) || from > to || daysIn(from, to) > LONGEST_WINDOW) return null;
	return { name: text, from, to };
}

/** The window of equal length just before. */
export function windowBefore({ name, from, to }: Window): Window {
	return { name, from: addDays(from, -daysIn(from, to)), to: addDays(from, -1) };
}
