const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes as small hexadecimal digits. Every answer has some hashes: two digits are looked up, not computed. */
export function hexOf(bytes: ArrayBuffer | Uint8Array): string {
	let hex = "";
	for (const byte of bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)) hex += BYTES[byte];
	return hex;
}
