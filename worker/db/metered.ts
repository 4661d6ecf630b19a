/** What was asked of D1. A database says it with every result; nobody else has to be believed. */
export interface Meter {
	/** Ways to a database and back: a batch is one. */
	calls: number;
	queries: number;
	rowsRead: number;
	rowsWritten: number;
	/** Milliseconds the database worked, by its own clock; the way there and back is not in it. */
	ms: number;
}

/** A meter that has counted nothing. */
export function newMeter(): Meter {
	return { calls: 0, queries: 0, rowsRead: 0, rowsWritten: 0, ms: 0 };
}

/** The same database, every result of which is counted. Only what this code uses of D1 is: prepared statements and batches. */
export function metered(db: D1Database, meter: Meter): D1Database {
	const inner = new WeakMap<D1PreparedStatement, D1PreparedStatement>();

	async function note<Result extends D1Result<unknown>>(call: () => Promise<Result[]>): Promise<Result[]> {
		meter.calls++; // Also one that fails.
		const results = await call();
		for (const { meta } of results) {
			meter.queries++;
			meter.rowsRead += meta.rows_read;
			meter.rowsWritten += meta.rows_written;
			meter.ms += meta.timings?.sql_duration_ms ?? meta.duration;
		}
		return results;
	}

	function wrap(statement: D1PreparedStatement): D1PreparedStatement {
		const own = {
			bind: (...values: unknown[]) => wrap(statement.bind(...values)),
			all: async () => (await note(async () => [await statement.all()]))[0],
			run: async () => (await note(async () => [await statement.run()]))[0],
			first: async (column?: string) => {
				const row = (await note(async () => [await statement.all()]))[0]?.results[0] ?? null;
				return row && column !== undefined ? (row[column] ?? null) : row;
			},
		};
		const wrapped = new Proxy(statement, { get: (target, name) => Reflect.get(own, name) ?? Reflect.get(target, name) });
		inner.set(wrapped, statement);
		return wrapped;
	}

	const own = {
		prepare: (sql: string) => wrap(db.prepare(sql)),
		batch: (statements: D1PreparedStatement[]) => note(() => db.batch(statements.map((each) => inner.get(each) ?? each))),
	};
	return new Proxy(db, { get: (target, name) => Reflect.get(own, name) ?? Reflect.get(target, name) });
}
