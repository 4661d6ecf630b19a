/** Keeps a message that a queue has given up; the same one twice is kept once. */
export async function insertDeadLetter(db: D1Database, id: string, body: string, sentAt: number): Promise<void> {
	await db
		.prepare("INSERT INTO dead_letter (id, body, sent_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
		.bind(id, body, sentAt)
		.run();
}
