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

/** An event that nobody caused, for a site that has none of its type yet: always the same. */
export function madeUpEvent(site: Site, { type, comments, origin }: Omit<Wanted, "now">): Event[] {
	const event = eventOf(dueOf(site, type, madeUpOf(type)), comments, origin, MADE_UP_AT);
	return event ? [event] : [];
}

/** What is known of something that has happened, as far as it has this part. */
type Found = Partial<Omit<DueEvent, "site" | "type">>;

async function foundOf(db: D1Database, site: Site, { type, now }: Wanted): Promise<Found[]> {
	if (type === "answer.scored" || type === "answer.updated") return (await findAnswers(db, site.id, ALL, null, READ)).rows;
	if (type === "case.opened" || type === "case.resolved") {
		const states = type === "case.resolved" ? (["resolved"] as const) : CASE_STATES;
		const rows = await listCases(db, site.id, { states, callbacks: false, assignee: null, order: "newest" }, null, READ);
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

function madeUpOf(type: HookEvent): Found {
	if (type === "case.resolved") return { ...ANSWER, case_state: "resolved", resolved_at: MADE_UP_AT };
	if (type === "alert.opened" || type === "alert.cleared")
		return {
			subject: "sample",
			episode: JSON.stringify({ ...ALERT, cleared_on: type === "alert.cleared" ? "2026-11-20" : null }),
		};
	return ANSWER;
}

const ANSWER: Found = {
	id: "00000000000000000000000000000000",
	survey: "csat",
	version: 1,
	metric: "csat",
	score: 2,
	drivers: '["delivery"]',
	comment: "It came two days late.",
	segments: '{"channel":"page","device":"phone","locale":"en"}',
	transaction: "1001",
	customer: "ann@example.com",
	verified: 1,
	page: null,
	day: "2026-11-02",
	shown_at: MADE_UP_AT - HOUR_MS,
	updated_at: MADE_UP_AT - HOUR_MS,
	erased_at: null,
	case_state: "open",
	opened_at: MADE_UP_AT,
	due_on: "2026-11-04",
};

const ALERT = {
	survey: "csat",
	version: 1,
	metric: "csat",
	key: "",
	value: "",
	z: -4.06,
	opened_on: "2026-11-02",
	recent: { from: "2026-10-05", to: "2026-11-01", histogram: { 1: 10, 2: 12, 3: 20, 4: 30, 5: 28 } },
	reference: { from: "2026-07-13", to: "2026-10-04", histogram: { 1: 9, 2: 14, 3: 37, 4: 120, 5: 120 } },
};
