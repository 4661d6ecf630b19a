// A test's own entry: the built Worker behind a D1 that fails as D1 does. What fails is said by POST /faults. Production has no such door.
import worker from "./index.js";

/** @type {{ kind: "none" | "overloaded" | "lost" | "lost-after-commit", share: number, seed: number }} */
let faults = { kind: "none", share: 0, seed: 1 };

const SAYS = {
	overloaded: "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
	lost: "D1_ERROR: Network connection lost.",
	"lost-after-commit": "D1_ERROR: Network connection lost.",
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

export default {
	scheduled: (controller, env, ctx) => worker.scheduled(controller, { ...env, DB: faulty(env.DB) }, ctx),
	queue: (batch, env, ctx) => worker.queue(batch, { ...env, DB: faulty(env.DB) }, ctx),
	async fetch(request, env, ctx) {
		if (new URL(request.url).pathname === "/faults") {
			faults = { seed: 1, ...(await request.json()) };
			return new Response();
		}
		return worker.fetch(request, { ...env, DB: faulty(env.DB) }, ctx);
	},
};
