import type { CaseItem, CaseNote, CaseView } from "../shared/case-contract.ts";
import { dayOf } from "../shared/day.ts";
import { answerView } from "./answer-view.ts";
import type { CaseEvent, CaseRow } from "./db/cases.ts";
import type { Site } from "./site.ts";

const moment = (at: number) => new Date(at).toISOString();
const momentOrNull = (at: number | null) => (at === null ? null : moment(at));

/** A case in a list. */
export function caseItem(site: Site, row: CaseRow, now: number): CaseItem {
	return {
		id: row.id,
		response: answerView(row),
		score_at_opening: row.opening_score,
		state: row.state,
		opened_at: moment(row.opened_at),
		opened_by: row.opened_by,
		assignee: row.assignee,
		due_on: row.due_on,
		overdue: row.state !== "resolved" && row.due_on !== null && row.due_on < dayOf(now, site.timezone),
		contacted_at: momentOrNull(row.contacted_at),
		resolved_at: momentOrNull(row.resolved_at),
		callback:
			row.callback_contact === null || row.callback_at === null
				? null
				: { contact: row.callback_contact, asked_at: moment(row.callback_at) },
		next: row.next === null ? null : JSON.parse(row.next),
	};
}

/** A case with everything that was done and said about it. */
export function caseView(site: Site, row: CaseRow, events: readonly CaseEvent[], now: number): CaseView {
	const steps: CaseView["steps"] = [{ step: "opened", at: moment(row.opened_at), by: row.opened_by }];
	const notes: CaseNote[] = [];
	for (const event of events) {
		if (event.kind === "note") notes.push(noteView(event));
		else steps.push({ step: event.kind, at: moment(event.at), by: event.by_whom || null });
	}
	if (row.callback_at !== null) steps.push({ step: "callback_requested", at: moment(row.callback_at), by: null });
	steps.sort((a, b) => a.at.localeCompare(b.at));
	return { ...caseItem(site, row, now), steps, notes };
}

/** A note as it is read. */
export function noteView({ id, at, by_whom, text }: CaseEvent): CaseNote {
	return { id, at: moment(at), by: by_whom, text: text ?? "" };
}
