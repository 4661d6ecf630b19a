import * as z from "zod";
import { isSessionToken } from "../../shared/is-session-token.ts";

/** What a Shopify session token says, before its signature is looked at. Times are Unix milliseconds. */
export interface SessionToken {
	/** The shop's permanent name, without a scheme. */
	readonly shop: string;
	/** The app it was made for. */
	readonly clientId: string;
	readonly notBefore: number;
	readonly expiresAt: number;
	/** The text that was signed. */
	readonly message: string;
	readonly signature: Uint8Array;
}

/** HS256 and nothing else: what another algorithm says, or none, is no token. A `crit` asks for what we do not know. */
const header = z.object({ alg: z.literal("HS256"), typ: z.literal("JWT").optional(), crit: z.undefined().optional() });

const seconds = z.number().min(0).max(1e11);
/** Extensions send the bare name in `dest`, the admin sends an address. */
const claims = z.object({
	dest: z.string().transform((dest) => dest.replace(/^https:\/\//, "")),
	aud: z.string(),
	exp: seconds,
	nbf: seconds.optional(),
});

/** Reads a Shopify session token (a JWT, RFC 7519). Null where the form is not that; whether the signature is right, `isSessionSigned` tells. */
export function parseSessionToken(text: string): SessionToken | null {
	if (!isSessionToken(text)) return null;
	const [head = "", body = "", mac = ""] = text.split(".");
	const said = claims.safeParse(jsonIn(body));
	if (!header.safeParse(jsonIn(head)).success || !said.success) return null;
	const signature = bytesIn(mac);
	if (!signature) return null;
	const { dest, aud, exp, nbf = 0 } = said.data;
	return { shop: dest, clientId: aud, notBefore: nbf * 1000, expiresAt: exp * 1000, message: `${head}.${body}`, signature };
}

/** Whether this client secret has signed the token, in a time that tells nothing (HMAC-SHA-256, whatever the token's header says). */
export async function isSessionSigned({ message, signature }: SessionToken, clientSecret: string): Promise<boolean> {
	const encode = (text: string) => new TextEncoder().encode(text);
	const key = await crypto.subtle.importKey("raw", encode(clientSecret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
	return crypto.subtle.verify("HMAC", key, signature, encode(message));
}

function jsonIn(base64url: string): unknown {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytesIn(base64url) ?? new Uint8Array()));
	} catch {
		return null;
	}
}

function bytesIn(base64url: string): Uint8Array | null {
	try {
		const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
		return Uint8Array.from(binary, (character) => character.charCodeAt(0));
	} catch {
		return null;
	}
}
