import type { Locale } from "../../shared/locales/index.ts";
import { type Language, type Mood, SAMPLE_COMMENTS, type SampleComment, type Theme } from "./sample-comments.ts";
import type { Chance } from "./seeded-chance.ts";

/** The languages the demo shop asks in. */
export type SampleLocale = Extract<Locale, "en" | "ar">;

/** Short words of praise come back in real life; a whole sentence twice in the same spelling looks copied. */
const SHORT_CHARS = 26;
const SHORT_USES = 5;
const LONG_USES = 3;

/** The shopper of an English page writes in the language of home. */
const LANGUAGES: Readonly<Record<SampleLocale, readonly (readonly [Language, number])[]>> = {
	en: [
		["en", 53],
		["it", 17],
		["de", 9],
		["es", 6],
		["fr", 6],
		["he", 3],
		["sr", 3],
		["vi", 3],
	],
	ar: [
		["ar", 95],
		["en", 5],
	],
};

/** Draws from the sample comments so that all come up about equally often, and none more than a few times. Null when all are used up. */
export function commentPicker(chance: Chance): (mood: Mood, theme: Theme, locale: SampleLocale) => string | null {
	const uses = new Map<SampleComment, number>();

	function usesLeft(comment: SampleComment): number {
		return (comment[3].length <= SHORT_CHARS ? SHORT_USES : LONG_USES) - (uses.get(comment) ?? 0);
	}

	/** Those used least often, of a language in which there is something left to say. */
	function freshest(mood: Mood, theme: Theme, locale: SampleLocale): SampleComment | undefined {
		const left = SAMPLE_COMMENTS.filter((comment) => comment[0] === mood && comment[1] === theme && usesLeft(comment) > 0);
		const languages = LANGUAGES[locale].filter(([language]) => left.some((comment) => comment[2] === language));
		if (languages.length === 0) return undefined;
		const language = chance.pick(languages);
		const spoken = left.filter((comment) => comment[2] === language);
		const fewest = Math.min(...spoken.map((comment) => uses.get(comment) ?? 0));
		const fresh = spoken.filter((comment) => (uses.get(comment) ?? 0) === fewest);
		return fresh[Math.floor(chance.random() * fresh.length)];
	}

	return (mood, theme, locale) => {
		const comment = freshest(mood, theme, locale) ?? freshest(mood, "general", locale);
		if (!comment) return null;
		uses.set(comment, (uses.get(comment) ?? 0) + 1);
		return comment[3];
	};
}
