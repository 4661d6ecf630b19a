import { type CaseState, MOST_NOTES } from "../../shared/case-contract.ts";
import type { Day } from "../../shared/day.ts";
import type { SiteId } from "../site.ts";
import type { CaseEvent } from "./cases.ts";

/** What can be changed of a case. Times are Unix milliseconds. */
export interface CaseSettings {
	readonly state: CaseState;
	readonly assignee: string | null;
	readonly dueOn: Day | null;
	readonly contactedAt: number | null;
	readonly resolvedAt: number | null;
}

/** Opens a case by hand for an answer that names its customer still. False where it has one. */
export async function insertCase(
	db: D1Database,
	siteId: SiteId,
	id: string,
	{ by, now, dueOn }: { readonly by: string; readonly now: number; readonly dueOn: Day },
): Promise<boolean> {
	const row = await db
		.prepare(
			`INSERT INTO case_file (site, id, score, state, opened_at, opened_by, due_on)
			SELECT site, id, score, 'open', ?3, ?4, ?5 FROM ask WHERE site = ?1 AND id = ?2 AND status = 'answered' AND erased_at IS NULL
			ON CONFLICT DO NOTHING RETURNING id`,
		)
		.bind(siteId, id, now, by, dueOn)
		.first();
	return row !== null;
}

/**
 * Keeps a case as it now is, with the step that made it so. False when it was changed since it was read (`changes`): then nothing was
 * kept.
 */
export async function updateCase(
	db: D1Database,
	siteId: SiteId,
	id: string,
	changes: number,
	{ state, assignee, dueOn, contactedAt, resolvedAt }: CaseSettings,
	step: CaseEvent | null,
): Promise<boolean> {
	const [updated] = await db.batch([
		db
			.prepare(
				`UPDATE case_file SET changes = changes + 1, state = ?4, assignee = ?5, due_on = ?6, contacted_at = ?7, resolved_at = ?8
				WHERE site = ?1 AND id = ?2 AND changes = ?3 RETURNING id`,
			)
			.bind(siteId, id, changes, state, assignee, dueOn, contactedAt, resolvedAt),
		...(step
			? [
					// `changes()` is what the statement before has changed: the step stands or falls with it.
					db
						.prepare(
							"INSERT INTO case_event (site, file, at, id, kind, by_whom) SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE changes() = 1",
						)
						.bind(siteId, id, step.at, step.id, step.kind, step.by_whom),
				]
			: []),
	]);
	return (updated?.results.length ?? 0) === 1;
}

/**
 * Adds a note to a case. False where it has as many as it takes, or its customer was erased or passed by retention: then a note could name
 * them again.
 */
export async function insertNote(
	db: D1Database,
	siteId: SiteId,
	id: string,
	{ id: noteId, at, by_whom, text }: CaseEvent,
): Promise<boolean> {
	const row = await db
		.prepare(
			`INSERT INTO case_event (site, file, at, id, kind, by_whom, text)
			SELECT f.site, f.id, ?3, ?4, 'note', ?5, ?6 FROM case_file f JOIN ask ON ask.site = f.site AND ask.id = f.id
			WHERE f.site = ?1 AND f.id = ?2 AND ask.erased_at IS NULL
				AND (ask.day, ask.id) > (SELECT nameless_day, nameless_id FROM site WHERE id = ?1)
				AND (SELECT count(*) FROM case_event WHERE site = ?1 AND file = ?2 AND kind = 'note') < ${MOST_NOTES}
			RETURNING id`,
		)
		.bind(siteId, id, at, noteId, by_whom, text)
		.first();
	return row !== null;
}
