import { EDIT_WINDOW_MS } from "../../shared/limits.ts";
import type { SiteId } from "../site.ts";
import { COLUMNS, keptPairs, type Revision, valuesOf } from "./record-ask.ts";

/** What follows a showing, a dismissal and an answer in rank. */
const RANK = (status: string) => `CASE ${status} WHEN 'answered' THEN 2 WHEN 'dismissed' THEN 1 ELSE 0 END`;

/**
 * Keeps many revisions of one site in one statement, with the same end as `recordAsk` one by one: an answer outranks a dismissal
 * outranks a showing, then the higher revision stands. One that breaks a unique index fails all of them.
 */
export async function recordAsks(db: D1Database, siteId: SiteId, revisions: readonly Revision[]): Promise<void> {
	const rows = JSON.stringify(revisions.map((revision) => valuesOf(siteId, revision)));
	const columns = COLUMNS.split(",").map((name) => name.trim());
	const values = columns.map((_, i) => `json_extract(revision.value, '$[${i}]')`);
	const settable = columns.filter(
		(name) => !["site", "id", "survey", "version", "pairs", "delay", "day", "shown_at"].includes(name),
	);
	await db
		.prepare(
			`INSERT INTO ask (${COLUMNS})
			SELECT ${values.join(", ")} FROM json_each(?1) AS revision
			WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE site = ${values[0]} AND id = ${values[1]})
			ON CONFLICT (site, id) DO UPDATE SET ${settable.map((name) => `${name} = excluded.${name}`).join(", ")},
				pairs = ${keptPairs("excluded.pairs", "excluded.delay")}, delay = coalesce(ask.delay, excluded.delay)
			WHERE ask.survey = excluded.survey AND ask.version = excluded.version AND ask.erased_at IS NULL
				AND excluded.updated_at - ask.shown_at <= ${EDIT_WINDOW_MS}
				AND (${RANK("excluded.status")} > ${RANK("ask.status")} OR excluded.status = ask.status AND excluded.rev > ask.rev)`,
		)
		.bind(rows)
		.run();
}
