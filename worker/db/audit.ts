import type { SiteId } from "../site.ts";

/** What somebody did to a site. It never holds a key, a comment, an address or who a customer is. */
export interface AuditEntry {
	/** Unix milliseconds. */
	readonly at: number;
	/** Told apart from others of the same moment. */
	readonly id: string;
	/** The id of the key that was shown, or "operator". */
	readonly actor: string;
	/** The method and the route, such as "PATCH /v1/surveys/:survey". */
	readonly action: string;
	/** Which of the site's things, where it has a name that is not a person's. */
	readonly object: string;
	/** The request's id at Cloudflare; empty where there is none. */
	readonly request: string;
	/** The reply's HTTP status. */
	readonly result: string;
}

/** Adds an entry. Nothing ever changes or removes one. */
export async function insertAudit(db: D1Database, siteId: SiteId, entry: AuditEntry): Promise<void> {
	await db
		.prepare("INSERT INTO audit (site, at, id, actor, action, object, request, result) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
		.bind(siteId, entry.at, entry.id, entry.actor, entry.action, entry.object, entry.request, entry.result)
		.run();
}

/** At most `limit` entries of a site from before the entry `before`, or of all, newest first. */
export async function auditOf(
	db: D1Database,
	siteId: SiteId,
	before: Pick<AuditEntry, "at" | "id">,
	limit: number,
): Promise<AuditEntry[]> {
	const { results } = await db
		.prepare(
			`SELECT at, id, actor, action, object, request, result FROM audit
			WHERE site = ?1 AND at <= ?2 AND (at, id) < (?2, ?3) ORDER BY at DESC, id DESC LIMIT ?4`,
		)
		.bind(siteId, before.at, before.id, limit)
		.all<AuditEntry>();
	return results;
}
