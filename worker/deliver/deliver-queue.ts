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

/** Calls for sweeps: through the queue, where each has an invocation of its own, or here and now where there is none. */
export async function callSweeps(env: Env, targets: readonly Target[], clock: () => number): Promise<void> {
	if (targets.length === 0) return;
	const queue = env.DELIVER;
	if (queue) {
		try {
			await queue.sendBatch(targets.map((body) => ({ body })));
			return;
		} catch (error) {
			log({ event: "queue_failed", reason: reasonOf(error) });
		}
	}
	await sweepInTurn(env, targets, clock);
}

/**
 * Sweeps one endpoint after the other: of one invocation Cloudflare lets six requests wait for their replies, and two sweeps may make more.
 * Each leaves to those behind it what they need at least; after a minute the next run calls for what is left.
 */
async function sweepInTurn(env: Env, targets: readonly Target[], clock: () => number): Promise<void> {
	const now = targets.slice(0, Math.max(1, Math.floor(callsOf(env) / LEAST)));
	const until = clock() + SOON_S * 1000;
	const allowance = allowanceOf(env);
	allowance.take(LEAST * now.length);
	for (const target of now) {
		if (clock() >= until) return;
		allowance.giveBack(LEAST);
		await sweepOnce(env, target, allowance, clock);
	}
}

/** What one invocation may ask of the platform for its sweeps: Cloudflare's free plan lets it make 50 requests. One delivery it always may have. */
function allowanceOf(env: Env): Allowance {
	return new Allowance(Math.max(callsOf(env), LEAST + Math.max(...DESTINATIONS.map(({ requests }) => requests))));
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
async function sweepOnce(env: Env, target: Target, allowance: Allowance, clock: () => number): Promise<number | null> {
	try {
		return await sweep(env, target, allowance, clock, Math.random, sendFrom);
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
