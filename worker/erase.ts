import { ApiError } from "./api-error.ts";
import { deleteAnswers, hasAsk } from "./db/answers.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { eraseDeadLetters } from "./db/dead-letters.ts";
import { eraseAsks } from "./db/erasure.ts";
import { noteSecretUse } from "./db/secret-uses.ts";
import type { Env } from "./env.ts";
import { type Erasable, secretId, tombstoneId } from "./keys/tombstone-id.ts";
import type { Site } from "./site.ts";
import { suppress } from "./suppressed.ts";

/**
 * Erases a customer or a transaction of a site. The suppression list comes first: where that fails nothing has been done, and where
 * the database fails after it, doing it again does the rest and still counts right.
 * @returns how many asks were erased
 * @throws ApiError 503 where it could not be noted, or the Worker has no secret to hash with
 */
export async function erase(env: Env, site: Site, kind: Erasable, value: string, now: number): Promise<number> {
	const [id, secret] = await Promise.all([tombstoneId(env, site.id, kind, value), secretId(env)]);
	if (id === null || secret === null)
		throw ApiError.unavailable("The operator must set the Worker's secret AFTERWORD_SECRET first");
	const tombstone = { id, at: now };
	await suppress(env, site.id, tombstone);
	await noteSecretUse(directoryOf(env), secret, now);
	await eraseDeadLetters(directoryOf(env), site.id, kind, value);
	return eraseAsks(dbFor(env, site), site.id, kind, value, tombstone);
}

/** Deletes an answer of a site, in the same order. False when the site has no such ask. */
export async function deleteAnswer(env: Env, site: Site, id: string, now: number): Promise<boolean> {
	const db = dbFor(env, site);
	if (!(await hasAsk(db, site.id, id))) return false;
	const tombstone = { id, at: now };
	await suppress(env, site.id, tombstone);
	return (await deleteAnswers(db, site.id, [tombstone])) > 0;
}
