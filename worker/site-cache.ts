import { dbFor } from "./db/db-for.ts";
import { type ShopifyApp, shopifyAppsOf } from "./db/shopify-apps.ts";
import { type SigningSecret, signingSecretsOf } from "./db/signing-secrets.ts";
import { surveysOf, versionsOf } from "./db/surveys.ts";
import type { Env } from "./env.ts";
import { placeOfKey } from "./place-cache.ts";
import type { Site, Survey, SurveyVersion } from "./site.ts";
import { siteAt } from "./site-at.ts";

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
	const place = await placeOfKey(env, publicKey);
	if (!place) return null;
	const db = dbFor(env, place);
	const [site, surveys, versions, secrets, shopifyApps] = await Promise.all([
		siteAt(env, place),
		surveysOf(db, place.id),
		versionsOf(db, place.id),
		signingSecretsOf(db, place.id),
		shopifyAppsOf(db, place.id),
	]);
	return { site, surveys, versions, secrets, shopifyApps };
}
