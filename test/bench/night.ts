import type { TestCollector } from "../harness/collector.ts";

/** Scheduled runs, all at `now` (Unix milliseconds), until every site has been judged, recounted and packed: what a night does. */
export async function night(collector: TestCollector, now: number): Promise<void> {
	const waiting = () => collector.db.prepare("SELECT 1 FROM site WHERE evaluate_at <= ?1 OR recount_at <= ?1").bind(now).first();
	do await collector.nightly(now);
	while (await waiting());
}
