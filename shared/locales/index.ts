import { ar } from "./ar.ts";
import { en } from "./en.ts";
import type { Strings } from "./strings.ts";

/** Every language Afterword ships, by BCP 47 code. The Worker picks from here; the widget is sent only what it needs. */
export const LOCALES = { ar, en } as const satisfies Record<string, Strings>;

export type Locale = keyof typeof LOCALES;

/** The shipped codes, sorted. */
export const LOCALE_CODES = Object.keys(LOCALES) as [Locale, ...Locale[]];

/** Whether a code names a shipped language, spelled as we spell it. */
export function isLocale(code: string): code is Locale {
	return Object.hasOwn(LOCALES, code);
}
