import { crc32 } from "./crc32.ts";
import { hexOf } from "./hex.ts";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The kinds of key and how many random base62 characters each carries: 95 bits name a site, 190 open it or sign for it. */
export const KEY_KINDS = { aw_pub_: 16, aw_sk_: 32, aw_tx_: 32 } as const;

export type KeyPrefix = keyof typeof KEY_KINDS;

/** Random base62 text without modulo bias: a byte of 248 or more is thrown away. */
export function randomBase62(length: number): string {
	let text = "";
	while (text.length < length) {
		for (const byte of crypto.getRandomValues(new Uint8Array(length)))
			if (byte < 248 && text.length < length) text += DIGITS[byte % 62];
	}
	return text;
}

/** A new key: its prefix, random characters, and six of checksum over both. */
export function makeKey(prefix: KeyPrefix): string {
	const key = prefix + randomBase62(KEY_KINDS[prefix]);
	return key + checksum(key);
}

/** Whether a text is a key of this kind whose checksum is right: typing errors and guesses never reach the database. */
export function isKey(prefix: KeyPrefix, text: string): boolean {
	const length = prefix.length + KEY_KINDS[prefix];
	return (
		text.length === length + 6 &&
		text.startsWith(prefix) &&
		/^[0-9A-Za-z]+$/.test(text.slice(prefix.length)) &&
		text.slice(length) === checksum(text.slice(0, length))
	);
}

/** SHA-256 of a text, in hex: how keys are kept. */
export async function sha256Hex(text: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	return hexOf(digest);
}

function checksum(key: string): string {
	let rest = crc32(key);
	let text = "";
	for (let i = 0; i < 6; i++) {
		text = DIGITS[rest % 62] + text;
		rest = Math.floor(rest / 62);
	}
	return text;
}
