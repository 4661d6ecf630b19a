// A test's own entry: the built Worker behind a D1 that answers in waves. Whatever is asked is held until nothing more is asked for a
// moment, then all of it runs and is answered together: the number of waves is how many ways to the database lie one behind another. Each call is counted too, a batch as one.
import worker from "./index.js";

/** Nothing but the database is waited for in the Worker, so a moment is enough to see that it asks no more. */
const QUIET_MS = 20;

/** @param {D1Database} db @param {{waves: number, calls: number}} meter */
function inWaves(db, meter) {
	let held = [];
	let timer;
	const release = async () => {
		const wave = held;
		held = [];
		meter.waves++;
		const done = await Promise.allSettled(wave.map(({ run }) => run()));
		for (const [i, { resolve, reject }] of wave.entries()) {
			const { status, value, reason } = done[i];
			if (status === "fulfilled") resolve(value);
			else reject(reason);
		}
	};
	const hold = (run) =>
		new Promise((resolve, reject) => {
			meter.calls++;
			held.push({ run, resolve, reject });
			clearTimeout(timer);
			timer = setTimeout(release, QUIET_MS);
		});
	const wrap = (statement) => ({
		statement,
		bind: (...values) => wrap(statement.bind(...values)),
		all: () => hold(() => statement.all()),
		run: () => hold(() => statement.run()),
		first: (column) => hold(() => (column === undefined ? statement.first() : statement.first(column))),
	});
	return {
		prepare: (sql) => wrap(db.prepare(sql)),
		batch: (wrapped) => hold(() => db.batch(wrapped.map(({ statement }) => statement))),
	};
}

export default {
	scheduled: worker.scheduled,
	queue: worker.queue,
	async fetch(request, env, ctx) {
		const meter = { waves: 0, calls: 0 };
		const response = await worker.fetch(request, { ...env, DB: inWaves(env.DB, meter) }, ctx);
		const headers = new Headers(response.headers);
		headers.set("x-database-waves", String(meter.waves));
		headers.set("x-database-calls", String(meter.calls));
		return new Response(response.body, { status: response.status, headers });
	},
};
