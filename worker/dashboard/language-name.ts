import type { Locale } from "../../shared/locales/index.ts";

/** A language's name in itself: "Deutsch", "العربية". */
export function languageName(locale: Locale): string {
	return new Intl.DisplayNames(locale, { type: "language" }).of(locale) ?? locale;
}
