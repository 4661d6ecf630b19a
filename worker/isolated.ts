/** A text that keeps its own direction in a sentence, and the sentence its own. */
export function isolated(text: string): string {
	return `\u2068${text}\u2069`;
}
