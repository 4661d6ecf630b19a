// A test's own entry: the built Worker behind a D1 that fails as D1 does, limiters and a queue that fail, and a log that can be read. What
// fails is said by POST /faults, what was logged by GET /faults. Production has no such door.
import worker from "./index.js";

/**
 * @typedef {"working" | "missing" | "throwing"} Binding
 * @type {{ kind: "none" | keyof SAYS, share: number, seed: number, limiters: Binding, queue: Binding }}
 */
let faults = { kind: "none", share: 0, seed: 1, limiters: "working", queue: "working" };

const SAYS = {
	overloaded: "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
	lost: "D1_ERROR: Network connection lost.",
	"lost-after-commit": "D1_ERROR: Network connection lost.",
	reset: "D1_ERROR: Internal error in D1 DB storage caused object to be reset.",
	starting: "D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.",
	updated: "D1_ERROR: D1 DB reset because its code was updated.",
	unresolved: "D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.",
	"too-many": "D1_ERROR: D1 DB is overloaded. Too many requests queued.",
	"timed-out": "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
	"out-of-memory": "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
	"out-of-cpu": "D1_ERROR: D1 DB exceeded its CPU time limit and was reset.",
};

/** @type {string[]} */
let logged = [];
const print = console.error;
console.error = (...values) => {
	logged.push(values.join(" "));
	print(...values);
};

/** A number from 0 to 1 that is the same in every run. */
function chance() {
	faults.seed = (faults.seed * 1103515245 + 12345) % 2147483648;
	return faults.seed / 2147483648;
}

/** Runs a write of asks, or fails as the faults say; what else the Worker does with its database works. */
async function run(sql, work) {
	const { kind, share } = faults;
	if (kind === "none" || !/^\s*(INSERT INTO|UPDATE) ask\b/.test(sql) || chance() >= share) return work();
	if (kind === "lost-after-commit") await work();
	throw new Error(SAYS[kind]);
}

function faulty(db) {
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

const broken = (method) => ({
	[method]: async () => {
		throw new Error("Internal error");
	},
});

/** What the platform gives the Worker, with what fails in its place. */
function withFaults(env) {
	const { limiters, queue } = faults;
	const given = { ...env, DB: faulty(env.DB) };
	for (const name of Object.keys(env)) {
		if (name.endsWith("_LIMIT") && limiters === "missing") delete given[name];
		if (name.endsWith("_LIMIT") && limiters === "throwing") given[name] = broken("limit");
	}
	if (queue === "missing") delete given.INGEST;
	if (queue === "throwing") given.INGEST = broken("send");
	return given;
}

export default {
	scheduled: (controller, env, ctx) => worker.scheduled(controller, withFaults(env), ctx),
	queue: (batch, env, ctx) => worker.queue(batch, withFaults(env), ctx),
	async fetch(request, env, ctx) {
		if (new URL(request.url).pathname !== "/faults") return worker.fetch(request, withFaults(env), ctx);
		if (request.method === "GET") return Response.json(logged);
		logged = [];
		faults = { kind: "none", share: 0, seed: 1, limiters: "working", queue: "working", ...(await request.json()) };
		return new Response();
	},
};
