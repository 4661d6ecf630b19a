import { COMMENT_BYTES, COMMENT_CHARS } from "./limits.ts";

/**
 * A comment as it is stored: NUL stripped, lone surrogates replaced, trimmed, cut to 2,000 characters and 8 KiB of UTF-8
 * without splitting a character. Null when nothing is left.
 */
export function cleanComment(text: string): string | null {
	let cut = wellFormed(text.replaceAll("\0", "").trim().slice(0, COMMENT_CHARS));
	while (new TextEncoder().encode(cut).length > COMMENT_BYTES) cut = wellFormed(cut.slice(0, -64));
	return cut.trim() || null;
}

/** The text without a half of a surrogate pair at its end, other halves replaced. */
function wellFormed(text: string): string {
	const whole = /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
	return whole.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}
