import { type Day, dayOf, isDay } from "./day.ts";

/** When something was answered: the moment (Unix milliseconds), and the local day where a date alone was given. */
export interface GivenDate {
	readonly at: number;
	readonly day: Day | null;
}

/** What 02/03/2026 means; null where nobody has said. */
export type DateOrder = "dmy" | "mdy" | null;

const HOUR_MS = 60 * 60 * 1000;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const TIME = String.raw`(?:(?:,|\s+at)?[\sT]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const form = (date: string) => new RegExp(`^${date}${TIME}${ZONE}$`, "i");

const YEAR_FIRST = form(String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`);
const YEAR_LAST = form(String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})`);
const MONTH_NAMED = form(String.raw`(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`);
const DAY_NAMED = form(String.raw`(?:[a-z]{3,9},?\s+)?(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})`);

/**
 * Reads a date as tools and people write it: ISO 8601, Unix seconds (9 or 10 digits) or milliseconds (12 or 13), 2026-02-03 10:00:00,
 * 03/02/2026 where its order is said, Feb 3, 2026. Without a zone it is local to `timeZone`; without a time it is the noon of that day.
 * Null where it is no date, or one that does not exist, or of an order that nobody has said.
 */
export function readDate(text: string, timeZone: string, order: DateOrder): GivenDate | null {
	if (/^\d{9,10}$/.test(text)) return { at: Number(text) * 1000, day: null };
	if (/^\d{12,13}$/.test(text)) return { at: Number(text), day: null };
	const parts = partsOf(text, order);
	if (!parts) return null;
	const { year, month, date, rest } = parts;
	const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
	if (!isDay(day)) return null;
	const [hours, minutes, seconds = "0", half, zone] = rest;
	if (hours === undefined || minutes === undefined)
		return zone ? null : { at: inZone(Date.parse(day) + 12 * HOUR_MS, timeZone), day };
	const hour = half ? (Number(hours) % 12) + (/^p/i.test(half) ? 12 : 0) : Number(hours);
	if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 60 || (half && Number(hours) > 12)) return null;
	const wall = Date.parse(day) + hour * HOUR_MS + Number(minutes) * 60_000 + Number(seconds) * 1000;
	return { at: zone ? wall - offsetOf(zone) : inZone(wall, timeZone), day: null };
}

interface Parts {
	readonly year: string;
	readonly month: string;
	readonly date: string;
	/** Hours, minutes, seconds, half of the day, zone. */
	readonly rest: readonly (string | undefined)[];
}

function partsOf(text: string, order: DateOrder): Parts | null {
	const [, year, month, date, ...rest] = YEAR_FIRST.exec(text) ?? [];
	if (year && month && date) return { year, month, date, rest };
	const [, first, second, last, ...after] = YEAR_LAST.exec(text) ?? [];
	if (first && second && last && order)
		return { year: last, month: order === "dmy" ? second : first, date: order === "dmy" ? first : second, rest: after };
	const [, name, named, inYear, ...behind] = MONTH_NAMED.exec(text) ?? [];
	if (name && named && inYear) return { year: inYear, month: monthOf(name), date: named, rest: behind };
	const [, before, called, ofYear, ...end] = DAY_NAMED.exec(text) ?? [];
	if (before && called && ofYear) return { year: ofYear, month: monthOf(called), date: before, rest: end };
	return null;
}

/** The number of an English month, by its first three letters; "0" where it is none. */
const monthOf = (name: string) => String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);

/** Milliseconds by which a written zone is ahead of UTC. */
function offsetOf(zone: string): number {
	const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
	return sign ? (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The moment at which clocks in a zone show a time; of one that they leave out, an hour later; of one that comes twice, either. */
function inZone(wall: number, timeZone: string): number {
	// Twice, for the offset there may be another one than at the same time in UTC.
	const once = wall - aheadBy(wall, timeZone);
	return wall - aheadBy(once, timeZone);
}

/** Milliseconds by which a zone is ahead of UTC at a moment. */
function aheadBy(ms: number, timeZone: string): number {
	let clock = clocks.get(timeZone);
	if (!clock) {
		const two = "2-digit" as const;
		const shown = { year: "numeric", month: two, day: two, hour: two, minute: two, second: two, hourCycle: "h23" } as const;
		clock = new Intl.DateTimeFormat("en-CA", { timeZone, ...shown });
		clocks.set(timeZone, clock);
	}
	const shown = clock.format(ms).replace(", ", "T");
	return Date.parse(`${shown}Z`) - Math.floor(ms / 1000) * 1000;
}

/** Whether a day can be the local one of a moment, anywhere on earth. */
export function canBeDayOf(day: string, ms: number): day is Day {
	return isDay(day) && dayOf(ms, "Etc/GMT+12") <= day && day <= dayOf(ms, "Etc/GMT-14");
}

/** Whether the dates of a file say their order by themselves: some day is above 12, and none the other way. Null where they do not. */
export function orderOf(texts: readonly string[]): DateOrder {
	const pairs = texts.flatMap((text) => {
		const [, first, second] = YEAR_LAST.exec(text.trim()) ?? [];
		return first && second ? [[Number(first), Number(second)] as const] : [];
	});
	const dmy = pairs.some(([first]) => first > 12);
	const mdy = pairs.some(([, second]) => second > 12);
	return dmy === mdy ? null : dmy ? "dmy" : "mdy";
}
