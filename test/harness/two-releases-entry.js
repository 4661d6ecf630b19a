// A test's own entry: the built Worker, and for requests that say "x-release: before" what an earlier release wrote for the same ask, by
// the statements it wrote with: as while a deploy is under way, when old and new isolates work on one database. Not to be brought up to
// date: that release will not be either. Production has no such door.
import worker from "./index.js";

const EDIT_WINDOW_MS = 7 * 24 * 60 * 60 * 1000;
const STATUSES = ["shown", "dismissed", "answered"];
const rank = (status) => STATUSES.indexOf(status);

const COLUMNS = `site, id, rev, survey, version, status, outcome, score, drivers, comment, commented, segments, pairs,
	"transaction", customer, verified, delay, page, day, shown_at, updated_at`;
const swapped = (text, key) => `replace(${text}, '["${key}","' || ?17 || '"]', '["${key}","' || ask.delay || '"]')`;
const PAIRS = `iif(ask.delay IS NULL, ?13, ${swapped(swapped("?13", "delay"), "verified:delay")})`;
const OPEN = `ask.survey = ?4 AND ask.version = ?5 AND ask.erased_at IS NULL AND ?21 - ask.shown_at <= ${EDIT_WINDOW_MS}`;

const INSERT = `INSERT INTO ask (${COLUMNS})
	SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21
	WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE site = ?1 AND id = ?2)
	ON CONFLICT (site, id) DO UPDATE SET rev = ?3, outcome = ?7, score = ?8, drivers = ?9, comment = ?10, commented = ?11,
		segments = ?12, pairs = ${PAIRS}, page = ?18, updated_at = ?21
	WHERE ask.status = ?6 AND ask.rev < ?3 AND ask."transaction" IS ?14 AND ask.customer IS ?15 AND ask.verified = ?16 AND ${OPEN}
	RETURNING rev`;

const REPLACE = `UPDATE ask SET rev = ?3, status = ?6, outcome = ?7, score = ?8, drivers = ?9, comment = ?10, commented = ?11, segments = ?12,
		pairs = ${PAIRS}, "transaction" = ?14, customer = ?15, verified = ?16, delay = coalesce(delay, ?17), page = ?18, updated_at = ?21
	WHERE site = ?1 AND id = ?2 AND ${OPEN}
		AND ((ask.status = ?6 AND ask.rev < ?3) OR ask.status = 'shown' AND ?6 <> 'shown' OR ask.status = 'dismissed' AND ?6 = 'answered')
	RETURNING rev`;

async function recordAsk(db, r, values) {
	const write = async (sql) =>
		(await db
			.prepare(sql)
			.bind(...values)
			.first()) !== null;
	if (await write(INSERT)) return "stored";
	for (let attempt = 0; attempt < 3; attempt++) {
		const kept = await db
			.prepare("SELECT rev, status, survey, version, shown_at, erased_at FROM ask WHERE site = ?1 AND id = ?2")
			.bind(values[0], r.id)
			.first();
		if (kept === null) return "ignored";
		const climbs = rank(r.status) - rank(kept.status);
		if (r.rev === kept.rev && climbs <= 0) return "duplicate";
		const closed = kept.erased_at !== null || r.receivedAt - kept.shown_at > EDIT_WINDOW_MS;
		if (closed || climbs < 0 || (climbs === 0 && r.rev < kept.rev)) return "ignored";
		if (await write(REPLACE)) return "stored";
	}
	throw new Error("An ask kept changing under three attempts to replace it");
}

/** The revision that release made of a plain ask of the tests: no token, no page, the reasons as they are. */
async function revisionOf(site, ask) {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${site}:${ask.id}`));
	const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
	const receivedAt = Date.now();
	return { ...ask, id: hex.slice(0, 32), delay: ask.status === "answered" ? "1h" : null, receivedAt };
}

function valuesOf(site, r) {
	const { status, score = null, drivers = [], comment = null, delay, receivedAt } = r;
	const segments = { channel: "page" };
	const own = Object.entries(segments);
	if (status === "answered") own.push(["delay", delay]);
	if (drivers.length > 0) own.push(["driver", "*"]);
	for (const driver of drivers) own.push(["driver", driver]);
	const outcome = status === "answered" ? String(score) : status === "dismissed" ? "dismissed" : "ignored";
	const pairs = JSON.stringify([["", ""], ...own]);
	const day = new Date(receivedAt).toISOString().slice(0, 10);
	const said = [status, outcome, score, JSON.stringify(drivers), comment, comment === null ? 0 : 1];
	const about = [JSON.stringify(segments), pairs, r.transaction, null, 0, delay, null, day, receivedAt, receivedAt];
	return [site, r.id, r.rev, r.survey, r.version, ...said, ...about];
}

export default {
	scheduled: worker.scheduled,
	queue: worker.queue,
	async fetch(request, env, ctx) {
		if (request.headers.get("x-release") !== "before") return worker.fetch(request, env, ctx);
		const ask = await request.json();
		try {
			const { id: site } = await env.DB.prepare("SELECT id FROM site WHERE public_key = ?1").bind(ask.site).first();
			const revision = await revisionOf(site, ask);
			return Response.json({ status: await recordAsk(env.DB, revision, valuesOf(site, revision)) });
		} catch {
			return new Response(null, { status: 503 });
		}
	},
};
