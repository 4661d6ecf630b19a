import type { Env } from "../env.ts";

const IV_BYTES = 12;

/** A text sealed by the Worker's own secret: AES-256-GCM, base64 of the initialisation vector and the ciphertext. `about` is bound to it. */
export async function seal(env: Env, text: string, about: string): Promise<string> {
	const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
	const sealed = await crypto.subtle.encrypt(algorithm(iv, about), await sealingKey(env), encode(text));
	return btoa(String.fromCharCode(...iv, ...new Uint8Array(sealed)));
}

/** What was sealed. @throws where the Worker's secret is another, the text was changed, or it was sealed about something else */
export async function unseal(env: Env, sealed: string, about: string): Promise<string> {
	const bytes = Uint8Array.from(atob(sealed), (character) => character.charCodeAt(0));
	const iv = bytes.subarray(0, IV_BYTES);
	const text = await crypto.subtle.decrypt(algorithm(iv, about), await sealingKey(env), bytes.subarray(IV_BYTES));
	return new TextDecoder().decode(text);
}

const algorithm = (iv: Uint8Array, about: string) => ({ name: "AES-GCM", iv, additionalData: encode(about) });

const encode = (text: string) => new TextEncoder().encode(text);

/** The key out of `AFTERWORD_SECRET`, by HKDF-SHA-256. */
async function sealingKey({ AFTERWORD_SECRET: secret }: Env): Promise<CryptoKey> {
	if (!secret) throw new Error("AFTERWORD_SECRET is not set: without it nothing can be sealed");
	const base = await crypto.subtle.importKey("raw", encode(secret), "HKDF", false, ["deriveKey"]);
	const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encode("afterword seal 1") };
	return crypto.subtle.deriveKey(derivation, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
