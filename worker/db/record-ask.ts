import type { Day } from "../../shared/day.ts";
import { EDIT_WINDOW_MS } from "../../shared/limits.ts";
import { type Outcome, outcomeOf, STATUSES, type Status } from "../../shared/outcome.ts";
import { type Delay, pairsOf, VERIFIED_PREFIX } from "../../shared/tally-pairs.ts";
import type { TombstoneIds } from "../keys/tombstone-id.ts";
import type { SiteId } from "../site.ts";
import { keepCallbacks } from "./callbacks.ts";
import { ERASED_COLUMNS, erasedAt } from "./tombstones.ts";

/** One revision of one ask, admitted and ready to be kept. Times are Unix milliseconds. */
export interface Revision {
	/** The hash of the client's id. */
	readonly id: string;
	readonly rev: number;
	readonly survey: string;
	readonly version: number;
	readonly status: Status;
	/** A score of the survey's metric exactly when the status is "answered". */
	readonly score: number | null;
	readonly drivers: readonly string[];
	readonly comment: string | null;
	readonly segments: Readonly<Record<string, string>>;
	readonly transaction: string | null;
	readonly customer: string | null;
	/** Null in a site that signs no transactions. */
	readonly verified: boolean | null;
	readonly delay: Delay | null;
	readonly page: string | null;
	readonly day: Day;
	readonly shownAt: number;
	readonly receivedAt: number;
	/** Where the shopper asks to be contacted, and the day by which that is due. A revision without one takes none back. */
	readonly callback: { readonly contact: string; readonly dueOn: Day } | null;
}

/** What came of a revision. `already_answered` is one of a signed transaction that has its answer, which stands; `mismatch` is one whose survey or version is not that of the ask it names. */
export type Recorded = "stored" | "duplicate" | "ignored" | "already_answered" | "mismatch";

interface KeptRow {
	rev: number;
	status: Status;
	survey: string;
	version: number;
	shown_at: number;
	erased_at: number | null;
}

/** An answer outranks a dismissal outranks a showing; within one status the higher revision stands. So every order of arrival ends alike. */
const rank = (status: Status) => STATUSES.indexOf(status);

/** The columns a revision fills, in the order of `valuesOf`. */
export const COLUMNS = `site, id, rev, survey, version, status, outcome, score, drivers, comment, commented, segments, pairs,
	"transaction", customer, verified, delay, page, day, shown_at, updated_at`;

/** SQL for the pairs of a revision with the delay of the first answer, which later ones keep. A quote within a value is escaped: nothing else matches. */
export function keptPairs(pairs: string, delay: string): string {
	const swapped = (text: string, key: string) =>
		`replace(${text}, '["${key}","' || ${delay} || '"]', '["${key}","' || ask.delay || '"]')`;
	return `iif(ask.delay IS NULL, ${pairs}, ${swapped(swapped(pairs, "delay"), `${VERIFIED_PREFIX}delay`)})`;
}

const PAIRS = keptPairs("?13", "?17");

const OPEN = `ask.survey = ?4 AND ask.version = ?5 AND ?21 - ask.shown_at <= ${EDIT_WINDOW_MS}`;

const ERASURE = `(SELECT ${erasedAt({ site: "?1", id: "?2", shownAt: "?20", receivedAt: "?21", customer: "?22", transaction: "?23" })} AS at) AS erasure`;

/** What a new ask is made of: the values in the order of `COLUMNS`, without those that an erased one has empty. */
const VALUES = COLUMNS.split(/,\s*/)
	.map((name, i) => (ERASED_COLUMNS.includes(name) ? `iif(erasure.at IS NULL, ?${i + 1}, NULL)` : `?${i + 1}`))
	.join(", ");

/**
 * Keeps a revision: a new ask, or an edit of the one that is there. The common cases, a first revision and an edit that changes
 * neither status nor references, are one statement that names no indexed column; the rest is told apart by a look at what is kept.
 * One that was erased before it arrived is kept as any erased ask: nameless. An erased ask takes its answer where it has none, and
 * nothing else.
 * @param tombstones those that erase it if they are there
 */
export async function recordAsk(db: D1Database, siteId: SiteId, revision: Revision, tombstones: TombstoneIds): Promise<Recorded> {
	try {
		const callback = keepCallbacks(db, siteId, [[revision, tombstones]]);
		return await insertOrReplace(db, siteId, revision, [...valuesOf(siteId, revision), ...tombstones], callback);
	} catch (error) {
		if (/UNIQUE constraint failed/.test(String(error))) return "already_answered";
		throw error;
	}
}

async function insertOrReplace(
	db: D1Database,
	siteId: SiteId,
	revision: Revision,
	values: unknown[],
	callback: readonly D1PreparedStatement[],
): Promise<Recorded> {
	// One way there and back: what is kept is looked at in the same batch, for it costs less than to ask again.
	const [inserted, looked] = await db.batch<KeptRow>([
		insertOrEdit(db, values),
		keptRevision(db, siteId, revision.id),
		...callback,
	]);
	if (inserted?.results.length) return "stored";
	let kept = looked?.results[0] ?? null;
	for (let attempt = 0; attempt < 3; attempt++) {
		if (kept === null) return "ignored"; // Deleted by the owner.
		if (kept.survey !== revision.survey || kept.version !== revision.version) return "mismatch";
		const climbs = rank(revision.status) - rank(kept.status);
		if (revision.rev === kept.rev && climbs <= 0) return "duplicate";
		if (revision.receivedAt - kept.shown_at > EDIT_WINDOW_MS || climbs < 0) return "ignored";
		if (climbs === 0 && (revision.rev < kept.rev || kept.erased_at !== null)) return "ignored";
		const [replaced] = await db.batch([replace(db, values), ...callback]);
		if (replaced?.results.length) return "stored";
		kept = await keptRevision(db, siteId, revision.id).first<KeptRow>();
	}
	throw new Error("An ask kept changing under three attempts to replace it");
}

function insertOrEdit(db: D1Database, values: unknown[]): D1PreparedStatement {
	return db
		.prepare(
			`INSERT INTO ask (${COLUMNS}, erased_at)
			SELECT ${VALUES}, erasure.at FROM ${ERASURE}
			WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE site = ?1 AND id = ?2)
			ON CONFLICT (site, id) DO UPDATE SET rev = ?3, outcome = ?7, score = ?8, drivers = ?9, comment = ?10, commented = ?11,
				segments = ?12, pairs = ${PAIRS}, page = ?18, updated_at = ?21
			WHERE ask.status = ?6 AND ask.rev < ?3 AND ask."transaction" IS ?14 AND ask.customer IS ?15 AND ask.verified = ?16
				AND ask.erased_at IS NULL AND excluded.erased_at IS NULL AND ${OPEN}
			RETURNING rev`,
		)
		.bind(...values);
}

const named = (value: string) => `iif(coalesce(ask.erased_at, erasure.at) IS NULL, ${value}, NULL)`;

function replace(db: D1Database, values: unknown[]): D1PreparedStatement {
	return db
		.prepare(
			`UPDATE ask SET rev = ?3, status = ?6, outcome = ?7, score = ?8, drivers = ?9, comment = ${named("?10")}, commented = ?11,
				segments = ?12, pairs = ${PAIRS}, "transaction" = ${named("?14")}, customer = ${named("?15")}, verified = ?16,
				delay = coalesce(delay, ?17), page = ${named("?18")}, updated_at = ?21, erased_at = coalesce(ask.erased_at, erasure.at)
			FROM ${ERASURE}
			WHERE ask.site = ?1 AND ask.id = ?2 AND ${OPEN} AND (ask.status = ?6 AND ask.rev < ?3 AND ask.erased_at IS NULL
				OR ask.status = 'shown' AND ?6 <> 'shown' OR ask.status = 'dismissed' AND ?6 = 'answered')
			RETURNING rev`,
		)
		.bind(...values);
}

/** The kept revision of an ask, or null. */
function keptRevision(db: D1Database, siteId: SiteId, id: string): D1PreparedStatement {
	return db
		.prepare("SELECT rev, status, survey, version, shown_at, erased_at FROM ask WHERE site = ?1 AND id = ?2")
		.bind(siteId, id);
}

/** The values of a revision, in the order of `COLUMNS`. */
export function valuesOf(siteId: SiteId, r: Revision): unknown[] {
	const outcome: Outcome = outcomeOf(r.status, r.score);
	return [
		siteId,
		r.id,
		r.rev,
		r.survey,
		r.version,
		r.status,
		outcome,
		r.score,
		JSON.stringify(r.drivers),
		r.comment,
		r.comment === null ? 0 : 1,
		JSON.stringify(r.segments),
		JSON.stringify(pairsOf(r)),
		r.transaction,
		r.customer,
		r.verified ? 1 : 0,
		r.delay,
		r.page,
		r.day,
		r.shownAt,
		r.receivedAt,
	];
}
