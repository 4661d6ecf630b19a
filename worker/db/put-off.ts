/** A message that a queue has brought for the `attempts`th time. Times are Unix milliseconds. */
export interface Brought {
	readonly attempts: number;
	readonly sentAt: number;
	/** By when it has come again, where it is to; null where it is written or given up. */
	readonly until: number | null;
}

/** What the ingest queue is to bring again. */
export interface PutOff {
	readonly messages: number;
	/** When the oldest of them was sent (Unix milliseconds), and how often that was tried. */
	readonly oldest: number;
	readonly attempts: number;
}

/** Milliseconds of sending whose messages share a row: so far the oldest that is told may be one that has been written meanwhile. */
const TOGETHER_MS = 10 * 60 * 1000;

/**
 * Notes a batch: what was tried before is no longer among those that were tried as often before, what is put off is among those that now
 * were. A row for each number of tries and ten minutes of sending, mostly one a batch, however many messages; one
 * that has had its time goes.
 */
export async function notePutOff(directory: D1Database, brought: readonly Brought[], now: number): Promise<void> {
	const changes = brought.flatMap(({ attempts, sentAt, until }) => {
		const sent = sentAt - (sentAt % TOGETHER_MS);
		return [
			...(attempts > 1 ? [[attempts - 1, sent, -1, sentAt, 0]] : []),
			...(until === null ? [] : [[attempts, sent, 1, sentAt, until]]),
		];
	});
	if (changes.length === 0) return;
	await directory.batch([
		directory
			.prepare(
				`INSERT INTO ingest_put_off (attempts, sent, messages, oldest, until)
				SELECT value ->> 0, value ->> 1, sum(value ->> 2), min(value ->> 3), max(value ->> 4) FROM json_each(?1) WHERE true GROUP BY 1, 2
				ON CONFLICT (attempts, sent) DO UPDATE SET messages = iif(until < ?2, 0, messages) + excluded.messages,
					oldest = iif(until < ?2, excluded.oldest, min(oldest, excluded.oldest)), until = max(until, excluded.until)`,
			)
			.bind(JSON.stringify(changes), now),
		directory.prepare("DELETE FROM ingest_put_off WHERE messages <= 0 OR until < ?1").bind(now),
	]);
}

/** What is put off, or null where nothing is. */
export async function putOffAt(directory: D1Database, now: number): Promise<PutOff | null> {
	const { results } = await directory
		.prepare("SELECT messages, oldest, attempts FROM ingest_put_off WHERE until >= ?1 ORDER BY oldest, attempts DESC")
		.bind(now)
		.all<PutOff>();
	const [first] = results;
	return first ? { ...first, messages: results.reduce((sum, { messages }) => sum + messages, 0) } : null;
}
