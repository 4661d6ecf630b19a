const PREFIX = "whsec_";

/** A new webhook secret: 32 random bytes, as Standard Webhooks writes them. */
export function newWebhookSecret(): string {
	return PREFIX + btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
}

/**
 * The headers of Standard Webhooks 1.0 for one attempt: the same id over all attempts, the time of this one, a signature by each secret.
 * @param sentAt Unix milliseconds
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function signedHeaders(
	id: string,
	sentAt: number,
	body: string,
	secrets: readonly string[],
): Promise<Record<string, string>> {
	const seconds = String(Math.floor(sentAt / 1000));
	const signatures = await Promise.all(secrets.map((secret) => signatureOf(secret, `${id}.${seconds}.${body}`)));
	return {
		"webhook-id": id,
		"webhook-timestamp": seconds,
		"webhook-signature": signatures.map((signature) => `v1,${signature}`).join(" "),
	};
}

async function signatureOf(secret: string, content: string): Promise<string> {
	const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (character) => character.charCodeAt(0));
	const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
	const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(content));
	return btoa(String.fromCharCode(...new Uint8Array(signature)));
}
