import type { Env } from "../env.ts";
import { isSessionSigned, parseSessionToken } from "../keys/session-token.ts";
import { unsealed } from "../keys/unsealed.ts";
import type { OpenSite } from "../site-cache.ts";

/** Milliseconds by which Shopify's clock may differ from ours. */
const LEEWAY_MS = 10_000;

/**
 * Whether a token proves that an ask comes from the site's own shop at Shopify: a session token of one of its apps, signed by that
 * app's client secret, for this shop and this moment. It says nothing of an order: such an ask stays unsigned.
 * @throws ApiError 503 where a client secret cannot be opened: that is no proof of anything
 */
export async function provesShop(env: Env, open: OpenSite, token: string | undefined, now: number): Promise<boolean> {
	const session = token === undefined ? null : parseSessionToken(token);
	if (!session || session.expiresAt <= now - LEEWAY_MS || session.notBefore > now + LEEWAY_MS) return false;
	for (const { id, shop, clientId, sealed } of open.shopifyApps) {
		if (shop !== session.shop || clientId !== session.clientId) continue;
		if (await isSessionSigned(session, await unsealed(env, sealed, `${open.site.id}.shopify.${id}`))) return true;
	}
	return false;
}

/** Whether the site has the app that a session token names; also where the token names none. */
export function knowsApp({ shopifyApps }: OpenSite, token: string): boolean {
	const session = parseSessionToken(token);
	return !session || shopifyApps.some(({ shop, clientId }) => shop === session.shop && clientId === session.clientId);
}
