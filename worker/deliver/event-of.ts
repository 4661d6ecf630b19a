import type { AlertEventData, AnswerEventData, CaseEventData, Event } from "../../shared/event-contract.ts";
import { bandOf } from "../../shared/metrics.ts";
import { scoreOf } from "../../shared/score.ts";
import type { AnswerRow } from "../db/answers.ts";
import type { DueEvent } from "../db/due-events.ts";

const moment = (at: number) => new Date(at).toISOString();
const momentOrNull = (at: number | null) => (at === null ? null : moment(at));

/**
 * What is told of something that happened; null where it is gone, or its customer is erased.
 * @param comments whether the comment goes along
 * @param origin the Worker's own address, for links
 */
export function eventOf(due: DueEvent, comments: boolean, origin: string, now: number): Event | null {
	const timestamp = moment(now);
	if (due.type === "alert.opened" || due.type === "alert.cleared") {
		const data = alertData(due, origin);
		return data && { type: due.type, timestamp, data };
	}
	if (!isAnswer(due) || due.erased_at !== null) return null;
	const answer = answerData(due, due, comments, origin);
	if (due.type === "answer.scored" || due.type === "answer.updated") return { type: due.type, timestamp, data: answer };
	if (due.type !== "case.opened" && due.type !== "case.resolved") return null;
	const data = caseData(answer, due, origin);
	return data && { type: due.type, timestamp, data };
}

function isAnswer(due: DueEvent): due is DueEvent & AnswerRow {
	return due.id !== null && due.score !== null && due.metric !== null;
}

/** An answer as it leaves the site. Who gave it only where its order was signed. */
export function answerData(
	row: AnswerRow,
	site: { readonly site: string; readonly site_name: string },
	comments: boolean,
	origin: string,
): AnswerEventData {
	const drivers: string[] = JSON.parse(row.drivers);
	const segments: Record<string, string> = JSON.parse(row.segments);
	const verified = row.verified === 1;
	return {
		site: { id: site.site, name: site.site_name },
		id: row.id,
		survey: row.survey,
		version: row.version,
		metric: row.metric,
		score: row.score,
		group: bandOf(row.metric, row.score) ?? "",
		drivers,
		driver_list: drivers.join(", "),
		comment: comments ? row.comment : null,
		segments,
		...Object.fromEntries(Object.entries(segments).map(([key, value]) => [`segment_${key}`, value])),
		transaction: row.transaction,
		customer: verified ? row.customer : null,
		verified,
		day: row.day,
		shown_at: moment(row.shown_at),
		updated_at: moment(row.updated_at),
		url: `${origin}/app/answers/${row.id}`,
	};
}

function caseData(answer: AnswerEventData, due: DueEvent, origin: string): CaseEventData | null {
	if (due.case_state === null || due.opened_at === null) return null;
	return {
		...answer,
		case_state: due.case_state,
		opened_at: moment(due.opened_at),
		opened_by: due.opened_by,
		callback_requested: due.callback_requested === 1,
		assignee: due.assignee,
		due_on: due.due_on,
		contacted_at: momentOrNull(due.contacted_at),
		resolved_at: momentOrNull(due.resolved_at),
		url: `${origin}/app/cases/${answer.id}`,
	};
}

function alertData(due: DueEvent, origin: string): AlertEventData | null {
	if (due.episode === null) return null;
	const { survey, version, metric, key, value, z, opened_on, cleared_on, recent, reference } = JSON.parse(due.episode);
	const late = scoreOf(metric, recent.histogram);
	const early = scoreOf(metric, reference.histogram);
	return {
		site: { id: due.site, name: due.site_name },
		id: due.subject,
		survey,
		version,
		metric,
		segment: key === "" ? null : `${key}:${value}`,
		direction: z > 0 ? "up" : "down",
		value: late.value,
		responses: late.responses,
		reference_value: early.value,
		reference_responses: early.responses,
		z,
		opened_on,
		cleared_on,
		url: `${origin}/app/`,
	};
}
