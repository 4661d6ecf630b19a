// A test's own entry: the built Worker behind a D1 that fails as D1 does, and a suppression list that fails. What fails is said by POST /faults. Production has no such door.
import worker from "./index.js";

/**
 * `without` names bindings that are not there.
 * @type {{ kind: "none" | "overloaded" | "lost" | "lost-after-commit" | "new-asks" | "suppression", share: number, seed: number, without: string[] }}
 */
let faults = { kind: "none", share: 0, seed: 1, without: [] };

const SAYS = {
	overloaded: "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
	lost: "D1_ERROR: Network connection lost.",
	"lost-after-commit": "D1_ERROR: Network connection lost.",
	"new-asks": "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
};

const WRITES = { "new-asks": /^\s*INSERT INTO ask\b/, suppression: /(?!)/ };

/** A number from 0 to 1 that is the same in every run. */
function chance() {
	faults.seed = (faults.seed * 1103515245 + 12345) % 2147483648;
	return faults.seed / 2147483648;
}

/** Runs a write of asks, or fails as the faults say; what else the Worker does with its database works. */
async function run(sql, work) {
	const { kind, share } = faults;
	const writes = WRITES[kind] ?? /^\s*(INSERT INTO|UPDATE) ask\b/;
	if (kind === "none" || !writes.test(sql) || chance() >= share) return work();
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

function faultyEnv(env) {
	const put = async (...args) => {
		if (faults.kind === "suppression") throw new Error("KV PUT failed: 429 Too Many Requests");
		return env.SUPPRESSED.put(...args);
	};
	const SUPPRESSED = { put, list: (options) => env.SUPPRESSED.list(options) };
	const bindings = Object.entries({ ...env, DB: faulty(env.DB), SUPPRESSED });
	return Object.fromEntries(bindings.filter(([name]) => !faults.without.includes(name)));
}

export default {
	scheduled: (controller, env, ctx) => worker.scheduled(controller, faultyEnv(env), ctx),
	queue: (batch, env, ctx) => worker.queue(batch, faultyEnv(env), ctx),
	async fetch(request, env, ctx) {
		if (new URL(request.url).pathname === "/faults") {
			faults = { seed: 1, without: [], ...(await request.json()) };
			return new Response();
		}
		return worker.fetch(request, faultyEnv(env), ctx);
	},
};
