import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";
import { callsOf } from "../shards-in-turn.ts";
import type { Place } from "../site.ts";
import { Allowance } from "./allowance.ts";
import { DESTINATIONS } from "./destinations.ts";
import { sendFrom } from "./send.ts";
import { LEAST, sweep, type Target } from "./sweep.ts";

/** A call to sweep one endpoint, on its way through the queue. The database says what is due: one that is lost or doubled changes nothing. */
export type QueuedSweep = Target;

/** Seconds within which the next attempt is waited for here; what is due later the run of each minute calls. */
const SOON_S = 60;

/** Calls for sweeps through the queue, where each has an invocation of its own. @returns whether it took them */
export async function queueSweeps({ DELIVER: queue }: Env, targets: readonly Target[]): Promise<boolean> {
	if (targets.length === 0) return true;
	try {
		await queue?.sendBatch(targets.map((body) => ({ body })));
		return queue !== undefined;
	} catch (error) {
		log({ event: "queue_failed", reason: reasonOf(error) });
		return false;
	}
}

/** Requests with which one sweep of any kind gets on. */
export const ONE_SWEEP = LEAST + Math.max(...DESTINATIONS.map(({ requests }) => requests));

/**
 * Sweeps one endpoint after the other, where there is no queue: of one invocation Cloudflare lets six requests wait for their replies, and two
 * sweeps may make more. Each leaves to those behind it what they need at least; after a minute the next run calls for what is left.
 * @param requests how many this invocation may still make
 */
export async function sweepInTurn(
	env: Env,
	targets: readonly Target[],
	clock: () => number,
	requests = callsOf(env),
	wayOut: typeof sendFrom = sendFrom,
): Promise<void> {
	const now = targets.slice(0, 1 + Math.max(0, Math.floor((requests - ONE_SWEEP) / LEAST)));
	const until = clock() + SOON_S * 1000;
	const allowance = new Allowance(requests);
	allowance.take(LEAST * (now.length - 1));
	for (const [i, target] of now.entries()) {
		if (clock() >= until) return;
		if (i > 0) allowance.giveBack(LEAST);
		await sweepOnce(env, target, allowance, clock, wayOut);
	}
}

/** What one invocation may ask of the platform for its sweeps: Cloudflare's free plan lets it make 50 requests. One delivery it always may have. */
function allowanceOf(env: Env): Allowance {
	return new Allowance(Math.max(callsOf(env), ONE_SWEEP));
}

/** Sweeps the endpoint that a call names, one a batch by wrangler.toml, and calls again for what is due soon. */
export async function consumeSweeps(env: Env, batch: MessageBatch<unknown>, clock: () => number): Promise<void> {
	const allowance = allowanceOf(env);
	for (const message of batch.messages) {
		message.ack(); // The database remembers what is due; the next minute calls again.
		if (!isSweep(message.body)) continue;
		const next = await sweepOnce(env, message.body, allowance, clock);
		if (next === null) continue;
		const delaySeconds = Math.max(0, Math.ceil((next - Math.max(clock(), message.body.calledAt)) / 1000));
		if (delaySeconds > SOON_S) continue;
		await env.DELIVER?.send({ ...message.body, calledAt: Math.max(next, message.body.calledAt) }, { delaySeconds }).catch(
			() => {},
		);
	}
}

/** One sweep; what fails is said, and called for again by the next minute. */
async function sweepOnce(
	env: Env,
	target: Target,
	allowance: Allowance,
	clock: () => number,
	wayOut: typeof sendFrom = sendFrom,
): Promise<number | null> {
	try {
		return await sweep(env, target, allowance, clock, Math.random, wayOut);
	} catch (error) {
		log({ event: "sweep_failed", site: target.place.id, endpoint: target.endpoint, reason: reasonOf(error) });
		return null;
	}
}

/** What a queue brings may come of another release of this Worker. */
function isSweep(body: unknown): body is QueuedSweep {
	const { place, endpoint, calledAt } = Object(body);
	const { id, shard }: Partial<Place> = Object(place);
	return typeof id === "string" && typeof shard === "string" && typeof endpoint === "string" && typeof calledAt === "number";
}
