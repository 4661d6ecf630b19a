/**
 * Text as it is compared where capitals and the ways to write one character make no difference: composed, in capitals, and the four i
 * of Turkish as one. Capitals rather than small letters, for they tell less apart: ß is SS, and both sigmas are one.
 */
export function fold(text: string): string {
	return text.normalize("NFC").toUpperCase().normalize("NFC").replaceAll("İ", "I");
}
