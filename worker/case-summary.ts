import type { CaseSummary } from "../shared/case-contract.ts";
import { addDays, dayOf, midnightOf } from "../shared/day.ts";
import { medianTimeToContact } from "../shared/time-to-contact.ts";
import type { Window } from "../shared/window.ts";
import { countCases } from "./db/case-counts.ts";
import type { Site } from "./site.ts";

/** How well a site closes the loop: what is open as of `now` (Unix milliseconds), and what became of the cases opened in a window. */
export async function summariseCases(db: D1Database, site: Site, window: Window, now: number): Promise<CaseSummary> {
	const { unresolved, overdue, assignees, waits, resolved, complete } = await countCases(db, site.id, {
		today: dayOf(now, site.timezone),
		from: midnightOf(window.from, site.timezone),
		to: midnightOf(addDays(window.to, 1), site.timezone),
		now,
	});
	const opened = waits.length;
	return {
		window: { ...window, timezone: site.timezone },
		unresolved,
		overdue,
		assignees: [...assignees],
		opened,
		contacted: waits.filter(({ contacted }) => contacted).length,
		resolved,
		share_resolved: opened === 0 ? null : (100 * resolved) / opened,
		time_to_contact_ms: medianTimeToContact(waits),
		complete,
	};
}
