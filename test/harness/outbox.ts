import type { LocalD1 } from "../../local/local-d1.ts";
import type { TestCollector } from "./collector.ts";

/** What must hold at any time: every case that was opened while somebody listened is on its way or told, and every delivery is in one of three states. */
export async function outboxFaults(db: LocalD1): Promise<unknown[]> {
	const query = `SELECT f.id FROM case_file f JOIN endpoint e ON e.site = f.site AND e.created_at < f.opened_at AND instr(e.events, 'case.opened')
		WHERE NOT EXISTS (SELECT 1 FROM event_due d WHERE d.site = f.site AND d.subject = f.id AND d.type = 'case.opened')
			AND (SELECT count(*) FROM delivery d WHERE d.site = f.site AND d.subject = f.id AND d.type = 'case.opened' AND d.endpoint = e.id) <> 1
		UNION ALL SELECT id FROM delivery WHERE (state = 'pending') <> (ended_at IS NULL)`;
	return (await db.prepare(query).all()).results;
}

/** Runs what is done every minute as if it were `now`. @throws where an event that was due survives the run that should have told it */
export async function tellAll(collector: TestCollector, now: number): Promise<void> {
	await collector.minute(now);
	const query = collector.db.prepare("SELECT type, subject FROM event_due WHERE due_at <= ?1 AND failed_at IS NULL");
	const { results } = await query.bind(now).all();
	if (results.length > 0) throw new Error(`Not told: ${JSON.stringify(results)}`);
}
