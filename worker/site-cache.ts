import { dbFor, directoryOf } from "./db/db-for.ts";
import { type ShopifyApp, shopifyAppsOf } from "./db/shopify-apps.ts";
import { type SigningSecret, signingSecretsOf } from "./db/signing-secrets.ts";
import { siteByPublicKey } from "./db/sites.ts";
import { surveysOf, versionsOf } from "./db/surveys.ts";
import type { Env } from "./env.ts";
import type { Site, Survey, SurveyVersion } from "./site.ts";

/** A site with all that an ask is checked against. */
export interface OpenSite {
	readonly site: Site;
	readonly surveys: readonly Survey[];
	readonly versions: readonly SurveyVersion[];
	/** What its merchant signs orders with. */
	readonly secrets: readonly SigningSecret[];
	/** Whose extensions send its answers from checkouts. */
	readonly shopifyApps: readonly ShopifyApp[];
}

interface Entry {
	readonly found: OpenSite | null;
	readonly readAt: number;
}

const FRESH_MS = 60_000;
const MOST = 1_000;
/** Apart from each other: anybody can make up keys that no site has, and those must not push out the sites there are. */
const sites = new Map<string, Entry>();
const absent = new Map<string, Entry>();

/**
 * The site behind a public key, or null where there is none. Believed for 60 seconds in this isolate, absence too, so that
 * most answers cost no read.
 * @param newerThan read again what was read before this time (Unix milliseconds)
 */
export async function openSite(env: Env, publicKey: string, now: number, newerThan = 0): Promise<OpenSite | null> {
	const entry = sites.get(publicKey) ?? absent.get(publicKey);
	if (entry && now - entry.readAt < FRESH_MS && entry.readAt >= newerThan) return entry.found;
	const found = await readSite(env, publicKey);
	forgetSite(publicKey);
	const entries = found ? sites : absent;
	if (entries.size >= MOST) entries.delete(entries.keys().next().value ?? "");
	entries.set(publicKey, { found, readAt: now });
	return found;
}

/** Forgets what this isolate believes of a site, after a change. */
export function forgetSite(publicKey: string): void {
	sites.delete(publicKey);
	absent.delete(publicKey);
}

async function readSite(env: Env, publicKey: string): Promise<OpenSite | null> {
	const site = await siteByPublicKey(directoryOf(env), publicKey);
	if (!site) return null;
	const db = dbFor(env, site.id);
	const [surveys, versions, secrets, shopifyApps] = await Promise.all([
		surveysOf(db, site.id),
		versionsOf(db, site.id),
		signingSecretsOf(db, site.id),
		shopifyAppsOf(db, site.id),
	]);
	return { site, surveys, versions, secrets, shopifyApps };
}
