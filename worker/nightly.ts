import { addDays, dayOf, nextMidnight } from "../shared/day.ts";
import { computeLoyalty } from "./compute-loyalty.ts";
import { dbFor, directoryOf } from "./db/db-for.ts";
import { scheduleEvaluation, sitesToEvaluate } from "./db/sites.ts";
import type { Env } from "./env.ts";
import { evaluateSite } from "./evaluate-site.ts";
import { log } from "./log.ts";
import { openCases } from "./open-cases.ts";

/** Sites done in one run, within the queries D1 allows an invocation; the next run, five minutes later, goes on with the others. */
const SITES_A_RUN = 8;

/** Low answers judged in one run. */
const JUDGED_A_RUN = 500;

/** Milliseconds until a site whose evaluation failed has its next turn. */
const AGAIN_MS = 60 * 60 * 1000;

/**
 * The run of every five minutes: opens the cases that are due, and evaluates, a few at a time, the sites whose local day has ended since they last were. A site that fails is said in
 * the log and comes again in an hour; it does not keep the others waiting.
 */
export async function nightly(env: Env, now: number): Promise<void> {
	const directory = directoryOf(env);
	await openCases(directory, now, JUDGED_A_RUN).catch((error: unknown) => log({ event: "cases_failed", error: String(error) }));
	for (const site of await sitesToEvaluate(directory, now, SITES_A_RUN)) {
		let next = now + AGAIN_MS;
		try {
			await evaluateSite(dbFor(env, site.id), site, addDays(dayOf(now, site.timezone), -1), now);
			await computeLoyalty(dbFor(env, site.id), site, now);
			next = nextMidnight(now, site.timezone);
		} catch (error) {
			log({ event: "evaluation_failed", site: site.id, error: error instanceof Error ? error.message : String(error) });
		}
		await scheduleEvaluation(directory, site.id, next);
	}
}
