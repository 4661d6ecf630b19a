/** Rough widths in em: no server knows a browser's fonts, so these are on the wide side. */
const WIDTHS: readonly (readonly [pattern: RegExp, em: number])[] = [
	// Their marks too: a browser without the script's font draws a box for each.
	[/[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}]/u, 0.82],
	[/[\p{M}\p{Cf}]/u, 0],
	[/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u, 1.02],
	[/[ .,:;'’|!ijl()\u00a0\u202f]/u, 0.36],
	[/[\p{Lu}mw%]/u, 0.82],
	[/[\p{Script=Cyrillic}\p{Script=Greek}]/u, 0.68],
];
const USUAL = 0.6;

/** About how wide a text is, in em. */
function widthOf(text: string): number {
	return [...text].reduce((sum, character) => sum + (WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? USUAL), 0);
}

/**
 * Breaks a text into lines of at most `most` em, at spaces; in a language that writes none, between words. No more lines than it takes,
 * and those of about one length: no word is left alone on the last.
 * @param locale of the text, a BCP 47 tag
 */
export function wrapText(text: string, most: number, locale: string): string[] {
	let lines = linesOf(text, most, locale);
	for (let width = most - 0.5; width > most / 2; width -= 0.5) {
		const narrower = linesOf(text, width, locale);
		if (narrower.length > lines.length || narrower.some((line) => widthOf(line) > width)) break;
		lines = narrower;
	}
	return lines;
}

function linesOf(text: string, most: number, locale: string): string[] {
	const lines: string[] = [];
	let line = "";
	const parts = text.match(/[^ ]+ */g) ?? [];
	for (const part of parts.flatMap((part) => (widthOf(part) > most ? wordsOf(part, locale) : [part]))) {
		if (line !== "" && widthOf((line + part).trimEnd()) > most) {
			lines.push(line.trimEnd());
			line = "";
		}
		line += part;
	}
	return [...lines, line.trimEnd()].filter((each) => each !== "");
}

/** The words of a text without spaces, each with the marks that follow it; a number between its isolates stays whole. */
function wordsOf(text: string, locale: string): string[] {
	const words: string[] = [];
	let depth = 0;
	for (const { segment, isWordLike } of new Intl.Segmenter(locale, { granularity: "word" }).segment(text)) {
		const begins = depth === 0 && (isWordLike || segment === "\u2066" || segment === "(" || segment === "（");
		const last = words.at(-1);
		const opened = last !== undefined && /[\u2066(（]$/.test(last);
		if (last === undefined || (begins && !opened)) words.push(segment);
		else words[words.length - 1] = last + segment;
		for (const character of segment) depth += character === "\u2066" ? 1 : character === "\u2069" ? -1 : 0;
	}
	return words;
}
