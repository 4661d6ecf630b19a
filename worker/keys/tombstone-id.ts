import type { Env } from "../env.ts";
import type { SiteId } from "../site.ts";
import { hexOf } from "./hex.ts";

/** What can be erased: all that names a customer, or all that names a transaction. */
export type Erasable = "customer" | "transaction";

/** The tombstones under which the customer and the transaction of a revision lie once they are erased; null where it names none. */
export type TombstoneIds = readonly [customer: string | null, transaction: string | null];

const HEX_CHARS = 32;

/**
 * The id of a tombstone: the kind, "/", and 128 bits in hex of an HMAC-SHA-256 under the Worker's own secret. It tells who was erased
 * only to somebody who has that secret and guesses the name. Null without the secret.
 */
export async function tombstoneId(env: Env, siteId: SiteId, kind: Erasable, value: string): Promise<string | null> {
	const key = await hashingKey(env);
	if (!key) return null;
	const mac = await crypto.subtle.sign("HMAC", key, encode(`${siteId}\n${kind}\n${value}`));
	return `${kind}/${hexOf(mac).slice(0, HEX_CHARS)}`;
}

/** The ids of both tombstones that would erase what this names. */
export async function tombstoneIdsOf(
	env: Env,
	siteId: SiteId,
	{ customer, transaction }: { readonly customer: string | null; readonly transaction: string | null },
): Promise<TombstoneIds> {
	return Promise.all([
		customer === null ? null : tombstoneId(env, siteId, "customer", customer),
		transaction === null ? null : tombstoneId(env, siteId, "transaction", transaction),
	]);
}

/** What tells the Worker's own secret from another, and tells nothing of it: 128 bits in hex of the same hash over a text that everybody knows. Null without the secret. */
export async function secretId(env: Env): Promise<string | null> {
	const key = await hashingKey(env);
	return key && hexOf(await crypto.subtle.sign("HMAC", key, encode("which secret this is"))).slice(0, HEX_CHARS);
}

const encode = (text: string) => new TextEncoder().encode(text);

/** Every answer is hashed; the key is derived once. */
let derived: { readonly secret: string; readonly key: CryptoKey } | null = null;

/** The key out of `AFTERWORD_SECRET`, by HKDF-SHA-256. */
async function hashingKey({ AFTERWORD_SECRET: secret }: Env): Promise<CryptoKey | null> {
	if (!secret) return null;
	if (derived?.secret !== secret) {
		const base = await crypto.subtle.importKey("raw", encode(secret), "HKDF", false, ["deriveKey"]);
		const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encode("afterword tombstone 1") };
		const algorithm = { name: "HMAC", hash: "SHA-256", length: 256 };
		derived = { secret, key: await crypto.subtle.deriveKey(derivation, base, algorithm, false, ["sign"]) };
	}
	return derived.key;
}
