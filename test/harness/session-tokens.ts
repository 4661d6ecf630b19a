import { createHmac, randomUUID } from "node:crypto";

/** A Shopify app made up for tests, and the shop it is installed in. */
export const APP = {
	shop: "a-shop-that-has-a-name-of-some-length.myshopify.com",
	client_id: "5f2e1d0c9b8a7968574635241302f1e0",
	client_secret: "made-up-for-tests-0123456789abcdef",
} as const;

interface Making {
	readonly header?: unknown;
	readonly secret?: string;
	readonly hash?: string;
}

/** JSON, or a text as it is, in base64url. */
export const base64url = (value: unknown): string =>
	Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** A session token as Shopify makes it for a checkout extension; `header`, `secret` and `hash` as a forger would have them. */
export function sessionToken(
	claims: object = {},
	{ header = { alg: "HS256", typ: "JWT" }, secret = APP.client_secret, hash = "sha256" }: Making = {},
): string {
	const now = Math.floor(Date.now() / 1000);
	const said = {
		dest: APP.shop,
		aud: APP.client_id,
		exp: now + 300,
		nbf: now,
		iat: now,
		jti: randomUUID(),
		sub: "gid://shopify/Customer/7291038475610",
		...claims,
	};
	const message = `${base64url(header)}.${base64url(said)}`;
	return `${message}.${createHmac(hash, secret).update(message).digest("base64url")}`;
}
