// A test's own entry: the built Worker behind D1 databases that fail as D1 does, a suppression list, limiters and a queue that fail, and a
// log that can be read. What fails is said by POST /faults, what was logged by GET /faults. Production has no such door.
import worker from "./index.js";

/**
 * What fails: writes of asks in every shard, unless the beginning of the SQL (`sql`, a pattern) or the shard is named; at most `times`.
 * `without` names bindings that are not there.
 * @typedef {"working" | "missing" | "throwing"} Binding
 * @typedef {{ kind: "none" | "suppression" | keyof SAYS, share: number, seed: number, sql?: string, shard?: string, times?: number }} Faults
 * @type {Faults & { limiters: Binding, queue: Binding, without: string[] }}
 */
let faults;
const NONE = { kind: "none", share: 0, seed: 1, limiters: "working", queue: "working", without: [] };
faults = NONE;

const SAYS = {
	overloaded: "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
	lost: "D1_ERROR: Network connection lost.",
	"lost-after-commit": "D1_ERROR: Network connection lost.",
	"new-asks": "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
	reset: "D1_ERROR: Internal error in D1 DB storage caused object to be reset.",
	starting: "D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.",
	updated: "D1_ERROR: D1 DB reset because its code was updated.",
	unresolved: "D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.",
	"too-many": "D1_ERROR: D1 DB is overloaded. Too many requests queued.",
	"timed-out": "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
	"out-of-memory": "D1_ERROR: D1 DB's isolate exceeded its memory limit and was reset.",
	"out-of-cpu": "D1_ERROR: D1 DB exceeded its CPU time limit and was reset.",
};

/** The SQL that fails where none is named. */
const WRITES = { "new-asks": "INSERT INTO ask\\b", suppression: "(?!)" };

/** @type {string[]} */
let logged = [];
const print = console.error;
console.error = (...values) => {
	logged.push(values.join(" "));
	print(...values);
};

/** A number from 0 to 1 that is the same in every run. */
function chance() {
	faults.seed = (Math.imul(faults.seed, 1_664_525) + 1_013_904_223) >>> 0;
	return faults.seed / 2 ** 32;
}

/** Runs a statement, or fails as the faults say. */
async function run(name, sql, work) {
	const { kind, share, sql: some = WRITES[kind] ?? "(INSERT INTO|UPDATE) ask\\b", shard = name } = faults;
	if (kind === "none" || shard !== name || !new RegExp(`^\\s*${some}`).test(sql) || chance() >= share) return work();
	if (faults.times !== undefined && faults.times-- <= 0) return work();
	if (kind === "lost-after-commit") await work();
	throw new Error(SAYS[kind]);
}

function faulty(name, db) {
	const wrap = (sql, statement) => ({
		sql,
		statement,
		bind: (...values) => wrap(sql, statement.bind(...values)),
		all: () => run(name, sql, () => statement.all()),
		run: () => run(name, sql, () => statement.run()),
		first: (column) => run(name, sql, () => statement.first(column)),
	});
	return {
		prepare: (sql) => wrap(sql, db.prepare(sql)),
		batch: (wrapped) => run(name, wrapped[0]?.sql ?? "", () => db.batch(wrapped.map(({ statement }) => statement))),
	};
}

const broken = (method) => ({
	[method]: async () => {
		throw new Error("Internal error");
	},
});

/** The suppression list, which refuses to be written where the faults say so. */
function suppression(list) {
	const put = (...entry) => {
		if (faults.kind === "suppression") throw new Error("KV PUT failed: 429 Too Many Requests");
		return list.put(...entry);
	};
	return { put: async (...entry) => put(...entry), list: (options) => list.list(options), get: (key) => list.get(key) };
}

/** One of the Worker's bindings as the faults leave it; undefined where it is missing. */
function withFault(name, binding) {
	if (faults.without.includes(name)) return undefined;
	if (/^DB(_\d+)?$/.test(name)) return faulty(name, binding);
	if (name === "SUPPRESSED") return suppression(binding);
	const [state, method] = name === "INGEST" ? [faults.queue, "send"] : name.endsWith("_LIMIT") ? [faults.limiters, "limit"] : [];
	return state === "missing" ? undefined : state === "throwing" ? broken(method) : binding;
}

/** What the platform gives the Worker, with what fails in its place. */
function withFaults(env) {
	const given = Object.entries(env).map(([name, binding]) => [name, withFault(name, binding)]);
	return Object.fromEntries(given.filter(([, binding]) => binding !== undefined));
}

export default {
	scheduled: (controller, env, ctx) => worker.scheduled(controller, withFaults(env), ctx),
	queue: (batch, env, ctx) => worker.queue(batch, withFaults(env), ctx),
	async fetch(request, env, ctx) {
		if (new URL(request.url).pathname !== "/faults") return worker.fetch(request, withFaults(env), ctx);
		if (request.method === "GET") return Response.json(logged);
		logged = [];
		faults = { ...NONE, ...(await request.json()) };
		return new Response();
	},
};
