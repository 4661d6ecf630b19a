import { SESSION_TOKEN_CHARS } from "./limits.ts";

/** Whether a text has the form of a Shopify session token: a JWT with an HMAC of 256 bits. */
export function isSessionToken(text: string): boolean {
	return text.length <= SESSION_TOKEN_CHARS && /^[\w-]+\.[\w-]+\.[\w-]{43}$/.test(text);
}
