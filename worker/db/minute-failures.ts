/** The steps of the run of every minute. */
export const MINUTE_STEPS = ["cases", "events", "endpoints"] as const;

export type MinuteStep = (typeof MINUTE_STEPS)[number];

/** A step that failed in one database, by the name of its binding. */
export interface FailedStep {
	readonly shard: string;
	readonly step: MinuteStep;
	readonly reason: string;
}

/** A step with its failures one after another. Times are Unix milliseconds. */
export interface MinuteFailure extends FailedStep {
	readonly since: number;
	readonly at: number;
	readonly times: number;
}

/** Milliseconds without a failure after which the next is the first of others: a step that goes well writes nothing. */
const APART_MS = 60 * 60 * 1000;

/** Notes the steps that failed in the run of `now`. */
export async function noteMinuteFailures(directory: D1Database, failed: readonly FailedStep[], now: number): Promise<void> {
	await directory
		.prepare(
			`INSERT INTO minute_failure (shard, step, since, at, times, reason)
			SELECT json_extract(value, '$.shard'), json_extract(value, '$.step'), ?2, ?2, 1, json_extract(value, '$.reason') FROM json_each(?1) WHERE true
			ON CONFLICT (shard, step) DO UPDATE SET since = iif(at < ?3, ?2, since), times = iif(at < ?3, 1, times + 1), at = ?2,
				reason = excluded.reason`,
		)
		.bind(JSON.stringify(failed), now, now - APART_MS)
		.run();
}

/** At most `limit` steps that have failed since `since`, those first that failed last. */
export async function minuteFailures(directory: D1Database, since: number, limit: number): Promise<MinuteFailure[]> {
	const { results } = await directory
		.prepare(
			"SELECT shard, step, since, at, times, reason FROM minute_failure WHERE at > ?1 ORDER BY at DESC, shard, step LIMIT ?2",
		)
		.bind(since, limit)
		.all<MinuteFailure>();
	return results;
}
