import { ApiError } from "./api-error.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { deleteDeadLetters, insertDeadLetter } from "./db/dead-letters.ts";
import { noteIngestWait } from "./db/ingest-waits.ts";
import { notePutOff } from "./db/put-off.ts";
import { type Revision, recordAsk } from "./db/record-ask.ts";
import { recordAsks } from "./db/record-asks.ts";
import { faultOf } from "./db/with-retries.ts";
import type { Env } from "./env.ts";
import { type TombstoneIds, tombstoneIdsOf } from "./keys/tombstone-id.ts";
import { log } from "./log.ts";
import { placeOf } from "./place-cache.ts";
import { reasonOf } from "./reason-of.ts";
import { replay } from "./replay.ts";
import { settleLetter } from "./settle-letter.ts";
import type { SiteId } from "./site.ts";

/** An admitted revision on its way through the queue. */
export interface QueuedRevision {
	readonly site: SiteId;
	readonly revision: Revision;
}

/** Revisions of one site written in one statement. */
const AT_ONCE = 100;

/** Milliseconds that a database is left alone which cannot take a batch, before it is asked once more. */
const PAUSE_MS = 2_000;

/** Times that messages are written together; then one by one, for together they may be what is too much. */
const TOGETHER = 3;

/** Seconds before what could not be written is tried again: the first time, twice as long each time after, and at most an hour. */
const AGAIN_S = 5;
const LONGEST_S = 60 * 60;

/** How often a message is tried before it is a dead letter: once more than wrangler.toml has the queue bring it again. */
export const TRIES = 20;

/** Seconds by which a message may come later than it was asked for, until it is taken for given up. */
const LATE_S = 60 * 60;

/** Puts a revision into the ingest queue. @throws ApiError 503 where the queue does not take it either */
export async function enqueue(env: Env, queued: QueuedRevision): Promise<void> {
	try {
		if (!env.INGEST) throw new Error("There is no ingest queue");
		await env.INGEST.send(queued);
	} catch (error) {
		log({ event: "queue_failed", reason: reasonOf(error) });
		throw ApiError.unavailable();
	}
}

/**
 * Writes what the queue brings, per site up to a hundred in one statement; where one of them cannot be written, one by one, so that it
 * keeps no other; where the database can take none now, all of them later. Each is acknowledged by itself. Twice or out of order is the
 * same in the end.
 */
export async function consumeIngest(env: Env, batch: MessageBatch<unknown>, clock: () => number): Promise<void> {
	const readable = batch.messages.filter(isRevision);
	for (const message of batch.messages) if (!isRevision(message)) putOff(message, new Error("It holds no revision of a site"));
	const written: Message[] = [];
	for (const [site, messages] of Map.groupBy(readable, ({ body }) => body.site)) {
		let left = messages;
		try {
			const db = await databaseOf(env, site);
			for (; left.length > 0; left = left.slice(AT_ONCE)) written.push(...(await write(env, db, site, left.slice(0, AT_ONCE))));
		} catch (error) {
			for (const message of left) putOff(message, error);
		}
	}
	await noteWait(env, written, clock());
	await noteLeft(env, batch.messages, new Set(written), clock());
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

/** Writes messages of one site. @returns those that are written. @throws where the database can take none now */
async function write(
	env: Env,
	db: D1Database,
	site: SiteId,
	messages: readonly Message<QueuedRevision>[],
): Promise<readonly Message[]> {
	try {
		const revisions = await Promise.all(messages.map(({ body }) => withTombstones(env, body)));
		await onceMore(() => recordAsks(db, site, revisions));
		for (const message of messages) message.ack();
		return messages;
	} catch (error) {
		if (cannotNow(error) && messages.some(({ attempts }) => attempts <= TOGETHER)) throw error;
		const written: Message[] = [];
		let refusal: unknown;
		for (const message of messages) {
			try {
				if (cannotNow(refusal)) throw refusal;
				await recordAsk(db, site, ...(await withTombstones(env, message.body)));
				message.ack();
				written.push(message);
			} catch (error) {
				refusal = error;
				putOff(message, error);
			}
		}
		return written;
	}
}

/** Whether the database can take nothing now, whatever it is. */
function cannotNow(error: unknown): boolean {
	const fault = faultOf(error);
	return fault === "overloaded" || fault === "passing";
}

/** Writes, and where the database can take nothing now once more, not at once. */
async function onceMore(write: () => Promise<unknown>): Promise<void> {
	try {
		await write();
	} catch (error) {
		if (!cannotNow(error)) throw error;
		await new Promise((later) => setTimeout(later, PAUSE_MS));
		await write();
	}
}

async function withTombstones(env: Env, { site, revision }: QueuedRevision): Promise<readonly [Revision, TombstoneIds]> {
	return [revision, await tombstoneIdsOf(env, site, revision)];
}

/** Lets the queue bring a message again later. */
function putOff(message: Message<unknown>, error: unknown): void {
	const { attempts } = message;
	log({ event: "ingest_failed", id: message.id, attempts, reason: reasonOf(error) });
	message.retry({ delaySeconds: delayOf(attempts) });
}

/** Seconds after which a message comes again that was tried so often. */
function delayOf(attempts: number): number {
	return Math.min(AGAIN_S * 2 ** (attempts - 1), LONGEST_S);
}

/** Notes for the operator how long the oldest of what was written had lain. What is written is written, whether this works or not. */
async function noteWait(env: Env, written: readonly Message[], now: number): Promise<void> {
	if (written.length === 0) return;
	const waited = Math.max(0, ...written.map(({ timestamp }) => now - timestamp.getTime()));
	try {
		await noteIngestWait(directoryOf(env), written.length, waited, now);
	} catch (error) {
		log({ event: "wait_not_noted", reason: reasonOf(error) });
	}
}

/** Notes for the operator what is put off, and what no longer is. It comes again, whether this works or not. */
async function noteLeft(env: Env, brought: readonly Message[], written: ReadonlySet<Message>, now: number): Promise<void> {
	const untilOf = (attempts: number) => (attempts >= TRIES ? null : now + (delayOf(attempts) + LATE_S) * 1000);
	try {
		const noted = brought.map((message) => ({
			attempts: message.attempts,
			sentAt: message.timestamp.getTime(),
			until: written.has(message) ? null : untilOf(message.attempts),
		}));
		await notePutOff(directoryOf(env), noted, now);
	} catch (error) {
		log({ event: "put_off_not_noted", reason: reasonOf(error) });
	}
}

/**
 * Tries what the ingest queue has given up once more, and keeps what cannot be written, with the reason, where the operator sees it and
 * can put it back. What cannot even be kept so is brought again in an hour: behind this queue there is no other.
 */
export async function consumeDead(env: Env, batch: MessageBatch<unknown>, clock: () => number): Promise<void> {
	for (const message of batch.messages) {
		try {
			await bury(env, message, clock());
			message.ack();
		} catch (error) {
			log({ event: "dead_letter_failed", id: message.id, attempts: message.attempts, reason: reasonOf(error) });
			message.retry({ delaySeconds: LONGEST_S });
		}
	}
}

async function bury(env: Env, { id, timestamp, attempts, body }: Message<unknown>, now: number): Promise<void> {
	const directory = directoryOf(env);
	const letter = { id, body: JSON.stringify(body) ?? "null", sentAt: timestamp.getTime(), site: siteOf(body) };
	const { kept, failed } = await replay(env, [{ ...letter, reason: "", triedAt: 0 }], now);
	if (kept.length > 0) {
		// An earlier try may have come as far as to keep it as a letter.
		if (attempts > 1) await deleteDeadLetters(directory, kept);
		return;
	}
	const reason = failed[0]?.reason ?? "";
	await insertDeadLetter(directory, { ...letter, reason, triedAt: now });
	// Whoever erases or deletes says so first and goes through the letters then; it is kept first and looked at then. So one finds the other.
	if ((await settleLetter(env, letter)) === "deleted") return;
	log({ event: "dead_letter", id, site: letter.site, reason });
}

/** The site that a message names, if it names one. */
function siteOf(body: unknown): SiteId | null {
	const site = typeof body === "object" && body !== null && "site" in body ? body.site : null;
	return typeof site === "string" ? site.slice(0, 64) : null;
}
