/** Characters of a tag that are looked at: a header may be a hundred thousand, and each subtag is looked up. */
const LONGEST = 64;

/**
 * The first offered language that one of the wanted BCP 47 tags asks for, each tag looked up as a whole and then with its last
 * subtag dropped (RFC 4647 §3.4): "ar-EG" finds "ar".
 * @param others tags in small letters that ask for an offered language by another name, such as "zh-tw" for zh-Hant
 */
export function pickLanguage<Code extends string>(
	wanted: readonly (string | undefined)[],
	offered: readonly Code[],
	others: Readonly<Record<string, Code>> = {},
): Code | undefined {
	for (const tag of wanted) {
		for (let name = tag?.slice(0, LONGEST).toLowerCase().replaceAll("_", "-"); name; name = name.replace(/(^|-)[^-]*$/, "")) {
			// As text: what is no tag may still be the name of something that every object has.
			const asked = `${others[name] ?? name}`.toLowerCase();
			const found = offered.find((code) => code.toLowerCase() === asked);
			if (found) return found;
		}
	}
	return undefined;
}
