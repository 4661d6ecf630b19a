import type { Fault } from "../api-error.ts";
import type { SiteId } from "../site.ts";
import { IMPORT_COLUMNS, type ImportRow } from "./imports.ts";
import { unpackFrom } from "./pack-tally.ts";
import { COLUMNS, valuesOf } from "./record-ask.ts";
import type { ErasableRevision } from "./record-asks.ts";
import { ERASED_COLUMNS, erasedAt } from "./tombstones.ts";

/** An answer of a part: as any revision, with the tombstones that erase it if they are there. */
export interface PartAnswer {
	readonly line: number;
	readonly revision: ErasableRevision;
	readonly commented: boolean;
	/** Unix milliseconds; null where its customer was not erased before it came. */
	readonly erasedAt: number | null;
}

/** What the lines from `first` up to `next`, that one not included, come to. */
export interface Part {
	readonly first: number;
	readonly next: number;
	readonly answers: readonly PartAnswer[];
	readonly refused: readonly (Fault & { readonly line: number })[];
	readonly blank: number;
	/** Values left out, by field, of the whole import so far. */
	readonly dropped: Readonly<Record<string, number>>;
}

/** Answers, and bytes of JSON, of one statement: a bound value may have two million bytes. */
const AT_ONCE = 1_000;
const BYTES = 1_500_000;

/** Statements that a part may take: with those before it they fit what Cloudflare's free plan allows. */
const MOST_CHUNKS = 12;

const NAMES = COLUMNS.split(/,\s*/);
const field = (name: string) => `json_extract(value, '$[${NAMES.indexOf(name)}]')`;
const [CUSTOMER, TRANSACTION, LINE, ERASED] = [0, 1, 2, 3].map((i) => `json_extract(value, '$[${NAMES.length + i}]')`);

const RAW_FROM = "coalesce((SELECT raw_from FROM site WHERE id = ?1), '')";

/** That the part has not been taken: of two that send it at once, and of one that sends it again, the first alone changes anything. */
const NOT_TAKEN = "EXISTS (SELECT 1 FROM import_job WHERE site = ?1 AND id = ?2 AND next_line = ?3 AND state = 'open')";

/** Lines that this part is the first to bring: neither here already, nor deleted here. */
const NOTE = `INSERT INTO imported (site, id, import, line, kept)
	SELECT ?1, ${field("id")}, ?2, ${LINE}, ${field("day")} >= ${RAW_FROM} FROM json_each(?4)
	WHERE ${NOT_TAKEN} AND NOT EXISTS (SELECT 1 FROM ask WHERE site = ?1 AND id = ${field("id")})
		AND NOT EXISTS (SELECT 1 FROM tombstone WHERE site = ?1 AND id = ${field("id")})
	ON CONFLICT DO NOTHING`;

/** The answers of the part that were noted by it, kept one by one or counted only. */
const noted = (kept: 0 | 1) => `json_each(?4) CROSS JOIN imported AS noted
	ON noted.site = ?1 AND noted.id = ${field("id")} AND noted.import = ?2 AND noted.line = ${LINE} AND noted.kept = ${kept}
	WHERE ${NOT_TAKEN}`;

/** What was shown when it was answered, and came to us then: an erasure that came later takes its names. */
const ERASURE = erasedAt({
	site: "?1",
	id: field("id"),
	shownAt: field("shown_at"),
	receivedAt: field("shown_at"),
	customer: CUSTOMER ?? "",
	transaction: TRANSACTION ?? "",
});

/** Where retention has taken names already, none come back. */
const KEEP = `INSERT INTO ask (${COLUMNS}, erased_at)
	WITH line AS MATERIALIZED (
		SELECT value, coalesce(${ERASED}, ${ERASURE}) AS erased_at,
			(${field("day")}, ${field("id")}) <= (SELECT nameless_day, nameless_id FROM site WHERE site.id = ?1) AS nameless
		FROM ${noted(1)}
	)
	SELECT ${NAMES.map((name) => (ERASED_COLUMNS.includes(name) ? `iif(erased_at IS NULL AND NOT nameless, ${field(name)}, NULL)` : field(name))).join(", ")},
		erased_at FROM line WHERE true ON CONFLICT DO NOTHING`;

/** What retention has passed is counted as it would be had it been here then. No row of it is kept, and no trigger sees one. */
const COUNT = `INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented)
	SELECT ?1, survey, version, json_extract(pair.value, '$[0]'), json_extract(pair.value, '$[1]'), day, outcome, count(*), sum(commented)
	FROM (SELECT ${["survey", "version", "day", "outcome", "commented", "pairs"].map((name) => `${field(name)} AS ${name}`).join(", ")}
		FROM ${noted(0)}) AS past CROSS JOIN json_each(past.pairs) AS pair
	GROUP BY 2, 3, 4, 5, 6, 7
	ON CONFLICT DO UPDATE SET n = n + excluded.n, commented = commented + excluded.commented`;

const REFUSE = `INSERT INTO import_refusal (site, import, last_line, reasons, lines)
	SELECT ?1, ?2, ?4, ?5, ?6 WHERE ${NOT_TAKEN}`;

/** Counts what came of the part. Duplicates are what is neither kept, counted, refused nor blank. */
const TAKE = `WITH new AS (
		SELECT count(*) FILTER (WHERE kept = 1) AS stored, count(*) FILTER (WHERE kept = 0) AS counted
		FROM json_each(?4) AS one CROSS JOIN imported
			ON imported.site = ?1 AND imported.id = json_extract(one.value, '$[1]')
			AND imported.import = ?2 AND imported.line = json_extract(one.value, '$[0]')
	)
	UPDATE import_job SET next_line = ?5, stored = stored + (SELECT stored FROM new), counted = counted + (SELECT counted FROM new),
		duplicate = duplicate + json_array_length(?4) - (SELECT stored + counted FROM new),
		refused = refused + ?6, blank = blank + ?7, dropped = ?8, updated_at = ?9
	WHERE site = ?1 AND id = ?2 AND next_line = ?3 AND state = 'open' RETURNING ${IMPORT_COLUMNS}`;

/**
 * Takes a part of an import: all of it in one transaction, or nothing. What is in the site already, was deleted from it, or stands twice in
 * the part, is not kept again.
 * @returns the import as it then is; null where its lines were taken before, or it takes none
 * @throws RangeError where the part is too much for one transaction
 */
export async function takePart(
	db: D1Database,
	siteId: SiteId,
	importId: string,
	part: Part,
	now: number,
): Promise<ImportRow | null> {
	const job = [siteId, importId, part.first] as const;
	const chunks = chunksOf(siteId, part.answers);
	if (chunks.length > MOST_CHUNKS) throw new RangeError("The part is too large");
	const statements = chunks.flatMap((rows) => [NOTE, KEEP, COUNT].map((sql) => db.prepare(sql).bind(...job, rows)));
	if (part.refused.length > 0) {
		const reasons = [...new Set(part.refused.map(({ field, detail }) => JSON.stringify([field, detail])))];
		const lines = part.refused.map(({ line, field, detail }) => [line, reasons.indexOf(JSON.stringify([field, detail]))]);
		statements.push(db.prepare(REFUSE).bind(...job, part.next - 1, `[${reasons.join(",")}]`, JSON.stringify(lines)));
	}
	const ids = part.answers.map(({ line, revision: [{ id }] }) => [line, id]);
	const { refused, blank, dropped, next } = part;
	const [first = null] = part.answers.map(({ revision: [{ day }] }) => day).sort();
	// What is kept has triggers that see to this.
	statements.push(unpackFrom(db, siteId, `iif(?2 < ${RAW_FROM}, ?2, NULL)`, first));
	statements.push(db.prepare(TAKE).bind(...job, JSON.stringify(ids), next, refused.length, blank, JSON.stringify(dropped), now));
	const results = await db.batch<ImportRow>(statements);
	return results.at(-1)?.results[0] ?? null;
}

/** The answers as JSON, a list for each statement. */
function chunksOf(siteId: SiteId, answers: readonly PartAnswer[]): string[] {
	const encoder = new TextEncoder();
	const chunks: string[] = [];
	let rows: string[] = [];
	let bytes = 0;
	for (const { line, revision, commented, erasedAt } of answers) {
		const [answer, tombstones] = revision;
		const values = valuesOf(siteId, answer);
		values[NAMES.indexOf("commented")] = commented ? 1 : 0;
		const row = JSON.stringify([...values, ...tombstones, line, erasedAt]);
		const size = encoder.encode(row).length + 1;
		if (rows.length === AT_ONCE || bytes + size > BYTES) {
			chunks.push(`[${rows.join(",")}]`);
			rows = [];
			bytes = 0;
		}
		rows.push(row);
		bytes += size;
	}
	if (rows.length > 0) chunks.push(`[${rows.join(",")}]`);
	return chunks;
}
