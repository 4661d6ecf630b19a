/** What a merchant's server has signed of one order. */
export interface TransactionToken {
	/** The site's public key. */
	readonly site: string;
	/** Which of the site's secrets has signed it. */
	readonly kid: string;
	/** When the order was made, in Unix milliseconds. */
	readonly issuedAt: number;
	readonly transaction: string;
	/** Null where the server named none. */
	readonly customer: string | null;
	/** The text that was signed. */
	readonly message: string;
	readonly signature: Uint8Array;
}

const FORM =
	/^(awtx1\.(aw_pub_[0-9A-Za-z]{22})\.([0-9a-z]{1,8})\.(\d{10})\.([A-Za-z0-9_-]{2,86})\.([A-Za-z0-9_-]{0,86}))\.([0-9a-f]{64})$/;

const LONGEST = 384;
/** Printable; marks that only join or turn what stands beside them may be in it, as in emoji and in right-to-left names. */
const REFERENCE = /^[^\p{Cc}\p{Cs}\p{Co}\p{Cn}]{1,64}$/u;

/**
 * Reads `awtx1.{site}.{kid}.{iat}.{transaction}.{customer}.{signature}`, the last two references in base64url, the signature in hex.
 * Null where the form is not that; whether the signature is right, `isSigned` tells.
 */
export function parseToken(token: string): TransactionToken | null {
	const [, message, site, kid, iat, order, buyer, hex] = token.length <= LONGEST ? (FORM.exec(token) ?? []) : [];
	if (message === undefined || site === undefined || kid === undefined || order === undefined || hex === undefined) return null;
	const transaction = referenceIn(order);
	const customer = buyer ? referenceIn(buyer) : null;
	if (transaction === null || (buyer && customer === null)) return null;
	const signature = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
	return { site, kid, issuedAt: Number(iat) * 1000, transaction, customer, message, signature };
}

/** Whether this secret has signed the token, in a time that tells nothing (HMAC-SHA-256 over the message). */
export async function isSigned({ message, signature }: TransactionToken, secret: string): Promise<boolean> {
	const encode = (text: string) => new TextEncoder().encode(text);
	const key = await crypto.subtle.importKey("raw", encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
	return crypto.subtle.verify("HMAC", key, signature, encode(message));
}

/** UTF-8 of 1 to 64 bytes, printable, out of base64url; null where it is not that. */
function referenceIn(base64url: string): string | null {
	try {
		const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
		const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
		const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
		return bytes.length <= 64 && REFERENCE.test(text) ? text : null;
	} catch {
		return null;
	}
}
