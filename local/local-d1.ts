import { randomUUID } from "node:crypto";
import type { V4WorkerOptions } from "miniflare";

/** What came of a statement, as D1 gives it. */
export interface LocalResult<Row> {
	readonly results: Row[];
	readonly meta: { readonly changes: number; readonly rows_read: number; readonly rows_written: number };
}

/** A statement, with or without its values. */
export interface LocalStatement {
	bind(...values: unknown[]): LocalStatement;
	all<Row = Record<string, unknown>>(): Promise<LocalResult<Row>>;
	run<Row = Record<string, unknown>>(): Promise<LocalResult<Row>>;
	first<Row = Record<string, unknown>>(): Promise<Row | null>;
}

/** A local D1 database, as far as anybody outside the Worker needs one. */
export interface LocalD1<Statement extends LocalStatement = LocalStatement> {
	prepare(sql: string): Statement;
	/** All of them or none. */
	batch<Row = Record<string, unknown>>(statements: Statement[]): Promise<LocalResult<Row>[]>;
}

/** Answers nobody who does not know this: any page that is open in a browser could ask it otherwise. */
const KEY = randomUUID();

const SCRIPT = `
	export default {
		async fetch(request, env) {
			if (request.headers.get("authorization") !== env.KEY) return new Response(null, { status: 401 });
			const { database, statements } = await request.json();
			const prepared = statements.map(({ sql, values }) => env[database].prepare(sql).bind(...values));
			try {
				return Response.json(await env[database].batch(prepared));
			} catch (error) {
				return new Response(error.message, { status: 500 });
			}
		},
	};`;

/** The name of the Worker that `localD1` speaks to. */
export const DATABASES = "databases";

/**
 * A Worker beside the built one, with the same databases, that takes a batch of statements as one request. Miniflare's own way to a
 * database holds the process up twice for every statement, and is several times slower.
 */
export const databasesWorker = (d1Databases: Record<string, { id: string }>): V4WorkerOptions => ({
	name: DATABASES,
	modules: true,
	script: SCRIPT,
	compatibilityDate: "2026-10-01",
	bindings: { KEY },
	d1Databases,
	unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
});

interface Sent extends LocalStatement {
	readonly sql: string;
	readonly values: readonly unknown[];
}

/** The database of this binding, by that Worker at `url`. Throws what D1 says where a statement fails. */
export function localD1(url: URL, database: string): LocalD1<Sent> {
	async function send<Row>(sent: readonly Sent[]): Promise<LocalResult<Row>[]> {
		const statements = sent.map(({ sql, values }) => ({ sql, values }));
		const body = JSON.stringify({ database, statements });
		const response = await fetch(url, { method: "POST", headers: { authorization: KEY }, body });
		if (!response.ok) throw new Error(await response.text());
		const results: LocalResult<Row>[] = JSON.parse(await response.text());
		return results;
	}
	async function one<Row>(statement: Sent): Promise<LocalResult<Row>> {
		const [result] = await send<Row>([statement]);
		if (!result) throw new Error("A statement has no result");
		return result;
	}
	const statement = (sql: string, values: readonly unknown[]): Sent => ({
		sql,
		values,
		bind: (...bound) => statement(sql, bound),
		all: () => one(statement(sql, values)),
		run: () => one(statement(sql, values)),
		async first<Row>() {
			return (await one<Row>(statement(sql, values))).results[0] ?? null;
		},
	});
	return { prepare: (sql) => statement(sql, []), batch: send };
}
