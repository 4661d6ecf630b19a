/** The 32-bit FNV-1a hash of a text's code points: enough to know a text again without keeping it. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
	return value;
}
