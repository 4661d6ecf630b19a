import type { TestCollector } from "./collector.ts";

/** Runs after which a night should long have ended, however much there is to do. */
const MOST_RUNS = 2_000;

/** Scheduled runs, all at `now` (Unix milliseconds), until every site has been judged, recounted and packed: what a night does. */
export async function night(collector: TestCollector, now: number): Promise<void> {
	for (let runs = 0; runs < MOST_RUNS; runs++) {
		await collector.nightly(now);
		const waiting = collector.db.prepare("SELECT 1 FROM site WHERE evaluate_at <= ?1 OR recount_at <= ?1").bind(now);
		if (!(await waiting.first())) return;
	}
	throw new Error("The night does not end");
}
