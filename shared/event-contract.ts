import * as z from "zod";
import type { DigestEventData } from "./digest-contract.ts";
import { surveySlug } from "./identifier-contract.ts";
import { METRIC_NAMES } from "./metrics.ts";

/** What is told elsewhere when it happens. `test` is sent by hand. */
export const EVENT_TYPES = [
	"answer.scored",
	"answer.updated",
	"case.opened",
	"case.resolved",
	"alert.opened",
	"alert.cleared",
	"digest",
	"test",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** What an endpoint may ask for; a test reaches every one. */
export const WANTED_EVENTS = EVENT_TYPES.filter((type) => type !== "test");

const moment = z.iso.datetime();
const site = z.object({ id: z.string(), name: z.string() });
const url = z.string().nullable().describe("Where the owner sees it.");

/** An answer as it leaves the site. What a page merely claims about who gave it stays at home. */
export const answerEventData = z
	.object({
		site,
		id: z.string().describe("The same in lists and exports; it edits nothing."),
		survey: surveySlug,
		version: z.int(),
		metric: z.enum(METRIC_NAMES),
		score: z.int(),
		group: z.string().describe("nps promoters, passives, detractors; csat satisfied, rest; ces agree, rest."),
		drivers: z.array(z.string()),
		driver_list: z.string().describe("The same in one text, for tools that take no lists."),
		comment: z.string().nullable().describe("Only where the endpoint asks for comments."),
		segments: z.record(z.string(), z.string()),
		transaction: z.string().nullable(),
		customer: z.string().nullable().describe("From a signed transaction only."),
		verified: z.boolean(),
		day: z.iso.date(),
		shown_at: moment,
		updated_at: moment,
		url,
	})
	.catchall(z.unknown().describe("Each segment once more as `segment_` and its key, for tools that take no objects."))
	.meta({ id: "AnswerEvent" });

export type AnswerEventData = z.infer<typeof answerEventData>;

/** A case as it leaves the site: the answer it is about, and how far it has come. */
export const caseEventData = answerEventData
	.extend({
		case_state: z.enum(["open", "contacted", "resolved"]),
		opened_at: moment,
		opened_by: z.string().nullable().describe("The name of a key; null where it opened by itself."),
		callback_requested: z
			.boolean()
			.describe("Whether the shopper asked to be contacted. Where, is only in the owner's pages and the API."),
		assignee: z.string().nullable(),
		due_on: z.iso.date().nullable(),
		contacted_at: moment.nullable(),
		resolved_at: moment.nullable(),
	})
	.meta({ id: "CaseEvent" });

export type CaseEventData = z.infer<typeof caseEventData>;

/** An alert as it leaves the site. */
export const alertEventData = z
	.object({
		site,
		id: z.string(),
		survey: surveySlug,
		version: z.int(),
		metric: z.enum(METRIC_NAMES),
		segment: z.string().nullable().describe("key:value; null for the whole survey."),
		direction: z.enum(["up", "down"]),
		value: z.number().nullable().describe("Of the last 28 days when it opened."),
		responses: z.int(),
		reference_value: z.number().nullable().describe("Of the 84 days before them."),
		reference_responses: z.int(),
		z: z.number(),
		opened_on: z.iso.date(),
		cleared_on: z.iso.date().nullable(),
		url,
	})
	.meta({ id: "AlertEvent" });

export type AlertEventData = z.infer<typeof alertEventData>;

export const testEventData = z
	.object({ site, message: z.string(), url })
	.meta({ id: "TestEvent", description: "Sent by hand, to see whether it arrives." });

export type TestEventData = z.infer<typeof testEventData>;

/** What each event tells. */
interface EventData {
	readonly "answer.scored": AnswerEventData;
	readonly "answer.updated": AnswerEventData;
	readonly "case.opened": CaseEventData;
	readonly "case.resolved": CaseEventData;
	readonly "alert.opened": AlertEventData;
	readonly "alert.cleared": AlertEventData;
	readonly digest: DigestEventData;
	readonly test: TestEventData;
}

/** One thing that happened, as it is told. */
export type Event = {
	[Type in EventType]: { readonly type: Type; readonly timestamp: string; readonly data: EventData[Type] };
}[EventType];
