import * as z from "zod";
import { isDay } from "./day.ts";
import { REFERENCE_BYTES } from "./limits.ts";
import { LOCALE_CODES } from "./locales/index.ts";

/** The public key of a site as it stands in the merchant's tag: 16 random characters and 6 of checksum. */
export const publicKey = z
	.string()
	.regex(/^aw_pub_[0-9A-Za-z]{22}$/, "must be a site's public key, aw_pub_ and 22 letters or digits")
	.meta({ examples: ["aw_pub_4fJq0ZtXw9LrB2sVnKeYm7"] });

/** A survey's name in addresses and payloads. */
export const surveySlug = z
	.string()
	.regex(/^[a-z][a-z0-9-]{0,31}$/, "must be a survey's name: a small letter, then small letters, digits or -")
	.meta({ examples: ["nps"] });

/** A key of a declared segment, and the id of a reason chip. */
export const segmentKey = z
	.string()
	.regex(/^[a-z][a-z0-9_-]{0,31}$/, "must be a small letter, then small letters, digits, _ or -")
	.meta({ examples: ["delivery"] });

/** A value of a declared segment: printable, at most 64 characters. */
export const segmentValue = z
	.string()
	.regex(
		/^[^\p{C}\p{Z}](?:[^\p{C}]{0,62}[^\p{C}\p{Z}])?$/u,
		"must be 1 to 64 printable characters without a space at either end",
	);

/** An order number or another name of one transaction: a letter or digit, then letters, digits, or . _ : / - */
export const transactionReference = z
	.string()
	.regex(/^[\p{L}\p{N}][\p{L}\p{N}._:/-]*$/u, "must be letters, digits or . _ : / - after a letter or digit")
	.refine(fitsReference, `must be at most ${REFERENCE_BYTES} bytes`)
	.meta({ examples: ["1001"] });

/** A customer's number or address in the merchant's own books: printable, without a space at either end. */
export const customerReference = z
	.string()
	.regex(/^[^\p{C}\p{Z}](?:[^\p{C}]*[^\p{C}\p{Z}])?$/u, "must be printable characters without a space at either end")
	.refine(fitsReference, `must be at most ${REFERENCE_BYTES} bytes`);

/** A customer or a transaction as it may be kept: what a merchant's server has signed may hold more than what a page says. */
export const keptReference = z
	.string()
	.regex(/^[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]+$/u, "must be printable characters")
	.refine(fitsReference, `must be at most ${REFERENCE_BYTES} bytes`);

/** A day local to the site. */
export const day = z
	.string()
	.refine(isDay, "must be a day, YYYY-MM-DD")
	.meta({ format: "date", examples: ["2026-11-22"] });

/** One of the languages there are. */
export const locale = z.enum(LOCALE_CODES).meta({ id: "Locale", description: "A language, by its BCP 47 tag." });

/** What an owner calls something: a site, a key, a place where it is told. */
export const givenName = z.string().trim().min(1).max(80);

function fitsReference(text: string): boolean {
	return new TextEncoder().encode(text).length <= REFERENCE_BYTES;
}
