// The bench's own entry: the built Worker with what Cloudflare counts in memory counted in memory, and a count of the rows it writes.
// Miniflare keeps a limiter in a Durable Object and writes SQLite at every call; "x-limits: miniflare" lets it.
import worker from "./index.js";

const LIMITS = {
	ADDRESS_LIMIT: [600, 60],
	FIRST_BURST_LIMIT: [60, 10],
	FIRST_LIMIT: [240, 60],
	FIRST_UNSIGNED_LIMIT: [600, 60],
	LATER_BURST_LIMIT: [300, 10],
	LATER_LIMIT: [1200, 60],
	LATER_UNSIGNED_LIMIT: [3000, 60],
	ORDER_LIMIT: [60, 60],
};

const limiters = Object.fromEntries(Object.entries(LIMITS).map(([name, [limit, seconds]]) => [name, limiter(limit, seconds)]));

function limiter(limit, seconds) {
	let epoch = 0;
	const counts = new Map();
	return {
		async limit({ key }) {
			const now = Math.floor(Date.now() / 1000 / seconds);
			if (now !== epoch) counts.clear();
			epoch = now;
			const count = (counts.get(key) ?? 0) + 1;
			counts.set(key, count);
			return { success: count <= limit };
		},
	};
}

let written = 0;
let counting = false;

function counted(db) {
	const note = (result) => {
		written += result.meta.rows_written;
		return result;
	};
	const wrap = (statement) => ({
		statement,
		bind: (...values) => wrap(statement.bind(...values)),
		all: async () => note(await statement.all()),
		run: async () => note(await statement.run()),
		first: async () => note(await statement.all()).results[0] ?? null,
	});
	return {
		prepare: (sql) => wrap(db.prepare(sql)),
		batch: async (wrapped) => (await db.batch(wrapped.map(({ statement }) => statement))).map(note),
	};
}

const withDb = (env) => (counting ? { ...env, DB: counted(env.DB) } : env);

export default {
	scheduled: worker.scheduled,
	queue: (batch, env, ctx) => worker.queue(batch, withDb(env), ctx),
	async fetch(request, env, ctx) {
		if (request.url.endsWith("/bench/count")) {
			const rows = written;
			written = 0;
			counting = await request.json();
			return Response.json(rows);
		}
		const own = request.headers.get("x-limits") === "miniflare";
		return worker.fetch(request, own ? withDb(env) : { ...withDb(env), ...limiters }, ctx);
	},
};
