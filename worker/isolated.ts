/** A letter of a script that is written from right to left. */
export const LEFTWARD = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Text of a merchant or shopper within a sentence, in marks that keep its direction to itself: what `bdi` is in markup. */
export function isolated(text: string): string {
	return `\u2068${text}\u2069`;
}
