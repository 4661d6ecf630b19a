import type * as z from "zod";
import type { newApiKey as body } from "../shared/access-contract.ts";
import type { ApiKey } from "./db/api-keys.ts";
import { makeKey, randomBase62, sha256Hex } from "./keys/key.ts";
import type { SiteId } from "./site.ts";

/** A key just made: the secret for its owner, once, and what is kept instead of it. */
export interface MadeKey {
	readonly secret: string;
	/** SHA-256 of the secret, hex. */
	readonly hash: string;
	readonly key: ApiKey;
}

/** Makes an API key of a site. */
export async function newApiKey(
	siteId: SiteId,
	{ name, scopes, expires_at }: z.output<typeof body>,
	now: number,
): Promise<MadeKey> {
	const secret = makeKey("aw_sk_");
	const key: ApiKey = {
		id: randomBase62(12),
		siteId,
		name,
		hint: secret.slice(-4),
		scopes: [...new Set(scopes)],
		createdAt: now,
		expiresAt: expires_at === null ? null : Date.parse(expires_at),
		lastUsed: null,
	};
	return { secret, hash: await sha256Hex(secret), key };
}
