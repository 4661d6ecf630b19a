import { EDIT_WINDOW_MS } from "../../shared/limits.ts";
import type { TombstoneIds } from "../keys/tombstone-id.ts";
import type { SiteId } from "../site.ts";
import { keepCallbacks } from "./callbacks.ts";
import { COLUMNS, keptPairs, type Revision, valuesOf } from "./record-ask.ts";
import { ERASED_COLUMNS, erasedAt } from "./tombstones.ts";

/** What follows a showing, a dismissal and an answer in rank. */
const RANK = (status: string) => `CASE ${status} WHEN 'answered' THEN 2 WHEN 'dismissed' THEN 1 ELSE 0 END`;

/** A revision, and the tombstones that erase it if they are there. */
export type ErasableRevision = readonly [Revision, TombstoneIds];

const NAMES = COLUMNS.split(/,\s*/);

/** The value of a column, out of the JSON of a revision; the tombstones follow the columns. */
const field = (name: string) => `json_extract(value, '$[${NAMES.indexOf(name)}]')`;

const ERASURE = erasedAt({
	site: field("site"),
	id: field("id"),
	shownAt: field("shown_at"),
	receivedAt: field("updated_at"),
	customer: `json_extract(value, '$[${NAMES.length}]')`,
	transaction: `json_extract(value, '$[${NAMES.length + 1}]')`,
});

const VALUES = NAMES.map((name) =>
	ERASED_COLUMNS.includes(name) ? `iif(erased_at IS NULL, ${field(name)}, NULL)` : field(name),
);

const FIXED = ["site", "id", "survey", "version", "pairs", "delay", "day", "shown_at"];

const EDITS = NAMES.filter((name) => !FIXED.includes(name)).map((name) =>
	ERASED_COLUMNS.includes(name) ? `${name} = iif(ask.erased_at IS NULL, excluded.${name}, NULL)` : `${name} = excluded.${name}`,
);

/**
 * Keeps many revisions of one site in one statement, and whom to call back in a second, with the same end as `recordAsk` one by one: an answer outranks a dismissal
 * outranks a showing, then the higher revision stands; what was erased stays nameless. One that breaks a unique index fails all of them.
 */
export async function recordAsks(db: D1Database, siteId: SiteId, revisions: readonly ErasableRevision[]): Promise<void> {
	const rows = JSON.stringify(revisions.map(([revision, tombstones]) => [...valuesOf(siteId, revision), ...tombstones]));
	const statement = db
		.prepare(
			`INSERT INTO ask (${COLUMNS}, erased_at)
			WITH revision AS MATERIALIZED (SELECT value, ${ERASURE} AS erased_at FROM json_each(?1))
			SELECT ${VALUES.join(", ")}, erased_at FROM revision
			WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE site = ${field("site")} AND id = ${field("id")})
			ON CONFLICT (site, id) DO UPDATE SET ${EDITS.join(", ")}, erased_at = coalesce(ask.erased_at, excluded.erased_at),
				pairs = ${keptPairs("excluded.pairs", "excluded.delay")}, delay = coalesce(ask.delay, excluded.delay)
			WHERE ask.survey = excluded.survey AND ask.version = excluded.version
				AND excluded.updated_at - ask.shown_at <= ${EDIT_WINDOW_MS}
				AND (${RANK("excluded.status")} > ${RANK("ask.status")}
					OR excluded.status = ask.status AND excluded.rev > ask.rev AND ask.erased_at IS NULL)`,
		)
		.bind(rows);
	await db.batch([statement, ...keepCallbacks(db, siteId, revisions)]);
}
