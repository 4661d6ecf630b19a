// A test's own entry: the built Worker with a queue that outlives its process, as Cloudflare's does and Miniflare's does not. What was
// sent and is not acknowledged stands in a table; POST /queue holds it back, brings it again, or stops the consumer in its work. An
// acknowledgement counts once the whole batch has ended, and what is to be tried again is tried at once. Production has no such door.
import worker from "./index.js";

/** Whether what is sent waits until it is brought; and the write of asks, counted from 1, in which a consumer stops for ever. */
let held = false;
let stop = { at: 0, when: "before" };
let stopped = false;

const forEver = () => new Promise((later) => setTimeout(later, 3_600_000));

async function keep(db, body) {
	await db.prepare("CREATE TABLE IF NOT EXISTS held_message (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)").run();
	const insert = db.prepare("INSERT INTO held_message (body) VALUES (?1) RETURNING id");
	const { id } = await insert.bind(JSON.stringify(body)).first();
	return { id, body };
}

/** Everything that is kept, so many times, and once what is given beside it, in any order. */
async function bring({ DB: db, INGEST: queue }, copies, others) {
	const { results } = await db.prepare("SELECT id, body FROM held_message").all();
	const kept = results.map(({ id, body }) => ({ id, body: JSON.parse(body) }));
	const messages = [...Array.from({ length: copies }, () => kept).flat(), ...others.map((body) => ({ id: 0, body }))]
		.map((body) => ({ body, order: Math.random() }))
		.sort((a, b) => a.order - b.order)
		.map(({ body }) => ({ body }));
	for (let i = 0; i < messages.length; i += 50) await queue.sendBatch(messages.slice(i, i + 50));
}

/** A database in which the consumer's work stops at the write that was said. */
function stopping(db) {
	let writes = 0;
	const run = async (sql, work) => {
		const here = /^\s*(INSERT INTO|UPDATE) ask\b/.test(sql) && ++writes === stop.at && !stopped;
		if (here) stopped = true;
		if (here && stop.when === "before") await forEver();
		const result = await work();
		if (here) await forEver();
		return result;
	};
	const wrap = (sql, statement) => ({
		sql,
		statement,
		bind: (...values) => wrap(sql, statement.bind(...values)),
		all: () => run(sql, () => statement.all()),
		run: () => run(sql, () => statement.run()),
		first: (column) => run(sql, () => statement.first(column)),
	});
	return {
		prepare: (sql) => wrap(sql, db.prepare(sql)),
		batch: (wrapped) => run(wrapped[0]?.sql ?? "", () => db.batch(wrapped.map(({ statement }) => statement))),
	};
}

async function consume(batch, env, ctx) {
	const done = [];
	const messages = batch.messages.map((message) => ({
		id: message.id,
		timestamp: message.timestamp,
		attempts: message.attempts,
		body: message.body.body,
		ack: () => done.push(message),
		retry: () => message.retry(),
	}));
	await worker.queue({ queue: batch.queue, messages }, { ...env, DB: stopping(env.DB) }, ctx);
	const ids = JSON.stringify(done.map(({ body }) => body.id));
	await env.DB.prepare("DELETE FROM held_message WHERE id IN (SELECT value FROM json_each(?1))").bind(ids).run();
	for (const message of done) message.ack();
}

async function command(env, { hold = false, stopAt = 0, when = "before", messages = [], copies = 0 }) {
	held = hold;
	stop = { at: stopAt, when };
	stopped = false;
	if (copies > 0) await bring(env, copies, messages);
}

export default {
	scheduled: worker.scheduled,
	queue: consume,
	async fetch(request, env, ctx) {
		const { pathname } = new URL(request.url);
		if (pathname === "/queue" && request.method === "GET") return Response.json({ stopped });
		if (pathname === "/queue") {
			await command(env, await request.json());
			return new Response();
		}
		const send = async (body) => {
			const kept = await keep(env.DB, body);
			if (!held) await env.INGEST.send(kept);
		};
		return worker.fetch(request, { ...env, INGEST: { send } }, ctx);
	},
};
