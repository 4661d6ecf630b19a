import { CONTACT_BYTES, CONTACT_CHARS } from "./limits.ts";

/**
 * An e-mail address or a phone number as somebody typed it: what cannot be seen taken out, every space one, none at the ends. It need be
 * neither: people also write when they can be called. Null when nothing is left, or more than 100 characters or 200 bytes of UTF-8: half a
 * number is none.
 */
export function cleanContact(text: string): string | null {
	const clean = text
		.replace(/[\s\p{Z}]+/gu, " ")
		.replace(/\p{C}/gu, "")
		.trim();
	const fits = clean.length <= CONTACT_CHARS && new TextEncoder().encode(clean).length <= CONTACT_BYTES;
	return (fits && clean) || null;
}
