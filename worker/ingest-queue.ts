import { ApiError } from "./api-error.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { insertDeadLetter } from "./db/dead-letters.ts";
import { type Revision, recordAsk } from "./db/record-ask.ts";
import { recordAsks } from "./db/record-asks.ts";
import type { Env } from "./env.ts";
import { type TombstoneIds, tombstoneIdsOf } from "./keys/tombstone-id.ts";
import { log } from "./log.ts";
import { placeOf } from "./place-cache.ts";
import type { SiteId } from "./site.ts";

/** An admitted revision on its way through the queue. */
export interface QueuedRevision {
	readonly site: SiteId;
	readonly revision: Revision;
}

/** Revisions of one site written in one statement. */
const AT_ONCE = 100;

/** Seconds before what could not be written is tried again: the first time, twice as long each time after, and at most an hour. */
const AGAIN_S = 5;
const LONGEST_S = 60 * 60;

/** Puts a revision into the ingest queue. @throws ApiError 503 where the queue does not take it either */
export async function enqueue(env: Env, queued: QueuedRevision): Promise<void> {
	try {
		if (!env.INGEST) throw new Error("There is no ingest queue");
		await env.INGEST.send(queued);
	} catch (error) {
		log({ event: "queue_failed", error: String(error) });
		throw ApiError.unavailable();
	}
}

/**
 * Writes what the queue brings, per site up to a hundred in one statement; where that fails, one by one, so that one that cannot be
 * written keeps no other. Each is acknowledged by itself. Twice or out of order is the same in the end.
 */
export async function consumeIngest(env: Env, batch: MessageBatch<unknown>): Promise<void> {
	const readable = batch.messages.filter(isRevision);
	for (const message of batch.messages) if (!isRevision(message)) putOff(message, new Error("It holds no revision of a site"));
	for (const [site, messages] of Map.groupBy(readable, ({ body }) => body.site)) {
		try {
			const db = await databaseOf(env, site);
			for (let i = 0; i < messages.length; i += AT_ONCE) await write(env, db, site, messages.slice(i, i + AT_ONCE));
		} catch (error) {
			for (const message of messages) putOff(message, error);
		}
	}
}

/** What a queue brings may come of another release of this Worker. */
function isRevision(message: Message<unknown>): message is Message<QueuedRevision> {
	const { site, revision } = Object(message.body);
	return typeof site === "string" && Object(revision) === revision;
}

/** The database of a site of which only the id is known. @throws where the directory has no such site, or the Worker no such database */
async function databaseOf(env: Env, site: SiteId): Promise<D1Database> {
	const place = await placeOf(env, site);
	if (!place) throw new Error("The directory has no such site");
	return dbFor(env, place);
}

async function write(env: Env, db: D1Database, site: SiteId, messages: readonly Message<QueuedRevision>[]): Promise<void> {
	try {
		await recordAsks(db, site, await Promise.all(messages.map(({ body }) => withTombstones(env, body))));
		for (const message of messages) message.ack();
	} catch {
		for (const message of messages) {
			try {
				await recordAsk(db, site, ...(await withTombstones(env, message.body)));
				message.ack();
			} catch (error) {
				putOff(message, error);
			}
		}
	}
}

async function withTombstones(env: Env, { site, revision }: QueuedRevision): Promise<readonly [Revision, TombstoneIds]> {
	return [revision, await tombstoneIdsOf(env, site, revision)];
}

/** Lets the queue bring a message again later. */
function putOff(message: Message<unknown>, error: unknown): void {
	const { attempts } = message;
	log({ event: "ingest_failed", id: message.id, attempts, error: error instanceof Error ? error.message : String(error) });
	message.retry({ delaySeconds: Math.min(AGAIN_S * 2 ** (attempts - 1), LONGEST_S) });
}

/** Keeps what the ingest queue has given up, where the operator sees it and can put it back. */
export async function consumeDead(env: Env, batch: MessageBatch<unknown>): Promise<void> {
	for (const message of batch.messages) {
		await insertDeadLetter(directoryOf(env), message.id, JSON.stringify(message.body), message.timestamp.getTime());
		log({ event: "dead_letter", id: message.id });
		message.ack();
	}
}
