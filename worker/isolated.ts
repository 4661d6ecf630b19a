/** Text of a merchant or shopper within a sentence, in marks that keep its direction to itself: what `bdi` is in markup. */
export function isolated(text: string): string {
	return `\u2068${text}\u2069`;
}
