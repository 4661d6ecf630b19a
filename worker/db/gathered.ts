/** A statement, and what tells it from others: its text and values. */
interface Question {
	readonly statement: D1PreparedStatement;
	readonly name: string;
}

/** Questions that wait to be sent together, and who waits for them. */
interface Waiting {
	readonly questions: readonly Question[];
	resolve(results: D1Result[]): void;
	reject(error: unknown): void;
}

/**
 * A database whose reads of one moment travel together: whatever is asked before the code that asks waits for an answer is one batch, one
 * way there and back, and what is asked twice is read once. A page reads dozens of figures at once; sent one by one, the platform would let
 * six go at a time and count each against what one request may ask. For reads alone: what fails, fails for all that travel with it.
 */
export function gathered(db: D1Database): D1Database {
	const known = new WeakMap<D1PreparedStatement, Question>();
	let waiting: Waiting[] = [];

	const send = async () => {
		const together = waiting;
		waiting = [];
		try {
			const once = new Map<string, D1PreparedStatement>();
			for (const { questions } of together) for (const { name, statement } of questions) once.set(name, statement);
			const results = await db.batch([...once.values()]);
			const answers = new Map([...once.keys()].map((name, i) => [name, results[i] as D1Result]));
			for (const { questions, resolve } of together) resolve(questions.map(({ name }) => answers.get(name) as D1Result));
		} catch (error) {
			for (const { reject } of together) reject(error);
		}
	};
	const ask = (questions: readonly Question[]) =>
		new Promise<D1Result[]>((resolve, reject) => {
			// A turn of the event loop later, everything that does not wait for the database has asked.
			if (waiting.length === 0) setTimeout(send, 0);
			waiting.push({ questions, resolve, reject });
		});

	const wrap = (sql: string, statement: D1PreparedStatement, values: readonly unknown[]): D1PreparedStatement => {
		const question = { statement, name: JSON.stringify([sql, values]) };
		const one = async () => (await ask([question]))[0];
		const own = {
			bind: (...bound: unknown[]) => wrap(sql, statement.bind(...bound), bound),
			all: one,
			run: one,
			first: async (column?: string) => {
				const row: unknown = (await one())?.results[0] ?? null;
				return column === undefined || row === null ? row : Object(row)[column];
			},
		};
		const wrapped = withOwn(statement, own);
		known.set(wrapped, question);
		return wrapped;
	};
	return withOwn(db, {
		prepare: (sql: string) => wrap(sql, db.prepare(sql), []),
		batch: (statements: readonly D1PreparedStatement[]) =>
			ask(statements.map((statement) => known.get(statement) ?? { statement, name: crypto.randomUUID() })),
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
