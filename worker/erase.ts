import { ApiError } from "./api-error.ts";
import { deleteAnswers, hasAsk, wasDeleted } from "./db/answers.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { deleteLettersOf, eraseDeadLetters } from "./db/dead-letters.ts";
import { entomb, eraseAsks } from "./db/erasure.ts";
import { noteSecretUse } from "./db/secret-uses.ts";
import type { Env } from "./env.ts";
import { type Erasable, secretId, tombstoneId } from "./keys/tombstone-id.ts";
import type { Site } from "./site.ts";
import { suppress } from "./suppressed.ts";

/**
 * Erases a customer or a transaction of a site. The suppression list comes first: where that fails nothing has been done, and where
 * a database fails after it, doing it again does the rest and still counts right. The tombstone stands before the dead letters are gone
 * through: a letter that comes later is kept first and looked at then, so that one of the two finds the other.
 * @returns how many asks were erased
 * @throws ApiError 503 where it could not be noted, or the Worker has no secret to hash with
 */
export async function erase(env: Env, site: Site, kind: Erasable, value: string, now: number): Promise<number> {
	const [id, secret] = await Promise.all([tombstoneId(env, site.id, kind, value), secretId(env)]);
	if (id === null || secret === null)
		throw ApiError.unavailable("The operator must set the Worker's secret AFTERWORD_SECRET first");
	const db = dbFor(env, site);
	const tombstone = { id, at: now };
	await suppress(env, site.id, tombstone);
	await noteSecretUse(directoryOf(env), secret, now);
	const asks = await entomb(db, site.id, kind, value, tombstone);
	await eraseDeadLetters(directoryOf(env), site.id, kind, value, asks);
	return eraseAsks(db, site.id, kind, value, now);
}

/**
 * Deletes an answer of a site, in the same order, and its dead letters after it; those also where it was deleted before, for then it may
 * not have come to them. False when the site has no such ask.
 */
export async function deleteAnswer(env: Env, site: Site, id: string, now: number): Promise<boolean> {
	const db = dbFor(env, site);
	const there = await hasAsk(db, site.id, id);
	if (!there && !(await wasDeleted(db, site.id, id))) return false;
	const tombstone = { id, at: now };
	if (there) await suppress(env, site.id, tombstone);
	const deleted = there && (await deleteAnswers(db, site.id, [tombstone])) > 0;
	await deleteLettersOf(directoryOf(env), site.id, id);
	return deleted;
}
