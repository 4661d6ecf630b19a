import type { SiteId } from "../site.ts";

/** One secret a merchant signs orders with, sealed. */
export interface SigningSecret {
	/** Its name in tokens: 1 to 8 small letters or digits. */
	readonly kid: string;
	readonly sealed: string;
	/** Its last four characters. */
	readonly hint: string;
	readonly createdAt: number;
}

interface SecretRow {
	kid: string;
	sealed: string;
	hint: string;
	created_at: number;
}

/** A site's signing secrets, oldest first. */
export async function signingSecretsOf(db: D1Database, siteId: SiteId): Promise<SigningSecret[]> {
	// In the order of its key: SQL that sorts by time reads a row even where there is none.
	const query = db.prepare("SELECT kid, sealed, hint, created_at FROM signing_secret WHERE site = ?1 ORDER BY kid");
	const { results } = await query.bind(siteId).all<SecretRow>();
	return results
		.map(({ kid, sealed, hint, created_at }) => ({ kid, sealed, hint, createdAt: created_at }))
		.sort((a, b) => a.createdAt - b.createdAt);
}

/** Statements that keep a new secret; a site that signed nothing until now begins to prefer what is signed. */
export function insertSigningSecret(db: D1Database, siteId: SiteId, secret: SigningSecret): D1PreparedStatement[] {
	return [
		db
			.prepare("INSERT INTO signing_secret (site, kid, sealed, hint, created_at) VALUES (?1, ?2, ?3, ?4, ?5)")
			.bind(siteId, secret.kid, secret.sealed, secret.hint, secret.createdAt),
		db.prepare("UPDATE site SET token_mode = 'prefer', changes = changes + 1 WHERE id = ?1 AND token_mode = 'off'").bind(siteId),
	];
}

/** Ends a secret of this site: what it signed is believed no more. False when the site has no such secret. */
export async function deleteSigningSecret(db: D1Database, siteId: SiteId, kid: string): Promise<boolean> {
	const row = await db.prepare("DELETE FROM signing_secret WHERE site = ?1 AND kid = ?2 RETURNING kid").bind(siteId, kid).first();
	return row !== null;
}
