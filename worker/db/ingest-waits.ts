const HOUR_MS = 60 * 60 * 1000;

/** How long messages lay in the ingest queue before they were written. Times are Unix milliseconds. */
export interface IngestWait {
	/** When the last were written, and how long the oldest of those had lain. */
	readonly lastAt: number;
	readonly lastMs: number;
	readonly longestMs: number;
	readonly messages: number;
}

/** Notes how long the oldest of some messages had lain when they were written: one row an hour, whatever their number. */
export async function noteIngestWait(directory: D1Database, messages: number, waitedMs: number, now: number): Promise<void> {
	await directory
		.prepare(
			`INSERT INTO ingest_wait (hour, messages, longest_ms, last_ms, last_at) VALUES (?1, ?2, ?3, ?3, ?4)
			ON CONFLICT (hour) DO UPDATE SET messages = messages + ?2, longest_ms = max(longest_ms, ?3), last_ms = ?3, last_at = ?4`,
		)
		.bind(Math.floor(now / HOUR_MS), messages, waitedMs, now)
		.run();
}

/** The waits of the hours since `since`, or null where nothing went through the queue. */
export async function ingestWaitSince(directory: D1Database, since: number): Promise<IngestWait | null> {
	const { results } = await directory
		.prepare(
			`SELECT last_at AS lastAt, last_ms AS lastMs, longest_ms AS longestMs, messages FROM ingest_wait
			WHERE hour >= ?1 ORDER BY hour DESC`,
		)
		.bind(Math.floor(since / HOUR_MS))
		.all<IngestWait>();
	const [last] = results;
	if (!last) return null;
	return {
		...last,
		longestMs: Math.max(...results.map(({ longestMs }) => longestMs)),
		messages: results.reduce((sum, { messages }) => sum + messages, 0),
	};
}

/** Forgets the waits of the hours before `before` (Unix milliseconds). */
export async function forgetIngestWaits(directory: D1Database, before: number): Promise<number> {
	const { results } = await directory
		.prepare("DELETE FROM ingest_wait WHERE hour < ?1 RETURNING hour")
		.bind(Math.floor(before / HOUR_MS))
		.all();
	return results.length;
}
