import type { SiteId } from "../site.ts";
import { type ApiKey, type ApiKeyRow, apiKeyOf, COLUMNS as KEY_COLUMNS } from "./api-keys.ts";

/** A session as it is kept. Times are Unix milliseconds. */
export interface Session {
	/** SHA-256 of what the cookie holds, hex. */
	readonly hash: string;
	/** SHA-256 of the key it was made with, hex: an API key's, or the operator's. */
	readonly keyHash: string;
	/** The site whose pages are open; null where an operator has opened none. */
	readonly site: SiteId | null;
	readonly createdAt: number;
	readonly usedAt: number;
}

/** A session with the API key it was made with; null where that is the operator's, or has ended. */
export interface OpenSession extends Session {
	readonly key: ApiKey | null;
}

type Row = { session_site: string | null; key_hash: string; session_created_at: number; used_at: number } & Partial<ApiKeyRow>;

/** The session of this hash whatever its age, or null. */
export async function sessionByHash(db: D1Database, hash: string): Promise<OpenSession | null> {
	const row = await db
		.prepare(
			`SELECT session.site AS session_site, session.key_hash, session.created_at AS session_created_at, session.used_at, key.*
			FROM session LEFT JOIN (SELECT hash, ${KEY_COLUMNS} FROM api_key) AS key ON key.hash = session.key_hash WHERE session.hash = ?1`,
		)
		.bind(hash)
		.first<Row>();
	if (!row) return null;
	return {
		hash,
		keyHash: row.key_hash,
		site: row.session_site,
		createdAt: row.session_created_at,
		usedAt: row.used_at,
		key: row.id ? apiKeyOf(row as ApiKeyRow) : null,
	};
}

/** Keeps a new session, and removes at most a hundred that were last used before `deadBefore`. */
export async function insertSession(db: D1Database, session: Session, deadBefore: number): Promise<void> {
	const { hash, keyHash, site, createdAt, usedAt } = session;
	await db.batch([
		db
			.prepare("INSERT INTO session (hash, key_hash, site, created_at, used_at) VALUES (?1, ?2, ?3, ?4, ?5)")
			.bind(hash, keyHash, site, createdAt, usedAt),
		db
			.prepare(
				"DELETE FROM session WHERE hash IN (SELECT hash FROM session INDEXED BY session_used WHERE used_at < ?1 LIMIT 100)",
			)
			.bind(deadBefore),
	]);
}

/** Notes that a session was used. */
export async function touchSession(db: D1Database, hash: string, now: number): Promise<void> {
	await db.prepare("UPDATE session SET used_at = ?2 WHERE hash = ?1").bind(hash, now).run();
}

/** Opens the pages of another site in a session; null closes them. */
export async function openSiteInSession(db: D1Database, hash: string, site: SiteId | null): Promise<void> {
	await db.prepare("UPDATE session SET site = ?2 WHERE hash = ?1").bind(hash, site).run();
}

/** Ends a session. */
export async function deleteSession(db: D1Database, hash: string): Promise<void> {
	await db.prepare("DELETE FROM session WHERE hash = ?1").bind(hash).run();
}
