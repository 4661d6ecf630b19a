import type { Day } from "../../shared/day.ts";
import { JUDGED_AFTER_MS } from "../../shared/limits.ts";
import type { MetricName } from "../../shared/metrics.ts";
import type { SiteId } from "../site.ts";

/** An answer that waits to be judged, with what it is judged by. All but the first three are null where the answer is gone. */
export interface DueAnswer {
	due_at: number;
	site: SiteId;
	ask: string;
	timezone: string | null;
	metric: MetricName | null;
	score: number | null;
	shown_at: number | null;
	/** Whether the survey opens cases by itself. */
	open_cases: number | null;
}

/** At most `limit` answers of this database, of any site, that have waited until `now`, the longest waiting first. */
export async function dueAnswers(db: D1Database, now: number, limit: number): Promise<DueAnswer[]> {
	const { results } = await db
		.prepare(
			`SELECT due.due_at, due.site, due.ask, site.timezone, v.metric, ask.score, ask.shown_at, survey.open_cases
			FROM (SELECT due_at, site, ask FROM case_due WHERE due_at <= ?1 ORDER BY due_at, site, ask LIMIT ?2) AS due
			LEFT JOIN ask ON ask.site = due.site AND ask.id = due.ask
			LEFT JOIN survey_version v ON v.site = ask.site AND v.survey = ask.survey AND v.version = ask.version
			LEFT JOIN survey ON survey.site = ask.site AND survey.slug = ask.survey
			LEFT JOIN site ON site.id = due.site`,
		)
		.bind(now, limit)
		.all<DueAnswer>();
	return results;
}

/** An answer that is to have a case, at the score it was judged by. */
export interface JudgedLow {
	readonly site: SiteId;
	readonly ask: string;
	readonly score: number;
	readonly dueOn: Day;
}

/**
 * Statements of one batch that open these cases and take `judged` off the list. An answer that was edited less than 90 seconds ago, be it
 * while it was judged, opens none and waits anew. The first gives back the cases it has opened; what is to be told of them belongs in
 * the same batch.
 */
export function openAndSettle(
	db: D1Database,
	low: readonly JudgedLow[],
	judged: readonly DueAnswer[],
	now: number,
): D1PreparedStatement[] {
	const rows = JSON.stringify(judged.map(({ due_at, site, ask }) => [due_at, site, ask]));
	return [
		db
			.prepare(
				`INSERT INTO case_file (site, id, score, state, opened_at, due_on)
				SELECT ask.site, ask.id, ask.score, 'open', ?2, json_extract(low.value, '$.dueOn') FROM json_each(?1) AS low
				CROSS JOIN ask ON ask.site = json_extract(low.value, '$.site') AND ask.id = json_extract(low.value, '$.ask')
				WHERE ask.status = 'answered' AND ask.erased_at IS NULL AND ask.score = json_extract(low.value, '$.score')
					AND ask.updated_at <= ?2 - ${JUDGED_AFTER_MS}
				ON CONFLICT DO NOTHING RETURNING site, id`,
			)
			.bind(JSON.stringify(low), now),
		db
			.prepare(
				`INSERT INTO case_due (due_at, site, ask)
				SELECT ask.updated_at + ${JUDGED_AFTER_MS}, ask.site, ask.id FROM json_each(?1) AS judged
				CROSS JOIN ask ON ask.site = json_extract(judged.value, '$[1]') AND ask.id = json_extract(judged.value, '$[2]')
				WHERE ask.status = 'answered' AND ask.updated_at > ?2 - ${JUDGED_AFTER_MS} ON CONFLICT DO NOTHING`,
			)
			.bind(rows, now),
		db
			.prepare(
				`DELETE FROM case_due WHERE (due_at, site, ask) IN (
					SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(?1))`,
			)
			.bind(rows),
	];
}
