import { directoryOf, meteredEnv } from "../db/db-for.ts";
import { newMeter } from "../db/metered.ts";
import { type FailedStep, type MinuteStep, noteMinuteFailures } from "../db/minute-failures.ts";
import { dueEndpoints } from "../db/sweeps.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { openCases } from "../open-cases.ts";
import { reasonOf } from "../reason-of.ts";
import { callsOf, FREE_CALLS, MINUTE_MS, shardsInTurn } from "../shards-in-turn.ts";
import { ONE_SWEEP, queueSweeps, sweepInTurn } from "./deliver-queue.ts";
import { routeEvents } from "./route-events.ts";
import type { Target } from "./sweep.ts";

/** Low answers judged in one round, and endpoints called in one run and shard. The door lets 600 unsigned answers a minute into a site. */
const JUDGED = 1_000;
const CALLED = 100;

/** Events told in one round, and about as many deliveries made; on the free plan fewer, for an invocation has ten milliseconds of CPU there, and a round that is cut off told nothing. */
const TOLD = 1_000;
const TOLD_FREE = 100;

/** Ways to the database of one round, of looking which endpoints are due, and of noting in the end what failed. */
const ROUND_CALLS = 5;
const DUE_CALLS = 1;
const NOTE_CALLS = 1;

/** Milliseconds after which no shard begins another round: what was made is to be sent. */
const ROUNDS_MS = 20_000;

/**
 * The run of every minute, for what cannot wait longer: low answers that have rested get their case, what has happened becomes deliveries, and
 * endpoints with something due are swept. Where more waits than one round does there is another, as far as the run goes and every shard has had its
 * first. A step that fails is said, kept for the operator, and keeps no other from its work.
 */
export async function everyMinute(env: Env, now: number, clock: () => number): Promise<void> {
	const meter = newMeter();
	const own = meteredEnv(env, meter);
	const begun = clock();
	const kept = NOTE_CALLS + (env.DELIVER ? 0 : ONE_SWEEP);
	const mayCall = (calls: number) => meter.calls + calls + kept <= callsOf(env);
	const most = callsOf(env) <= FREE_CALLS ? TOLD_FREE : TOLD;
	const failed: FailedStep[] = [];
	const unsent: Target[] = [];
	const shards = shardsInTurn(own, now, MINUTE_MS);
	for (const [i, { name, db }] of shards.entries()) {
		if (!mayCall(ROUND_CALLS + DUE_CALLS)) break;
		const fails = (step: MinuteStep, reason: string) => void failed.push({ shard: name, step, reason });
		const step = async <Result>(chore: MinuteStep, work: () => Promise<Result>): Promise<Result | null> => {
			try {
				return await work();
			} catch (error) {
				const reason = reasonOf(error);
				log({ event: "shard_failed", shard: name, chore, reason });
				fails(chore, reason);
				return null;
			}
		};
		const others = (shards.length - 1 - i) * (ROUND_CALLS + DUE_CALLS);
		const did = { judged: 0, opened: 0, events: 0, ended: 0, deliveries: 0 };
		const failures = new Set<string>();
		for (let more = true; more; ) {
			const cases = await step("cases", () => openCases(db, now, JUDGED));
			const told = await step("events", () => routeEvents(db, now, most));
			did.judged += cases?.judged ?? 0;
			did.opened += cases?.opened ?? 0;
			did.events += told?.events ?? 0;
			did.ended += told?.ended ?? 0;
			did.deliveries += told?.deliveries ?? 0;
			for (const failure of told?.failures ?? []) failures.add(failure);
			more = cases !== null && told !== null && (cases.more || told.more);
			more &&= mayCall(ROUND_CALLS + DUE_CALLS + others) && clock() - begun < ROUNDS_MS;
		}
		const [failure] = failures;
		const besides = failures.size > 1 ? `; ${failures.size - 1} more` : "";
		const ended = did.ended > 0 ? `; ${did.ended} given up after three days` : "";
		if (failure) fails("events", `${failure}${besides}${ended}`);
		const due = (await step("endpoints", () => dueEndpoints(db, now, CALLED))) ?? [];
		if (did.judged + did.events + did.ended + due.length > 0)
			log({ event: "minute", shard: name, ...did, endpoints: due.length });
		const targets = due.map(({ site, endpoint }) => ({ place: { id: site, shard: name }, endpoint, calledAt: now }));
		if (!(await queueSweeps(env, targets))) unsent.push(...targets);
	}
	if (failed.length > 0)
		await noteMinuteFailures(directoryOf(own), failed, now).catch((error) =>
			log({ event: "shard_failed", shard: "DB", chore: "note", reason: reasonOf(error) }),
		);
	await sweepInTurn(env, unsent, clock, callsOf(env) - meter.calls);
}
