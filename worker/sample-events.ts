import { CASE_STATES } from "../shared/case-contract.ts";
import { addDays, dayOf } from "../shared/day.ts";
import type { Event } from "../shared/event-contract.ts";
import type { HookEvent } from "../shared/hook-contract.ts";
import type { MetricName } from "../shared/metrics.ts";
import { type CaseRow, listCases } from "./db/cases.ts";
import type { DueEvent } from "./db/due-events.ts";
import { type Episode, episodesOf } from "./db/episodes.ts";
import { eventOf } from "./deliver/event-of.ts";
import { findAnswers } from "./find-answers.ts";
import type { Site } from "./site.ts";

/** Samples given at once; some more are read, for those that are erased tell nothing. */
const SAMPLES = 3;
const READ = 20;

/** What lets every answer pass. */
const ALL = {
	survey: null,
	from: null,
	to: null,
	scores: null,
	commented: null,
	verified: null,
	segment: null,
	locale: null,
	driver: null,
	words: null,
};

interface Wanted {
	readonly type: HookEvent;
	readonly comments: boolean;
	/** The Worker's own address. */
	readonly origin: string;
	readonly now: number;
}

/** The site's newest events of a type, as if they were told now, at most three. */
export async function realEvents(db: D1Database, site: Site, wanted: Wanted): Promise<Event[]> {
	const found = (await foundOf(db, site, wanted)).map((each) => dueOf(site, wanted.type, each));
	return found.flatMap((due) => eventOf(due, wanted.comments, wanted.origin, wanted.now) ?? []).slice(0, SAMPLES);
}

/** An event that nobody caused, for a site that has none of its type yet. */
export function madeUpEvent(site: Site, { type, comments, origin }: Omit<Wanted, "now">): Event[] {
	return eventOf(dueOf(site, type, MADE_UP), comments, origin, MADE_UP_AT) ?? [];
}

/** What is known of something that has happened, as far as it has this part. */
type Found = Partial<Omit<DueEvent, "site" | "type">>;

async function foundOf(db: D1Database, site: Site, { type, now }: Wanted): Promise<Found[]> {
	if (type === "answer.scored" || type === "answer.updated") return (await findAnswers(db, site.id, ALL, null, READ)).rows;
	if (type === "case.opened" || type === "case.resolved") {
		const states = type === "case.resolved" ? (["resolved"] as const) : CASE_STATES;
		const rows = await listCases(db, site.id, { states, assignee: null, order: "newest" }, null, READ);
		return rows.map(({ state, ...row }: CaseRow) => ({ ...row, case_state: state }));
	}
	const since = addDays(dayOf(now, site.timezone), -365);
	const episodes = await episodesOf(db, site.id, { since, open: false });
	return episodes.filter(({ clearedOn }) => type === "alert.opened" || clearedOn !== null).map(alertOf);
}

function alertOf({ id, openedOn, clearedOn, ...rest }: Episode & { readonly metric: MetricName }): Found {
	return { subject: id, episode: JSON.stringify({ ...rest, opened_on: openedOn, cleared_on: clearedOn }) };
}

function dueOf(site: Site, type: HookEvent, found: Found): DueEvent {
	return {
		id: null,
		subject: found.id ?? "",
		due_at: 0,
		episode: null,
		case_state: null,
		opened_at: null,
		opened_by: null,
		assignee: null,
		due_on: null,
		contacted_at: null,
		resolved_at: null,
		...found,
		site: site.id,
		site_name: site.name,
		type,
	} as DueEvent;
}

const MADE_UP_AT = Date.parse("2026-11-02T09:30:00Z");
const HOUR_MS = 3_600_000;
