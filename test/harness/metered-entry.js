// A test's own entry: the built Worker behind D1 databases that count what they are asked, read and write. Production has no such door.
import worker from "./index.js";

/** @param {D1Database} db @param {{trips: number, queries: number, read: number, written: number, tables: Set<string>}} meter */
function metered(db, meter) {
	const note = (result, sql) => {
		meter.queries++;
		meter.read += result.meta.rows_read;
		meter.written += result.meta.rows_written;
		if (result.meta.rows_written > 0) meter.tables.add(/(?:INTO|UPDATE|DELETE FROM)\s+(\w+)/.exec(sql)?.[1] ?? sql);
		return result;
	};
	const alone = async (sent, sql) => {
		meter.trips++;
		return note(await sent, sql);
	};
	const wrap = (statement, sql) => ({
		statement,
		sql,
		bind: (...values) => wrap(statement.bind(...values), sql),
		all: () => alone(statement.all(), sql),
		run: () => alone(statement.run(), sql),
		first: async (column) => {
			const [row = null] = (await alone(statement.all(), sql)).results;
			return row && column ? row[column] : row;
		},
	});
	return {
		prepare: (sql) => wrap(db.prepare(sql), sql),
		batch: async (wrapped) => {
			meter.trips++;
			return (await db.batch(wrapped.map(({ statement }) => statement))).map((result, i) => note(result, wrapped[i].sql));
		},
	};
}

export default {
	scheduled: worker.scheduled,
	queue: worker.queue,
	async fetch(received, env, ctx) {
		// As if it had come over https or to a name of its own, where a test says so: nothing here speaks TLS, nor has a name.
		const [protocol, name] = ["x-test-protocol", "x-test-name"].map((header) => received.headers.get(header));
		const address = received.url
			.replace(/^http:/, protocol ? `${protocol}:` : "$&")
			.replace(/\/\/[^/]+/, name ? `//${name}` : "$&");
		const request = protocol || name ? new Request(address, received) : received;
		const meter = { trips: 0, queries: 0, read: 0, written: 0, tables: new Set() };
		const shards = Object.entries(env).filter(([name]) => /^DB(_\d+)?$/.test(name));
		const counted = Object.fromEntries(shards.map(([name, db]) => [name, metered(db, meter)]));
		const response = await worker.fetch(request, { ...env, ...counted }, ctx);
		const headers = new Headers(response.headers);
		headers.set("x-trips", String(meter.trips));
		headers.set("x-queries", String(meter.queries));
		headers.set("x-rows-read", String(meter.read));
		headers.set("x-rows-written", String(meter.written));
		headers.set("x-tables-written", [...meter.tables].join());
		return new Response(response.body, { status: response.status, headers });
	},
};
