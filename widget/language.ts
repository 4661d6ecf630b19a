/**
 * The first offered language that one of the wanted BCP 47 tags asks for, each tag looked up as a whole and then with its
 * last subtag dropped (RFC 4647 §3.4): "ar-EG" finds "ar".
 */
export function pickLanguage<Code extends string>(
	wanted: readonly (string | undefined)[],
	offered: readonly Code[],
): Code | undefined {
	for (let tag of wanted) {
		for (; tag; tag = tag.replace(/(^|-)[^-]*$/, "")) {
			const found = offered.find((code) => code.toLowerCase() === tag?.toLowerCase());
			if (found) return found;
		}
	}
	return undefined;
}
