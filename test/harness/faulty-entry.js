// A test's own entry: the built Worker behind D1 databases that fail as D1 does. What fails is said by POST /faults. Production has no such door.
import worker from "./index.js";

/** What fails: writes of asks in every shard, unless the beginning of the SQL (`sql`, a pattern) or the shard is named; at most `times`.
 * @type {{ kind: "none" | "overloaded" | "lost" | "lost-after-commit", share: number, seed: number, sql?: string, shard?: string, times?: number }} */
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

/** Runs a write of asks, or fails as the faults say; what else the Worker does with its databases works. */
async function run(name, sql, work) {
	const { kind, share, sql: some = "(INSERT INTO|UPDATE) ask\\b", shard = name } = faults;
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

/** The bindings, every shard of them faulty. */
function withFaults(env) {
	const shards = Object.entries(env).filter(([name]) => /^DB(_\d+)?$/.test(name));
	return { ...env, ...Object.fromEntries(shards.map(([name, db]) => [name, faulty(name, db)])) };
}

export default {
	scheduled: (controller, env, ctx) => worker.scheduled(controller, withFaults(env), ctx),
	queue: (batch, env, ctx) => worker.queue(batch, withFaults(env), ctx),
	async fetch(request, env, ctx) {
		if (new URL(request.url).pathname === "/faults") {
			faults = { seed: 1, ...(await request.json()) };
			return new Response();
		}
		return worker.fetch(request, withFaults(env), ctx);
	},
};
