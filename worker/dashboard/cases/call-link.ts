/** A phone number as people write one: an optional +, then digits with the usual marks between them. */
const NUMBER = /^\+?\(?\d[\d ()./-]*\d$/;

/** The link that calls a number; null for what is not plainly one: 6 to 15 digits, as E.164 has them. */
export function callLink(text: string): string | null {
	const digits = text.replace(/\D/g, "");
	if (!NUMBER.test(text) || digits.length < 6 || digits.length > 15) return null;
	return `tel:${text.startsWith("+") ? "+" : ""}${digits}`;
}
