import { directoryOf, meteredEnv } from "../db/db-for.ts";
import { newMeter } from "../db/metered.ts";
import { type FailedStep, type MinuteStep, noteMinuteFailures } from "../db/minute-failures.ts";
import { dueEndpoints } from "../db/sweeps.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { openCases } from "../open-cases.ts";
import { reasonOf } from "../reason-of.ts";
import { callsOf, MINUTE_MS, shardsInTurn } from "../shards-in-turn.ts";
import { callSweeps } from "./deliver-queue.ts";
import { routeEvents } from "./route-events.ts";

/** Low answers judged, events told and endpoints called in one run and shard. */
const JUDGED = 500;
const TOLD = 100;
const CALLED = 100;

/**
 * The run of every minute, for what cannot wait longer: low answers that have rested get their case, what has happened becomes deliveries, and
 * endpoints with something due are swept. A step that fails is said, kept for the operator, and keeps no other from its work.
 */
export async function everyMinute(env: Env, now: number, clock: () => number): Promise<void> {
	const meter = newMeter();
	const own = meteredEnv(env, meter);
	const mayCall = (calls: number) => meter.calls + calls <= callsOf(env);
	const failed: FailedStep[] = [];
	for (const { name, db } of shardsInTurn(own, now, MINUTE_MS)) {
		if (!mayCall(6)) break;
		const step = async <Result>(chore: MinuteStep, work: () => Promise<Result>): Promise<Result | null> => {
			try {
				return await work();
			} catch (error) {
				const reason = reasonOf(error);
				log({ event: "shard_failed", shard: name, chore, reason });
				failed.push({ shard: name, step: chore, reason });
				return null;
			}
		};
		const cases = await step("cases", () => openCases(db, now, JUDGED));
		const told = await step("events", () => routeEvents(db, now, TOLD));
		const due = (await step("endpoints", () => dueEndpoints(db, now, CALLED))) ?? [];
		if ((cases?.judged ?? 0) + (told?.events ?? 0) + due.length > 0)
			log({ event: "minute", shard: name, ...cases, ...told, endpoints: due.length });
		const targets = due.map(({ site, endpoint }) => ({ place: { id: site, shard: name }, endpoint, calledAt: now }));
		await callSweeps(env, targets, clock);
	}
	if (failed.length === 0) return;
	await noteMinuteFailures(directoryOf(own), failed, now).catch((error) =>
		log({ event: "shard_failed", shard: "DB", chore: "note", reason: reasonOf(error) }),
	);
}
