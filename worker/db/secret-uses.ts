import { TOMBSTONE_MS } from "./tombstones.ts";

/** Milliseconds for which a use stands for those after it: who erases many writes one row a day. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** Notes that somebody was erased under this secret (`secretId`). */
export async function noteSecretUse(directory: D1Database, secret: string, now: number): Promise<void> {
	await directory
		.prepare(
			`INSERT INTO secret_use (id, last_at) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET last_at = ?2 WHERE last_at < ?2 - ${DAY_MS}`,
		)
		.bind(secret, now)
		.run();
}

/** When somebody was last erased under another secret than this one (Unix milliseconds, to a day), while that still stands; otherwise null. */
export async function otherSecretUsed(directory: D1Database, secret: string | null, now: number): Promise<number | null> {
	const row = await directory
		.prepare("SELECT max(last_at) AS at FROM secret_use WHERE id IS NOT ?1 AND last_at >= ?2")
		.bind(secret, now - TOMBSTONE_MS - DAY_MS)
		.first<{ at: number | null }>();
	return row?.at ?? null;
}
