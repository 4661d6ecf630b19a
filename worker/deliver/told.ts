import type { AlertEventData, AnswerEventData, Event } from "../../shared/event-contract.ts";
import { METRICS, type MetricName } from "../../shared/metrics.ts";
import { figuresOf } from "../dashboard/figure.ts";
import { words as overviewWords } from "../dashboard/overview/words.ts";
import { readerIn, USUAL_LOCALE } from "../dashboard/reader.ts";
import { keyName, segmentName, valueName } from "../dashboard/segment-name.ts";
import { isolated } from "../isolated.ts";
import { plainLine, plainLines } from "./plain-text.ts";
import { digestHeadline } from "./told-digest.ts";

/** An event in words for people, all of it plain text: each destination makes its own markup of it. */
export interface Told {
	/** What happened and where, in one line. */
	readonly headline: string;
	/** What is known of it, name and value in one line each, the most telling first. */
	readonly facts: readonly (readonly [name: string, value: string])[];
	/** What somebody said of it, in lines. */
	readonly comment: string | null;
	/** Where the owner sees it. */
	readonly url: string | null;
}

/** Tells an event of any type. */
export function told(event: Event): Told {
	const shop = isolated(plainLine(event.data.site.name));
	switch (event.type) {
		case "answer.scored":
			return { ...ofAnswer(event.data), headline: `${shop}: ${scored(event.data)}` };
		case "answer.updated":
			return { ...ofAnswer(event.data), headline: `${shop}: an answer has changed, now ${scored(event.data)}` };
		case "case.opened":
		case "case.resolved": {
			const { assignee, due_on } = event.data;
			const { facts, ...rest } = ofAnswer(event.data);
			const done = event.type === "case.opened" ? "is open" : "is resolved";
			return {
				...rest,
				headline: `${shop}: a case ${done}, ${scored(event.data)}`,
				facts: [...pairs({ "Seen to by": assignee, "Due on": due_on }), ...facts],
			};
		}
		case "alert.opened":
		case "alert.cleared":
			return ofAlert(event.data, shop, event.type === "alert.opened");
		case "digest":
			return { headline: digestHeadline(event.data), facts: [], comment: null, url: event.data.url };
		case "test":
			return { headline: `${shop}: a test`, facts: [], comment: plainLines(event.data.message), url: event.data.url };
	}
}

const GROUPS: Readonly<Record<MetricName, Readonly<Record<string, string>>>> = {
	nps: { promoters: "a promoter", passives: "a passive", detractors: "a detractor" },
	csat: { satisfied: "satisfied", rest: "not satisfied" },
	ces: { agree: "it was easy", rest: "it was not easy" },
};

/** A score in words, such as "3 of 10, a detractor". */
function scored({ metric, score, group }: AnswerEventData): string {
	const words = GROUPS[metric][group];
	return `${score} of ${METRICS[metric].max}${words ? `, ${words}` : ""}`;
}

function ofAnswer(data: AnswerEventData): Omit<Told, "headline"> {
	const segments = Object.entries(data.segments).map(
		([key, value]) => [plainLine(keyName(key)), plainLine(valueName(key, value))] as const,
	);
	return {
		facts: [
			...pairs({
				Reasons: data.driver_list,
				Survey: data.survey,
				Order: data.transaction,
				Customer: data.customer,
				Asked: data.day,
				Signed: data.verified ? "yes" : "no",
			}),
			...segments,
		],
		comment: data.comment === null ? null : plainLines(data.comment),
		url: data.url,
	};
}

function ofAlert(data: AlertEventData, shop: string, opened: boolean): Told {
	const { short, formula } = overviewWords.metrics[data.metric];
	const what = `${short} of ${isolated(plainLine(data.survey))}`;
	const happened = opened ? (data.direction === "down" ? "has fallen" : "has risen") : "no longer stands out";
	return {
		headline: `${shop}: ${what} ${happened}`,
		facts: pairs({
			Segment: data.segment && segmentName(data.segment),
			"28 days": of(data.metric, data.value, data.responses),
			"84 days before": of(data.metric, data.reference_value, data.reference_responses),
			[short]: formula,
			Since: data.opened_on,
			Cleared: data.cleared_on,
		}),
		comment: null,
		url: data.url,
	};
}

/** A value as the owner's pages write it, and what it rests on. */
function of(metric: MetricName, value: number | null, responses: number): string {
	const reader = readerIn(USUAL_LOCALE, "UTC");
	const answers = `${reader.number(responses)} answers`;
	return value === null ? answers : `${figuresOf(metric, reader).value(value)}, ${answers}`;
}

/** Those of the values that say something, each as one line. */
function pairs(values: Readonly<Record<string, string | null>>): (readonly [string, string])[] {
	return Object.entries(values).flatMap(([name, value]) => (value ? [[name, plainLine(value)] as const] : []));
}
