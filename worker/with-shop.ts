import { LOCALES, type Locale } from "../shared/locales/index.ts";
import { isolated } from "./isolated.ts";

const LEFTWARD = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;
const RIGHTWARD = /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Kana}/u;

/** A name that stays together in any sentence: it begins with a letter and ends with a letter or a digit. */
const FIRM = /^\p{L}(?:.*[\p{L}\p{M}\p{N}])?$/su;

/**
 * A text in a language with the shop's name for `{shop}`. Where a sentence would take the name apart, as one from right to left does with
 * "24 Hours!", it is isolated; elsewhere that would only be bytes.
 */
export function withShop(text: string, shop: string, locale: Locale): string {
	const leftward = LEFTWARD.test(shop);
	const apart = leftward || LOCALES[locale].direction === "rtl";
	const firm = FIRM.test(shop) && !(leftward && RIGHTWARD.test(shop));
	return text.replaceAll("{shop}", () => (apart && !firm ? isolated(shop) : shop));
}
