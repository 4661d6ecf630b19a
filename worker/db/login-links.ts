import type { SiteId } from "../site.ts";

/** Keeps a link that logs in once, by the hash of what it carries, and removes those that have expired. */
export async function insertLoginLink(
	db: D1Database,
	{ hash, site, expiresAt }: { readonly hash: string; readonly site: SiteId | null; readonly expiresAt: number },
	now: number,
): Promise<void> {
	await db.batch([
		db.prepare("DELETE FROM login_link WHERE expires_at <= ?1").bind(now),
		db.prepare("INSERT INTO login_link (hash, site, expires_at) VALUES (?1, ?2, ?3)").bind(hash, site, expiresAt),
	]);
}

/** Uses a link up: the site it opens, or null where it was used before, has expired or never was. */
export async function takeLoginLink(db: D1Database, hash: string, now: number): Promise<{ readonly site: SiteId | null } | null> {
	return db
		.prepare("DELETE FROM login_link WHERE hash = ?1 AND expires_at > ?2 RETURNING site")
		.bind(hash, now)
		.first<{ site: SiteId | null }>();
}
