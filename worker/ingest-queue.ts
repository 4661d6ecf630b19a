import { ApiError } from "./api-error.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { insertDeadLetter } from "./db/dead-letters.ts";
import { noteIngestWait } from "./db/ingest-waits.ts";
import { type Revision, recordAsk } from "./db/record-ask.ts";
import { recordAsks } from "./db/record-asks.ts";
import type { Env } from "./env.ts";
import { log } from "./log.ts";
import { reasonOf } from "./reason-of.ts";
import { replay } from "./replay.ts";
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
		log({ event: "queue_failed", reason: reasonOf(error) });
		throw ApiError.unavailable();
	}
}

/**
 * Writes what the queue brings, per site up to a hundred in one statement; where that fails, one by one, so that one that cannot be
 * written keeps no other. Each is acknowledged by itself. Twice or out of order is the same in the end.
 */
export async function consumeIngest(env: Env, batch: MessageBatch<QueuedRevision>, clock: () => number): Promise<void> {
	const written: Message[] = [];
	for (const [site, messages] of Map.groupBy(batch.messages, ({ body }) => body.site))
		for (let i = 0; i < messages.length; i += AT_ONCE) written.push(...(await write(env, site, messages.slice(i, i + AT_ONCE))));
	await noteWait(env, written, clock());
}

/** Writes the messages of one site. @returns those that are written */
async function write(env: Env, site: SiteId, messages: readonly Message<QueuedRevision>[]): Promise<Message[]> {
	const db = dbFor(env, site);
	try {
		await recordAsks(
			db,
			site,
			messages.map(({ body }) => body.revision),
		);
		for (const message of messages) message.ack();
		return [...messages];
	} catch {
		const written: Message[] = [];
		for (const message of messages) {
			try {
				await recordAsk(db, site, message.body.revision);
				message.ack();
				written.push(message);
			} catch (error) {
				log({ event: "ingest_failed", site, attempts: message.attempts, reason: reasonOf(error) });
				message.retry({ delaySeconds: Math.min(AGAIN_S * 2 ** (message.attempts - 1), LONGEST_S) });
			}
		}
		return written;
	}
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

/**
 * Tries what the ingest queue has given up once more, and keeps what cannot be written, with the reason, where the operator sees it and
 * can put it back.
 */
export async function consumeDead(env: Env, batch: MessageBatch<unknown>, clock: () => number): Promise<void> {
	for (const message of batch.messages) {
		const { id, timestamp } = message;
		const now = clock();
		const letter = { id, body: JSON.stringify(message.body) ?? "null", sentAt: timestamp.getTime(), site: siteOf(message.body) };
		const { kept, failed } = await replay(env, [{ ...letter, reason: "", triedAt: 0 }], now);
		if (kept.length === 0) {
			const reason = failed[0]?.reason ?? "";
			await insertDeadLetter(directoryOf(env), { ...letter, reason, triedAt: now });
			log({ event: "dead_letter", id, site: letter.site, reason });
		}
		message.ack();
	}
}

/** The site that a message names, if it names one. */
function siteOf(body: unknown): SiteId | null {
	const site = typeof body === "object" && body !== null && "site" in body ? body.site : null;
	return typeof site === "string" ? site.slice(0, 64) : null;
}
