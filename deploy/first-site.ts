import type * as z from "zod";
import { callApi } from "../local/call-api.ts";
import { type newSite, newSiteReply } from "../shared/site-contract.ts";

export type WantedSite = z.input<typeof newSite>;

/** A site just made, and the key that reads it. */
export interface MadeSite {
	readonly publicKey: string;
	readonly secretKey: string;
}

const PATIENCE_MS = 120_000;
const PAUSE_MS = 3_000;

/** Makes a site over the API of the deployed Worker. */
export async function makeSite(
	address: string,
	operatorKey: string,
	wanted: WantedSite,
	patienceMs = PATIENCE_MS,
): Promise<MadeSite> {
	await untilOpen(new URL("/v1/sites", address), operatorKey, patienceMs);
	const reply = await callApi(new URL(address), "POST", "/v1/sites", operatorKey, wanted);
	const { site, secret_key } = newSiteReply.parse(reply);
	return { publicKey: site.public_key, secretKey: secret_key };
}

/**
 * Waits until the Worker answers and knows the operator's key: a new address and a new secret take Cloudflare a moment. An empty site
 * is asked for: whoever may make sites is told that it is not valid.
 */
async function untilOpen(url: URL, operatorKey: string, patienceMs: number): Promise<void> {
	const headers = { authorization: `Bearer ${operatorKey}`, "content-type": "application/json" };
	let last = "it does not answer";
	for (let left = patienceMs; ; left -= PAUSE_MS) {
		const response = await fetch(url, { method: "POST", headers, body: "{}" }).catch(() => null);
		if (response?.status === 400) return;
		if (response) last = response.status === 401 ? "it does not take the operator's key" : `it answers ${response.status}`;
		if (left <= 0) throw new Error(`No site can be made at ${url.origin}: ${last}.`);
		await new Promise((later) => setTimeout(later, PAUSE_MS));
	}
}
