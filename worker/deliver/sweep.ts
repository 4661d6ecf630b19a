import type { Event } from "../../shared/event-contract.ts";
import { dbFor } from "../db/db-for.ts";
import {
	type Attempt,
	type HeldEndpoint,
	holdEndpoint,
	keepAttempt,
	type PendingDelivery,
	pendingDeliveries,
	releaseEndpoint,
} from "../db/sweeps.ts";
import { withComments } from "../digest/with-comments.ts";
import type { Env } from "../env.ts";
import { unseal } from "../keys/seal.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";
import type { Place } from "../site.ts";
import type { Allowance } from "./allowance.ts";
import type { Destination, Send, Verdict } from "./destination.ts";
import { destinationOf } from "./destinations.ts";
import { nextWaitMs } from "./schedule.ts";
import { type sendFrom, TIMEOUT_MS } from "./send.ts";

/** An endpoint to be swept: where its site lives, its id, and the time (Unix milliseconds) of the run that calls for it. */
export interface Target {
	readonly place: Place;
	readonly endpoint: string;
	readonly calledAt: number;
}

/** Deliveries of one sweep, at most. */
const AT_MOST = 20;

/** Requests of a sweep beside its deliveries: to hold, look and let go. What came of some deliveries is kept with one more. */
const BESIDE = 3;
const KEEP = 1;

/** The fewest requests that a sweep can do something with. */
export const LEAST = BESIDE + KEEP + 1;

/** Milliseconds after which a sweep begins nothing new; with what it has begun it ends before its hold does. */
const WORKS_MS = 45_000;
const HOLD_MS = WORKS_MS + 3 * TIMEOUT_MS;

/** Failures one after another that end a sweep, and milliseconds before the next: the others would fail as well, and press what is down already. */
const ENOUGH = 3;
const REST_MS = 60_000;

/** Milliseconds without a single success after which an endpoint is given up. */
const GIVEN_UP_MS = 5 * 24 * 60 * 60 * 1000;

/** What is sealed of an endpoint is sealed about this. */
export const sealedAbout = (siteId: string, endpoint: string) => `${siteId}.endpoint.${endpoint}`;

/**
 * Sends what is due at one endpoint. One sweep at a time holds it; one that is killed leaves its hold to run out, and what it had sent but not
 * noted is sent again under the same id.
 * @param allowance what it may ask of the platform, which other sweeps may share: where it ends, so does the sweep
 * @param wayOut how requests leave, by the Worker's own address and whether they may go to this machine
 * @returns when the endpoint is due next (Unix milliseconds); null where nothing is pending, or another sweep holds it
 */
export async function sweep(
	env: Env,
	{ place, endpoint, calledAt }: Target,
	allowance: Allowance,
	ownClock: () => number,
	random: () => number,
	wayOut: typeof sendFrom,
): Promise<number | null> {
	if (!allowance.take(LEAST)) return calledAt;
	/** What was taken for the first deliveries. */
	let taken = LEAST - BESIDE;
	const db = dbFor(env, place);
	// What was due for the run that calls is due here, whatever the clock of this machine says.
	const clock = () => Math.max(ownClock(), calledAt);
	const begun = clock();
	const held = await holdEndpoint(db, place.id, endpoint, begun, begun + HOLD_MS);
	if (!held) {
		allowance.giveBack(LEAST - 1);
		return null;
	}
	const destination = destinationOf(held.kind);
	const deliveries = await pendingDeliveries(db, place.id, endpoint, begun, AT_MOST);
	let doubted = held.failing_since !== null;
	// What failed is given up by now: the time since then, in which nothing was tried, is no failure.
	let failingSince = held.trying === 1 ? held.failing_since : null;
	let pausedUntil: number | null = null;
	let gone = false;
	let failures = 0;
	let waiting = deliveries;
	while (destination && waiting.length > 0 && failures < ENOUGH && pausedUntil === null && !gone && clock() - begun < WORKS_MS) {
		// One that has been failing is tried with one, so that it holds up no more than that.
		const together = doubted ? 1 : destination.atOnce;
		let chunk = waiting.slice(0, together);
		const needed = () => KEEP + chunk.reduce((sum, delivery) => sum + requestsOf(delivery, destination), 0);
		while (chunk.length > 0 && !allowance.take(needed() - taken)) chunk = chunk.slice(0, -1);
		if (chunk.length === 0) break;
		taken = needed();
		waiting = waiting.slice(chunk.length);
		const send = counted(wayOut(held.origin, env.AFTERWORD_LOOPBACK_TARGETS === "1"));
		const verdicts = await Promise.all(chunk.map((delivery) => attempt(env, db, destination, held, delivery, send, clock)));
		const used = KEEP + chunk.reduce((sum, delivery) => sum + requestsOf(delivery, destination) - destination.requests, 0);
		allowance.giveBack(taken - used - Math.max(send.sent(), chunk.length));
		taken = 0;
		const now = clock();
		const statements = chunk.map((delivery, i) => {
			const { verdict, noted } = verdicts[i] as Attempted;
			return keepAttempt(db, place.id, delivery, noted, againAt(verdict, delivery.tries + 1, now, random()), now);
		});
		await db.batch(statements);
		for (const { verdict } of verdicts) {
			const failed = verdict.outcome === "failed" || verdict.outcome === "gone";
			failures = failed ? failures + 1 : 0;
			failingSince = failed ? (failingSince ?? now) : null;
			doubted = failed;
			if (verdict.outcome === "gone") gone = true;
			if (verdict.outcome === "failed" && verdict.retryAfterMs)
				pausedUntil = Math.max(pausedUntil ?? 0, now + verdict.retryAfterMs);
		}
	}
	allowance.giveBack(taken);
	const now = clock();
	if (failures >= ENOUGH) pausedUntil = Math.max(pausedUntil ?? 0, now + REST_MS);
	const failing = failingSince !== null && now - failingSince > GIVEN_UP_MS;
	const ended = gone ? "gone" : failing ? "failing" : null;
	if (ended) log({ event: "endpoint_ended", site: place.id, endpoint, kind: held.kind, ended });
	const next = await releaseEndpoint(db, held, { failingSince, pausedUntil, ended }, now);
	return ended === null && next !== null ? Math.max(next, pausedUntil ?? 0) : null;
}

/** Requests that a delivery may take: a digest reads its comments when it is sent. */
function requestsOf({ type }: PendingDelivery, { requests }: Destination): number {
	return requests + (type === "digest" ? 1 : 0);
}

/** A way out that knows how often it was taken. */
function counted(send: Send): Send & { sent(): number } {
	let sent = 0;
	const counting: Send = (url, init) => {
		sent++;
		return send(url, init);
	};
	return Object.assign(counting, { sent: () => sent });
}

interface Attempted {
	readonly verdict: Verdict;
	readonly noted: Attempt;
}

/** One attempt, whatever comes of it. */
async function attempt(
	env: Env,
	db: D1Database,
	destination: Destination,
	held: HeldEndpoint,
	delivery: PendingDelivery,
	send: Send,
	clock: () => number,
): Promise<Attempted> {
	const sentAt = clock();
	let verdict: Verdict;
	try {
		const kept: Event = JSON.parse(delivery.body);
		const event = await withComments(db, held.site, kept, held.comments === 1);
		const settings = destination.settings.parse(JSON.parse(held.settings));
		const credentials = destination.credentials.parse(
			JSON.parse(await unseal(env, held.sealed, sealedAbout(held.site, held.id))),
		);
		verdict = await destination.deliver({ id: delivery.id, event, sentAt }, settings, credentials, { send, env });
	} catch (error) {
		// What zod or the platform says may quote what was sealed; what the way out says is our own.
		const reason = error instanceof Error && error.name === "Error" ? error.message : "It could not be sent";
		log({ event: "delivery_failed", site: held.site, delivery: delivery.id, kind: held.kind, reason: reasonOf(error) });
		verdict = { outcome: "failed", status: null, reason };
	}
	const reason = verdict.outcome === "delivered" ? null : verdict.reason;
	const noted = {
		at: new Date(sentAt).toISOString(),
		outcome: verdict.outcome,
		status: verdict.status,
		reason,
		ms: clock() - sentAt,
	};
	return { verdict, noted };
}

/** When a delivery is tried again: by the schedule, and not before the target wished; null where it is not. */
function againAt(verdict: Verdict, tries: number, now: number, random: number): number | null {
	if (verdict.outcome !== "failed") return null;
	const wait = nextWaitMs(tries, random);
	return wait === null ? null : now + Math.max(wait, verdict.retryAfterMs ?? 0);
}
