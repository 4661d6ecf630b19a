/** Statements that wait to be sent together, and who waits for them. */
interface Waiting {
	readonly statements: readonly D1PreparedStatement[];
	resolve(results: D1Result[]): void;
	reject(error: unknown): void;
}

/**
 * A database whose reads of one moment travel together: whatever is asked before the code that asks waits for an answer is one batch, one
 * way there and back. A page reads dozens of figures at once; sent one by one, the platform would let six go at a time and count each
 * against what one request may ask. For reads alone: what fails, fails for all that travel with it.
 */
export function gathered(db: D1Database): D1Database {
	const plain = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
	let waiting: Waiting[] = [];

	const send = async () => {
		const together = waiting;
		waiting = [];
		try {
			const results = await db.batch(together.flatMap(({ statements }) => statements));
			let next = 0;
			for (const { statements, resolve } of together) {
				resolve(results.slice(next, next + statements.length));
				next += statements.length;
			}
		} catch (error) {
			for (const { reject } of together) reject(error);
		}
	};
	const ask = (statements: readonly D1PreparedStatement[]) =>
		new Promise<D1Result[]>((resolve, reject) => {
			// A turn of the event loop later, everything that does not wait for the database has asked.
			if (waiting.length === 0) setTimeout(send, 0);
			waiting.push({ statements, resolve, reject });
		});

	const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
		const one = async () => (await ask([statement]))[0];
		const own = {
			bind: (...values: unknown[]) => wrap(statement.bind(...values)),
			all: one,
			run: one,
			first: async (column?: string) => {
				const row: unknown = (await one())?.results[0] ?? null;
				return column === undefined || row === null ? row : Object(row)[column];
			},
		};
		const wrapped = withOwn(statement, own);
		plain.set(wrapped, statement);
		return wrapped;
	};
	return withOwn(db, {
		prepare: (sql: string) => wrap(db.prepare(sql)),
		batch: (statements: readonly D1PreparedStatement[]) => ask(statements.map((each) => plain.get(each) ?? each)),
	});
}

/** An object with some methods of ours before its own. */
function withOwn<Target extends object>(target: Target, own: Readonly<Record<string, unknown>>): Target {
	return new Proxy(target, {
		get(object, name) {
			if (typeof name === "string" && Object.hasOwn(own, name)) return own[name];
			const value: unknown = Reflect.get(object, name, object);
			return typeof value === "function" ? value.bind(object) : value;
		},
	});
}
