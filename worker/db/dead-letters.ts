/** Keeps a message that a queue has given up; the same one twice is kept once. */
export async function insertDeadLetter(db: D1Database, id: string, body: string, sentAt: number): Promise<void> {
	await db
		.prepare("INSERT INTO dead_letter (id, body, sent_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
		.bind(id, body, sentAt)
		.run();
}

/** How many messages wait for the operator, and the Unix milliseconds the oldest was sent at; null where there is none. */
export async function countDeadLetters(db: D1Database): Promise<{ letters: number; oldest: number | null }> {
	const row = await db
		.prepare("SELECT count(*) AS letters, min(sent_at) AS oldest FROM dead_letter")
		.first<{ letters: number; oldest: number | null }>();
	return row ?? { letters: 0, oldest: null };
}
