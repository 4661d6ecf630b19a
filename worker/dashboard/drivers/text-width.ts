/** Units that a text of 12.5 units takes at most, about: enough to keep labels apart without a browser. */
export function textWidth(text: string): number {
	return [...text].reduce((width, letter) => width + letterWidth(letter), 0);
}

/** A text cut to a width, with an ellipsis where something is left away. */
export function cutTo(text: string, width: number): string {
	if (textWidth(text) <= width) return text;
	let kept = "";
	for (const letter of text) {
		if (textWidth(`${kept}${letter}…`) > width) break;
		kept += letter;
	}
	return `${kept.trimEnd()}…`;
}

/** A text in as few lines as hold it, broken between words, each cut to a width and the last one where `most` lines are too few. */
export function linesOf(text: string, width: number, most: number): string[] {
	if (most === 1 || textWidth(text) <= width) return [cutTo(text, width)];
	const words = text.split(" ");
	const fit = words.findLastIndex((_, i) => textWidth(words.slice(0, i).join(" ")) <= width);
	const first = words.slice(0, Math.max(1, fit)).join(" ");
	const rest = words.slice(Math.max(1, fit)).join(" ");
	return [cutTo(first, width), ...(rest === "" ? [] : linesOf(rest, width, most - 1))];
}

function letterWidth(letter: string): number {
	if (/\p{M}/u.test(letter)) return 0;
	if ((letter.codePointAt(0) ?? 0) >= 0x2e80 || /[MW@…%]/.test(letter)) return 13;
	if (/[ijlrtf .,:'’|]/.test(letter)) return 5;
	return /[\p{Lu}mw]/u.test(letter) ? 10 : 7.5;
}
