import { LEFTWARD } from "../isolated.ts";

/** Marks that turn the direction of whatever follows them: nobody's text may turn ours. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;

/** A text of more than one line as another program may have it: no control characters but line breaks, no turning marks, no more than one empty line. */
export function plainLines(text: string): string {
	return text
		.toWellFormed()
		.replace(TURNING, "")
		.replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, "\n")
		.replace(/[^\P{Cc}\n]/gu, " ")
		.replace(/\n{3,}/g, "\n\n")
		.trim();
}

/** A text as one line: fit for a subject or a headline, from which nothing can start another header or paragraph. */
export function plainLine(text: string): string {
	return plainLines(text).replace(/\s+/gu, " ");
}

/** The text, or its beginning with an ellipsis where it has more than `most` UTF-16 units; no character is split. */
export function shortened(text: string, most: number): string {
	if (text.length <= most) return text;
	const cut = text.slice(0, most - 1);
	return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** The direction of a text by its first letter, as browsers find it. */
export function directionOf(text: string): "ltr" | "rtl" {
	const [first = ""] = /\p{L}/u.exec(text) ?? [];
	return LEFTWARD.test(first) ? "rtl" : "ltr";
}
