import type { Day } from "../../shared/day.ts";
import type { Scope } from "../../shared/scopes.ts";
import type { SiteId } from "../site.ts";

/** An API key without the key. */
export interface ApiKey {
	readonly id: string;
	readonly siteId: SiteId;
	readonly name: string;
	/** Its last four characters. */
	readonly hint: string;
	readonly scopes: readonly Scope[];
	readonly createdAt: number;
	readonly expiresAt: number | null;
	/** The UTC day it was last used on. */
	readonly lastUsed: Day | null;
}

/** A key as its row holds it. */
export interface ApiKeyRow {
	id: string;
	site: string;
	name: string;
	hint: string;
	scopes: string;
	created_at: number;
	expires_at: number | null;
	last_used: string | null;
}

/** The columns of `ApiKeyRow`. */
export const COLUMNS = "id, site, name, hint, scopes, created_at, expires_at, last_used";

/** The key with this SHA-256 (hex), of whatever site, or null. */
export async function apiKeyByHash(db: D1Database, hash: string): Promise<ApiKey | null> {
	const row = await db.prepare(`SELECT ${COLUMNS} FROM api_key WHERE hash = ?1`).bind(hash).first<ApiKeyRow>();
	return row && apiKeyOf(row);
}

/** A site's keys, oldest first. */
export async function apiKeysOf(db: D1Database, siteId: SiteId): Promise<ApiKey[]> {
	const { results } = await db
		.prepare(`SELECT ${COLUMNS} FROM api_key WHERE site = ?1 ORDER BY created_at`)
		.bind(siteId)
		.all<ApiKeyRow>();
	return results.map(apiKeyOf);
}

/** A statement that keeps a new key; the same one twice is kept once. */
export function insertApiKey(db: D1Database, hash: string, key: ApiKey): D1PreparedStatement {
	return db
		.prepare(`INSERT INTO api_key (hash, ${COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (hash) DO NOTHING`)
		.bind(hash, key.id, key.siteId, key.name, key.hint, JSON.stringify(key.scopes), key.createdAt, key.expiresAt, key.lastUsed);
}

/** Notes the day a key was used on. */
export async function touchApiKey(db: D1Database, hash: string, day: Day): Promise<void> {
	await db.prepare("UPDATE api_key SET last_used = ?2 WHERE hash = ?1").bind(hash, day).run();
}

/** Ends a key of this site; false when the site has no such key. */
export async function deleteApiKey(db: D1Database, siteId: SiteId, id: string): Promise<boolean> {
	const row = await db.prepare("DELETE FROM api_key WHERE id = ?2 AND site = ?1 RETURNING id").bind(siteId, id).first();
	return row !== null;
}

/** The key of a row. */
export function apiKeyOf(row: ApiKeyRow): ApiKey {
	return {
		id: row.id,
		siteId: row.site,
		name: row.name,
		hint: row.hint,
		scopes: JSON.parse(row.scopes),
		createdAt: row.created_at,
		expiresAt: row.expires_at,
		lastUsed: row.last_used,
	};
}
