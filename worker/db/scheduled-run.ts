/** What a scheduled run did, step by step: how many of what. */
export interface ScheduledRun {
	/** Unix milliseconds: when it was to begin, and when it ended. */
	readonly startedAt: number;
	readonly endedAt: number;
	/** Ways to the database, and rows it read and wrote on them. */
	readonly calls: number;
	readonly rowsRead: number;
	readonly rowsWritten: number;
	readonly report: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Keeps the scheduled run that ended last. */
export async function keepRun(directory: D1Database, run: ScheduledRun): Promise<void> {
	await directory
		.prepare(
			`INSERT INTO scheduled_run (id, started_at, ended_at, calls, rows_read, rows_written, report) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)
			ON CONFLICT (id) DO UPDATE SET started_at = ?1, ended_at = ?2, calls = ?3, rows_read = ?4, rows_written = ?5, report = ?6`,
		)
		.bind(run.startedAt, run.endedAt, run.calls, run.rowsRead, run.rowsWritten, JSON.stringify(run.report))
		.run();
}

/** The scheduled run that ended last, or null before the first. */
export async function lastRun(directory: D1Database): Promise<ScheduledRun | null> {
	const row = await directory
		.prepare(`SELECT started_at AS startedAt, ended_at AS endedAt, calls, rows_read AS rowsRead, rows_written AS rowsWritten, report
			FROM scheduled_run WHERE id = 1`)
		.first<Omit<ScheduledRun, "report"> & { report: string }>();
	return row && { ...row, report: JSON.parse(row.report) };
}
