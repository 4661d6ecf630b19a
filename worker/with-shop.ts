import { LOCALES, type Locale } from "../shared/locales/index.ts";
import { isolated, LEFTWARD } from "./isolated.ts";

/** A name that stays together in any sentence: it begins with a letter and ends with a letter or a digit. */
const FIRM = /^\p{L}(?:.*[\p{L}\p{M}\p{N}])?$/su;

/**
 * A text in a language with the shop's name for `{shop}`. Where a sentence would take the name apart, as one from right to left does with
 * "24 Hours!", it is isolated; elsewhere that would only be bytes.
 */
export function withShop(text: string, shop: string, locale: Locale): string {
	const letters = shop.match(/\p{L}/gu) ?? [];
	const leftward = letters.some((letter) => LEFTWARD.test(letter));
	const apart = leftward || LOCALES[locale].direction === "rtl";
	const firm = FIRM.test(shop) && letters.every((letter) => LEFTWARD.test(letter) === leftward);
	return text.replaceAll("{shop}", () => (apart && !firm ? isolated(shop) : shop));
}
