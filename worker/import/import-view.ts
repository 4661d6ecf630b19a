import type { ImportView } from "../../shared/import-contract.ts";
import type { ImportRow } from "../db/imports.ts";

/** An import as its owner sees it. */
export function importView(row: ImportRow): ImportView {
	const { stored, counted, duplicate, refused, blank } = row;
	return {
		id: row.id,
		source: row.source,
		name: row.name,
		survey: row.survey,
		fingerprint: row.fingerprint,
		columns: row.columns === null ? null : JSON.parse(row.columns),
		mapping: JSON.parse(row.mapping),
		state: row.state,
		next_line: row.next_line,
		read: stored + counted + duplicate + refused + blank,
		stored,
		counted,
		duplicate,
		refused,
		blank,
		dropped: JSON.parse(row.dropped),
		undone: row.undone,
		created_at: new Date(row.created_at).toISOString(),
		updated_at: new Date(row.updated_at).toISOString(),
	};
}
