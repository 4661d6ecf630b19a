import { addDays, dayOf, nextMidnight } from "../shared/day.ts";
import { computeLoyalty } from "./compute-loyalty.ts";
import { scheduleEvaluation, sitesToEvaluate } from "./db/sites.ts";
import { dueInTurn } from "./due-in-turn.ts";
import type { Env } from "./env.ts";
import { evaluateSite } from "./evaluate-site.ts";
import { log } from "./log.ts";
import { openCases } from "./open-cases.ts";
import { shardsInTurn } from "./shards-in-turn.ts";
import type { Site } from "./site.ts";

/** Sites done in one run, within the queries D1 allows an invocation; the next run, five minutes later, goes on with the others. */
const SITES_A_RUN = 8;

/** Low answers judged in one run. */
const JUDGED_A_RUN = 500;

/** Milliseconds until a site whose evaluation failed has its next turn. */
const AGAIN_MS = 60 * 60 * 1000;

/**
 * The run of every five minutes: opens the cases that are due, and evaluates, a few at a time and of every shard in turn, the sites whose
 * local day has ended since they last were. A site that fails is said in the log and comes again in an hour; it does not keep the others
 * waiting.
 */
export async function nightly(env: Env, now: number): Promise<void> {
	for (const { name, db } of shardsInTurn(env, now))
		await openCases(db, now, JUDGED_A_RUN).catch((error: unknown) =>
			log({ event: "cases_failed", shard: name, error: String(error) }),
		);
	const due = await dueInTurn(env, now, SITES_A_RUN, (db) => sitesToEvaluate(db, now, SITES_A_RUN));
	for (const { db, thing: site } of due) {
		const next = await evaluate(db, site, now);
		await scheduleEvaluation(db, site.id, next).catch((error: unknown) => logFailure(site, error));
	}
}

/** Evaluates a site, and gives when it is due next. */
async function evaluate(db: D1Database, site: Site, now: number): Promise<number> {
	try {
		await evaluateSite(db, site, addDays(dayOf(now, site.timezone), -1), now);
		await computeLoyalty(db, site, now);
		return nextMidnight(now, site.timezone);
	} catch (error) {
		logFailure(site, error);
		return now + AGAIN_MS;
	}
}

function logFailure(site: Site, error: unknown): void {
	log({ event: "evaluation_failed", site: site.id, error: error instanceof Error ? error.message : String(error) });
}
