import type { CasePatch, CaseState } from "../shared/case-contract.ts";
import type { CaseEvent, CaseRow } from "./db/cases.ts";
import type { CaseSettings } from "./db/change-case.ts";

/** What a step into a state is called. */
const STEPS = { open: "reopened", contacted: "contacted", resolved: "resolved" } as const satisfies Record<CaseState, string>;

/**
 * A case after a change, and the step that it took, if any. The first contact stands whatever follows, unless it is taken back before the
 * case was ever resolved; a case that is opened again is resolved no more.
 */
export function changedCase(
	row: CaseRow,
	patch: CasePatch,
	now: number,
): { readonly settings: CaseSettings; readonly step: CaseEvent["kind"] | null } {
	const state = patch.state ?? row.state;
	const settings = {
		state,
		assignee: patch.assignee === undefined ? row.assignee : patch.assignee,
		dueOn: patch.due_on === undefined ? row.due_on : patch.due_on,
		contactedAt: row.contacted_at,
		resolvedAt: row.resolved_at,
	};
	if (state === row.state) return { settings, step: null };
	const takenBack = row.state === "contacted" && state === "open";
	const contactedAt = takenBack ? null : state === "contacted" ? (row.contacted_at ?? now) : row.contacted_at;
	return { settings: { ...settings, contactedAt, resolvedAt: state === "resolved" ? now : null }, step: STEPS[state] };
}
