import { ApiError } from "../api-error.ts";
import type { Env } from "../env.ts";
import { isSigned, parseToken, type TransactionToken } from "../keys/transaction-token.ts";
import { unsealed } from "../keys/unsealed.ts";
import type { OpenSite } from "../site-cache.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Milliseconds by which a merchant's clock may be ahead of ours. */
const AHEAD_MS = 10 * 60 * 1000;

/** Unix milliseconds: the present, and when the ask was shown. What was shown in time is in time whenever it arrives. */
interface Moments {
	readonly now: number;
	readonly shownAt: number;
}

/**
 * What a token proves of an ask: null where it proves nothing, because there is none, or its site, secret, age or signature is not
 * right. A site that requires tokens refuses such an ask.
 * @throws ApiError 401 in mode `require`; 503 where a secret cannot be opened: that is no proof of anything
 */
export async function admitToken(
	env: Env,
	open: OpenSite,
	token: string | undefined,
	moments: Moments,
): Promise<TransactionToken | null> {
	const { site } = open;
	if (site.tokenMode === "off") return null;
	const proof = token === undefined ? null : await verify(env, open, token, moments);
	if (proof || site.tokenMode === "prefer") return proof;
	throw new ApiError("unauthorized", {
		faults: [{ field: "token", detail: "must be a transaction signed by the shop's server, for this site and not too old" }],
	});
}

async function verify(
	env: Env,
	{ site, secrets }: OpenSite,
	text: string,
	{ now, shownAt }: Moments,
): Promise<TransactionToken | null> {
	const token = parseToken(text);
	if (!token || token.site !== site.publicKey) return null;
	if (token.issuedAt > now + AHEAD_MS || token.issuedAt < shownAt - site.tokenDays * DAY_MS) return null;
	const sealed = secrets.find(({ kid }) => kid === token.kid)?.sealed;
	if (sealed === undefined) return null;
	return (await isSigned(token, await unsealed(env, sealed, `${site.id}.${token.kid}`))) ? token : null;
}
