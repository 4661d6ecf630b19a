import { addDays, dayOf } from "../shared/day.ts";
import { computeLoyalty } from "./compute-loyalty.ts";
import { directoryOf, meteredEnv } from "./db/db-for.ts";
import { newMeter } from "./db/metered.ts";
import { keepRun } from "./db/scheduled-run.ts";
import { makeDigests } from "./digest/make-digests.ts";
import type { Env } from "./env.ts";
import { evaluateSite } from "./evaluate-site.ts";
import { expire, expireInDirectory } from "./expire.ts";
import { log } from "./log.ts";
import { reasonOf } from "./reason-of.ts";
import { recountSite } from "./recount-site.ts";
import { retainSite } from "./retain-site.ts";
import { callsOf, RUN_MS, shardsInTurn } from "./shards-in-turn.ts";
import { type Chore, takeTurns } from "./take-turns.ts";

/**
 * The run of every five minutes: each chore for the sites whose turn it is, of every shard in turn, then what has had its time. Every step is bounded and remembers where it was, so the next run goes on; one that fails is said and keeps no other from
 * its work.
 */
export async function nightly(env: Env, now: number, clock: () => number): Promise<void> {
	const meter = newMeter();
	const own = meteredEnv(env, meter);
	const mayCall = (calls: number) => meter.calls + calls <= callsOf(env);
	const directory = directoryOf(own);
	const shards = shardsInTurn(own, now, RUN_MS);
	const report: Record<string, Record<string, number>> = {};

	const step = async (name: string, work: () => Promise<Record<string, number>>) => {
		try {
			const did = await work();
			const sum = report[name] ?? {};
			for (const [what, many] of Object.entries(did)) sum[what] = (sum[what] ?? 0) + many;
			report[name] = sum;
		} catch (error) {
			log({ event: "step_failed", step: name, reason: reasonOf(error) });
			report[name] = { ...report[name], failed: (report[name]?.["failed"] ?? 0) + 1 };
		}
	};

	// Each round of the shards begins with another chore, so that none waits for ever where the calls are few.
	const chores = choresOf(directory);
	const first = Math.floor(now / RUN_MS / shards.length) % chores.length;
	for (const chore of [...chores.slice(first), ...chores.slice(0, first)])
		await step(chore.name, () => takeTurns(shards, chore, now, mayCall));
	for (const { db } of shards) await step("expire", () => expire(db, now, mayCall));
	await step("expire", () => expireInDirectory(directory, now, mayCall));

	for (const [name, did] of Object.entries(report))
		if (Object.values(did).some((many) => many > 0)) log({ event: "step", step: name, ...did });
	const { calls, rowsRead, rowsWritten } = meter;
	await keepRun(directory, { startedAt: now, endedAt: clock(), calls, rowsRead, rowsWritten, report });
}

/** What every site needs once a local day, and how much of it one run does. */
function choresOf(directory: D1Database): readonly Chore[] {
	return [
		{
			name: "evaluate",
			turns: 8,
			rows: Number.POSITIVE_INFINITY,
			calls: 36,
			turn: async (db, site, now) => {
				await evaluateSite(db, site, addDays(dayOf(now, site.timezone), -1), now);
				const { answers, finished } = await computeLoyalty(db, site, now);
				const digests = finished ? await makeDigests(db, site, now) : 0;
				return { rows: 0, finished, did: { judged: answers, digests } };
			},
		},
		{ name: "retain", turns: 50, rows: 10_000, calls: 7, turn: (db, site, now) => retainSite(db, directory, site, now) },
		// Rows that the database reads: of an ask 25 to 40.
		{ name: "recount", turns: 50, rows: 800_000, calls: 8, turn: recountSite },
	];
}
