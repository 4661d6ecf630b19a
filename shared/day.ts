/** A calendar day, "YYYY-MM-DD", local to a site. Days sort as text. */
export type Day = string;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Minutes within which no clock of today's reaches midnight between: every offset there is counts in them, daylight saving too. */
const QUARTER_MS = HOUR_MS / 4;

/** The last day told of each time zone, and the quarter of an hour it was told for: answers come together, and the calendar is dear. */
const told = new Map<string, { readonly quarter: number; readonly day: Day }>();

/** The day on which `ms` (Unix milliseconds) falls in an IANA time zone, over daylight-saving changes too. */
export function dayOf(ms: number, timeZone: string): Day {
	const quarter = Math.floor(ms / QUARTER_MS);
	const last = told.get(timeZone);
	if (last?.quarter === quarter && quarter > 0) return last.day;
	let formatter = formatters.get(timeZone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
		formatters.set(timeZone, formatter);
	}
	const day = formatter.format(ms);
	told.set(timeZone, { quarter, day });
	return day;
}

/** The day `n` days after `day` (before it where `n` is negative). */
export function addDays(day: Day, n: number): Day {
	return new Date(Date.parse(day) + n * DAY_MS).toISOString().slice(0, 10);
}

/** The day `n` calendar months after `day` (before it where `n` is negative); where that month is shorter, its last day. */
export function addMonths(day: Day, n: number): Day {
	const date = new Date(Date.parse(day));
	const dayOfMonth = date.getUTCDate();
	date.setUTCMonth(date.getUTCMonth() + n, 1);
	const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
	date.setUTCDate(Math.min(dayOfMonth, last));
	return date.toISOString().slice(0, 10);
}

/** Days from `from` to `to`, both included: 1 when they are the same. */
export function daysIn(from: Day, to: Day): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** Whether a text is a day that exists: "2026-02-30" is not. */
export function isDay(text: string): text is Day {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const ms = Date.parse(text);
	return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Whether this runtime knows a time zone by that IANA name. */
export function isTimeZone(name: string): boolean {
	try {
		dayOf(0, name);
		return /^[A-Za-z]/.test(name);
	} catch {
		return false;
	}
}

/** The first full hour (Unix milliseconds) after `ms` that falls on a later day in a time zone: its midnight, or less than an hour later. */
export function nextMidnight(ms: number, timeZone: string): number {
	const today = dayOf(ms, timeZone);
	let hour = Math.floor(ms / HOUR_MS) * HOUR_MS + HOUR_MS;
	while (dayOf(hour, timeZone) === today) hour += HOUR_MS;
	return hour;
}

/** The moment (Unix milliseconds) a day begins in a time zone; where its midnight is left out, the first quarter of an hour there is. */
export function midnightOf(day: Day, timeZone: string): number {
	let ms = Date.parse(day) - 14 * HOUR_MS;
	while (dayOf(ms, timeZone) < day) ms += HOUR_MS / 4;
	return ms;
}
