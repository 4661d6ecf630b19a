import type { Context } from "hono";
import { parseAccept } from "hono/utils/accept";
import type { Day } from "../../shared/day.ts";
import { isolated } from "../isolated.ts";

/** Numbers and dates as the one who reads them writes them; what is written from right to left is isolated, for the sentences around it are not. */
export interface Reader {
	/** The reader's language, a BCP 47 tag. */
	readonly locale: string;
	/** A number with at most `digits` after the point. */
	number(value: number, digits?: number): string;
	/** A share of 0 to 1 as percent. */
	percent(share: number, digits?: number): string;
	/** A day: "22 Nov 2026". */
	day(day: Day): string;
	/** A day without its year, for axes: "22 Nov". */
	shortDay(day: Day): string;
	/** A moment (Unix milliseconds) in the site's time zone. */
	moment(at: number): string;
	/** How long something takes or has taken, in its two largest units: "2 h 5 min". */
	span(ms: number): string;
	/** How long something took that takes no minute: "35 ms", "1.2 sec". */
	milliseconds(ms: number): string;
}

/** The reader whom the browser says its owner is; times are those of the site's zone. */
export function readerOf(c: Context, timezone: string): Reader {
	return readerIn(localeOf(c.req.header("accept-language") ?? ""), timezone);
}

/** A reader of a language (BCP 47), wherever it is read; times are those of the zone. */
export function readerIn(locale: string, timezone: string): Reader {
	const number = (value: number, digits: number, options: Intl.NumberFormatOptions = {}) =>
		written(locale, value, { maximumFractionDigits: digits, ...options });
	const date = (at: number, zone: string, options: Intl.DateTimeFormatOptions) =>
		apart(locale, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(at));
	return {
		locale,
		number: (value, digits = 0) => number(value, digits),
		percent: (share, digits = 0) => number(share, digits, { style: "percent" }),
		day: (day) => date(Date.parse(day), "UTC", { day: "numeric", month: "short", year: "numeric" }),
		shortDay: (day) => date(Date.parse(day), "UTC", { day: "numeric", month: "short" }),
		moment: (at) => date(at, timezone, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }),
		span: (ms) => spanOf(ms, (value, unit) => number(value, 0, { style: "unit", unit, unitDisplay: "short" })),
		milliseconds: (ms) =>
			ms < 1000
				? number(ms, 0, { style: "unit", unit: "millisecond" })
				: number(ms / 1000, 1, { style: "unit", unit: "second", unitDisplay: "short" }),
	};
}

/**
 * A number as a language writes it, but with a true minus: many languages give the hyphen, which is shorter than the plus beside it.
 * What rounds to zero has no sign.
 */
export function written(locale: string, value: number, options: Intl.NumberFormatOptions): string {
	const text = new Intl.NumberFormat(locale, { signDisplay: "negative", ...options }).format(value);
	return apart(locale, value < 0 ? text.replace("-", "−") : text);
}

/** Languages that are written from right to left. */
const LEFTWARD = /^(?:ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/i;

function apart(locale: string, text: string): string {
	return LEFTWARD.test(locale) ? isolated(text) : text;
}

/** The language of whom no browser speaks for. */
export const USUAL_LOCALE = "en-GB";

/** The first language the browser asks for that Intl knows, in Latin digits or its own; English where it says none. */
function localeOf(header: string): string {
	const wanted = parseAccept(header)
		.map(({ type }) => type)
		.filter((tag) => /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(tag));
	try {
		return Intl.NumberFormat.supportedLocalesOf(wanted)[0] ?? USUAL_LOCALE;
	} catch {
		return USUAL_LOCALE;
	}
}

const UNITS = [
	["day", 86_400_000],
	["hour", 3_600_000],
	["minute", 60_000],
] as const;

function spanOf(ms: number, format: (value: number, unit: string) => string): string {
	const first = UNITS.findIndex(([, length]) => ms >= length);
	if (first < 0) return format(Math.max(0, Math.round(ms / 1000)), "second");
	let rest = ms;
	const parts: string[] = [];
	for (const [unit, length] of UNITS.slice(first, first + 2)) {
		const value = Math.floor(rest / length);
		if (value > 0) parts.push(format(value, unit));
		rest -= value * length;
	}
	return parts.join(" ");
}
