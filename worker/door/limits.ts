import type { Context } from "hono";
import { ApiError } from "../api-error.ts";
import type { AppEnv, Env } from "../env.ts";
import { hexOf } from "../keys/hex.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";
import type { Site } from "../site.ts";

/** Who a request comes from, under a name that cannot be turned back into an address and is another every day; null where nobody says. */
export type Sender = string | null;

/**
 * The brake before anything is read: 600 requests a minute from one address. Like every limiter here it counts per location and
 * roughly; what must be exact is in the unique indexes.
 */
export async function brakeAddress(c: Context<AppEnv>, now: number): Promise<Sender> {
	const address = addressOf(c);
	if (!address) return null;
	const sender = await keyOf(c.env, `${new Date(now).toISOString().slice(0, 10)}|${address}`);
	if (!(await passes(c.env, "ADDRESS_LIMIT", sender))) throw tooMany(60);
	return sender;
}

/**
 * The limits of one site, for what is not signed: 60 new asks in 10 seconds and 240 in a minute from one address (carriers put many
 * shoppers behind one), 600 in a minute altogether; edits of asks that are kept have limits of their own, five times as high.
 */
export async function limitSite({ env }: Context<AppEnv>, site: Site, edit: boolean, sender: Sender): Promise<void> {
	const [burst, minute, unsigned] = edit
		? (["LATER_BURST_LIMIT", "LATER_LIMIT", "LATER_UNSIGNED_LIMIT"] as const)
		: (["FIRST_BURST_LIMIT", "FIRST_LIMIT", "FIRST_UNSIGNED_LIMIT"] as const);
	if (sender) {
		const key = `${edit}|${site.id}|${sender}`;
		if (!(await passes(env, burst, key))) throw tooMany(10);
		if (!(await passes(env, minute, key))) throw tooMany(60);
	}
	if (!(await passes(env, unsigned, `${edit}|${site.id}`))) throw tooMany(60);
}

/**
 * The limit of one signed order, wherever its asks come from: 60 revisions in a minute. Its buyer needs a few; without one, whoever has
 * bought once could fill the site with showings.
 */
export async function limitOrder(c: Context<AppEnv>, site: Site, transaction: string): Promise<void> {
	if (!(await passes(c.env, "ORDER_LIMIT", await keyOf(c.env, `order|${site.id}|${transaction}`)))) throw tooMany(60);
}

type LimiterName = Extract<keyof Env, `${string}_LIMIT`>;

/** Those that this isolate has said are missing: once is enough. */
const missing = new Set<LimiterName>();

/** Whether a limiter lets something pass. One that is missing or fails lets it pass, and the log says so. */
async function passes(env: Env, name: LimiterName, key: string): Promise<boolean> {
	const limiter = env[name];
	if (!limiter) {
		if (!missing.has(name)) log({ event: "limiter_missing", limiter: name });
		missing.add(name);
		return true;
	}
	try {
		return (await limiter.limit({ key })).success;
	} catch (error) {
		log({ event: "limiter_failed", limiter: name, reason: reasonOf(error) });
		return true;
	}
}

/** Whom a request comes from, as Cloudflare says it: an IPv4 address, or the /64 of an IPv6 one. Null where nobody says. */
function addressOf(c: Context<AppEnv>): string | null {
	const address = c.req.header("cf-connecting-ip");
	if (!address) return null;
	if (!address.includes(":")) return address;
	const [head = "", tail] = address.toLowerCase().split("::");
	const before = head === "" ? [] : head.split(":");
	const after = tail ? tail.split(":") : [];
	const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
	const groups = [...before, ...zeros, ...after].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
	return groups.join(":");
}

/** A name for an address that cannot be turned back into it. No address is stored or logged. */
async function keyOf(env: Env, text: string): Promise<string> {
	const key = await importedKey(env.AFTERWORD_SECRET || env.AFTERWORD_OPERATOR_KEY || "afterword");
	const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(text)));
	return hexOf(mac.subarray(0, 16));
}

/** The Worker's secret as it was last imported: that takes longer than to sign with it. */
let imported: { readonly secret: string; readonly key: CryptoKey } | null = null;

async function importedKey(secret: string): Promise<CryptoKey> {
	if (imported?.secret === secret) return imported.key;
	const key = await crypto.subtle.importKey("raw", bytesOf(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
	imported = { secret, key };
	return key;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

function tooMany(seconds: number): ApiError {
	return new ApiError("too_many_requests", {
		detail: `Try again in ${seconds} seconds`,
		headers: { "Retry-After": String(seconds) },
	});
}
