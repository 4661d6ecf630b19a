import type { Locale } from "./locales/index.ts";

/**
 * Language tags, in small letters, that name none of our languages and still ask for one, the best first: by CLDR's likely subtags
 * (zh-TW is written in Han traditional, sr in Cyrillic), its parent locales (Portuguese outside Brazil follows Portugal), and the
 * names that languages had before (iw, in, no).
 */
const ASKED_FOR: Readonly<Record<string, readonly Locale[]>> = {
	zh: ["zh-Hans", "zh-Hant"],
	"zh-tw": ["zh-Hant", "zh-Hans"],
	"zh-hk": ["zh-Hant", "zh-Hans"],
	"zh-mo": ["zh-Hant", "zh-Hans"],
	yue: ["zh-Hant", "zh-Hans"],
	sr: ["sr-Cyrl", "sr-Latn"],
	"sr-me": ["sr-Latn", "sr-Cyrl"],
	sh: ["sr-Latn", "sr-Cyrl"],
	no: ["nb"],
	nn: ["nb"],
	pt: ["pt-BR", "pt-PT"],
	"pt-ao": ["pt-PT", "pt-BR"],
	"pt-ch": ["pt-PT", "pt-BR"],
	"pt-cv": ["pt-PT", "pt-BR"],
	"pt-gq": ["pt-PT", "pt-BR"],
	"pt-gw": ["pt-PT", "pt-BR"],
	"pt-lu": ["pt-PT", "pt-BR"],
	"pt-mo": ["pt-PT", "pt-BR"],
	"pt-mz": ["pt-PT", "pt-BR"],
	"pt-st": ["pt-PT", "pt-BR"],
	"pt-tl": ["pt-PT", "pt-BR"],
	iw: ["he"],
	in: ["id"],
	mo: ["ro"],
};

/**
 * The tags that ask for one of the offered languages by another name, each with that language; without those that a look-up finds
 * anyway once it drops the last subtag.
 */
export function languageTags(offered: readonly Locale[]): Record<string, Locale> {
	const best = (tag: string) => ASKED_FOR[tag]?.find((locale) => offered.includes(locale));
	const tags: Record<string, Locale> = {};
	for (const tag of Object.keys(ASKED_FOR)) {
		const locale = best(tag);
		const [language = "", region] = tag.split("-");
		if (locale && !(region && locale === best(language))) tags[tag] = locale;
	}
	return tags;
}
