import { ApiError } from "./api-error.ts";
import { TOMBSTONE_MS, type Tombstone } from "./db/tombstones.ts";
import type { Env } from "./env.ts";
import { log } from "./log.ts";
import { reasonOf } from "./reason-of.ts";
import type { SiteId } from "./site.ts";

/** A deleted answer's id says no kind in the database; in the list every key does. */
const ANSWER = "answer/";

/**
 * Notes a tombstone outside the database, under `{site}/{kind}/{hash}` and for as long: a database that is restored to an earlier
 * time has neither the erasure nor its own tombstones.
 * @throws ApiError 503 where it could not be noted
 */
export async function suppress(env: Env, siteId: SiteId, { id, at }: Tombstone): Promise<void> {
	const list = listOf(env);
	try {
		await list.put(keyOf(siteId, id), new Date(at).toISOString(), { expirationTtl: TOMBSTONE_MS / 1000, metadata: { at } });
	} catch (error) {
		log({ event: "suppress_failed", site: siteId, reason: reasonOf(error) });
		throw ApiError.unavailable();
	}
}

/** When a tombstone was noted outside the database (Unix milliseconds); null where it is not, or there is no list. A minute may pass until it is seen everywhere. */
export async function suppressedAt({ SUPPRESSED: list }: Env, siteId: SiteId, id: string): Promise<number | null> {
	const at = (await list?.get(keyOf(siteId, id))) ?? null;
	return at === null ? null : Date.parse(at);
}

/** A part of what is noted of a site. */
interface Suppressed {
	readonly tombstones: readonly Tombstone[];
	/** Where the next part begins; null after the last. */
	readonly next: string | null;
}

/** At most `limit` of a site's tombstones outside the database. @throws ApiError 503 where they cannot be read */
export async function suppressedOf(env: Env, siteId: SiteId, cursor: string | null, limit: number): Promise<Suppressed> {
	const prefix = `${siteId}/`;
	const page = await listOf(env)
		.list<{ at: number }>({ prefix, limit, cursor })
		.catch((error: unknown) => {
			log({ event: "suppressed_failed", site: siteId, reason: reasonOf(error) });
			throw ApiError.unavailable();
		});
	const tombstones = page.keys.flatMap(({ name, metadata }) => {
		const id = name.slice(prefix.length);
		return metadata ? { id: id.startsWith(ANSWER) ? id.slice(ANSWER.length) : id, at: metadata.at } : [];
	});
	return { tombstones, next: page.list_complete ? null : page.cursor };
}

function keyOf(siteId: SiteId, id: string): string {
	return `${siteId}/${id.includes("/") ? id : ANSWER + id}`;
}

function listOf({ SUPPRESSED: list }: Env): KVNamespace {
	if (!list) throw ApiError.unavailable("The operator must bind a KV namespace as SUPPRESSED first");
	return list;
}
