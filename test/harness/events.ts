import type { AlertEventData, AnswerEventData, CaseEventData, Event, EventType } from "../../shared/event-contract.ts";
import type { Message } from "../../worker/deliver/destination.ts";
import { SAMPLE_DIGEST } from "../../worker/sample-digest.ts";

const SITE = { id: "site1", name: "Harbour & Pine" };

/** An answer as it is told: a low one, of a signed order whose customer is an e-mail address. */
export function answerData(changes: Partial<AnswerEventData> = {}): AnswerEventData {
	return {
		site: SITE,
		id: "0197b6f1a0c2",
		survey: "nps",
		version: 1,
		metric: "nps",
		score: 3,
		group: "detractors",
		drivers: ["delivery", "price"],
		driver_list: "Delivery, Price",
		comment: "It came two weeks late.",
		segments: { plan: "gold" },
		segment_plan: "gold",
		transaction: "1001",
		customer: "ada@shop.example",
		verified: true,
		day: "2026-11-20",
		shown_at: "2026-11-20T10:00:00.000Z",
		updated_at: "2026-11-20T10:00:30.000Z",
		url: "https://feedback.merchant.com/app/answers/0197b6f1a0c2?site=site1&from=mail",
		...changes,
	};
}

export function answerEvent(
	changes: Partial<AnswerEventData> = {},
	type: "answer.scored" | "answer.updated" = "answer.scored",
): Event {
	return { type, timestamp: "2026-11-20T10:02:00.000Z", data: answerData(changes) };
}

export function caseEvent(changes: Partial<CaseEventData> = {}, type: "case.opened" | "case.resolved" = "case.opened"): Event {
	const data: CaseEventData = {
		...answerData(),
		case_state: "open",
		opened_at: "2026-11-20T10:02:00.000Z",
		opened_by: null,
		callback_requested: false,
		assignee: "Bea",
		due_on: "2026-11-22",
		contacted_at: null,
		resolved_at: null,
		...changes,
	};
	return { type, timestamp: "2026-11-20T10:02:00.000Z", data };
}

export function alertEvent(
	changes: Partial<AlertEventData> = {},
	type: "alert.opened" | "alert.cleared" = "alert.opened",
): Event {
	const data: AlertEventData = {
		site: SITE,
		id: "e1",
		survey: "nps",
		version: 1,
		metric: "nps",
		segment: "plan:gold",
		direction: "down",
		value: -12.34,
		responses: 1200,
		reference_value: 40,
		reference_responses: 3600,
		z: -4.2,
		opened_on: "2026-11-20",
		cleared_on: null,
		url: "https://feedback.merchant.com/app/",
		...changes,
	};
	return { type, timestamp: "2026-11-20T10:02:00.000Z", data };
}

const tested: Event = {
	type: "test",
	timestamp: "2026-11-20T10:02:00.000Z",
	data: { site: SITE, message: "It arrives.", url: "https://feedback.merchant.com/app/" },
};

const digest: Event = {
	type: "digest",
	timestamp: "2026-11-20T10:02:00.000Z",
	data: { ...SAMPLE_DIGEST, site: SITE, url: "https://feedback.merchant.com/app/?from=2026-11-16&to=2026-11-22" },
};

/** One event of each type there is. */
export const ONE_OF_EACH: Readonly<Record<EventType, Event>> = {
	"answer.scored": answerEvent(),
	"answer.updated": answerEvent({}, "answer.updated"),
	"case.opened": caseEvent(),
	"case.resolved": caseEvent({ case_state: "resolved" }, "case.resolved"),
	"alert.opened": alertEvent(),
	"alert.cleared": alertEvent({ cleared_on: "2026-11-21" }, "alert.cleared"),
	digest,
	test: tested,
};

/** An event on its way. */
export function message(event: Event, id = "msg_1"): Message {
	return { id, event, sentAt: Date.parse("2026-11-20T10:02:05.000Z") };
}

/** What shoppers may write who mean no good, or whom programs rarely think of. */
export const HOSTILE_COMMENTS: readonly string[] = [
	"<!channel> <@U123456> <#C123456> <!here|x> <https://evil.example|Your refund>",
	"a\r\nBcc: everybody@evil.example\r\n\r\n<script>alert(1)</script>",
	"x".repeat(2_000),
	"&<>".repeat(666),
	"\n".repeat(1_999),
	"line\n".repeat(399),
	"وصل الطلب متأخرًا جدًا، والعلبة مكسورة",
	"🥲".repeat(1_000),
	"👩‍👩‍👧‍👦 ok",
	"safe \u202Egnp.exe\u2066 \u2068\u202A and on",
	"{{ticket.requester.email}} {% comment %} {{{x}}}",
	'"}],"text":"<!everyone>',
	'=HYPERLINK("https://evil.example")',
	"\u0000\u0007\u001b[31m\u0085\u2028red\u2029",
	"half a pair \ud83d",
	"*bold* _it_ ~no~ `code` @channel https://evil.example",
];
