import * as z from "zod";
import { locale, surveySlug } from "./identifier-contract.ts";
import { METRIC_NAMES } from "./metrics.ts";
import { DELAYS } from "./tally-pairs.ts";

/** An answer's name in addresses. */
export const responseId = z
	.string()
	.max(64)
	.describe("The answer's id.")
	.meta({ examples: ["4b1d9b6de2f84c5f9d2c8a7e1f0b3c6d"] });

/** One answer as its owner reads it. `id` is not the client's: it shows which answer it is and edits nothing. */
export const response = z
	.object({
		id: z.string(),
		survey: surveySlug,
		version: z.int(),
		metric: z.enum(METRIC_NAMES),
		score: z.int(),
		group: z.string().describe("nps promoters, passives, detractors; csat satisfied, rest; ces agree, rest."),
		drivers: z.array(z.string()),
		comment: z.string().nullable(),
		segments: z.record(z.string(), z.string()).describe("Built-in and declared."),
		transaction: z.string().nullable(),
		customer: z.string().nullable().describe("From a signed transaction."),
		claimed_customer: z.string().nullable().describe("What an unsigned page said; anyone could have said it."),
		verified: z.boolean(),
		page: z.string().nullable(),
		day: z.iso.date().describe("The site's local day on which it was shown."),
		shown_at: z.iso.datetime(),
		updated_at: z.iso.datetime(),
		delay: z
			.enum(DELAYS)
			.nullable()
			.describe("How long after the showing the answer came: within an hour, a day, three days, or later."),
		commented: z.boolean().describe("Whether it counts as one with a comment, which erasure or retention may have taken since."),
		erased: z.boolean(),
	})
	.meta({ id: "Answer" });

export type ResponseView = z.infer<typeof response>;

export const responsesReply = z
	.object({
		responses: z.array(response),
		next: z.string().nullable().describe("Pass as `cursor` for the older ones; null at the end."),
		stopped_at: z.iso
			.datetime()
			.nullable()
			.describe(
				"How far back was looked, where 10,000 answers were looked through before the page was full; `next` goes on. Else null.",
			),
	})
	.meta({ id: "Answers" });

export type ResponsesReply = z.infer<typeof responsesReply>;

export const responsesCount = z
	.object({
		responses: z.int(),
		more: z.boolean().describe("The newest 1,000 answers were looked at, and none before them."),
	})
	.meta({ id: "AnswersCount" });

export type ResponsesCount = z.infer<typeof responsesCount>;

/** One answer with what was asked. */
export const responseDetails = response
	.extend({
		question: z
			.object({ locale, text: z.string() })
			.describe("The question of this version of the survey, in the site's main language then."),
	})
	.meta({ id: "AnswerDetails" });

export type ResponseDetails = z.infer<typeof responseDetails>;

export const customerReply = z
	.object({ customer: z.string(), responses: z.array(response) })
	.meta({ id: "Customer", description: "A verified customer's answers, newest first." });

export type CustomerReply = z.infer<typeof customerReply>;

export const erasedReply = z
	.object({ erased: z.int().describe("Asks that lost customer, transaction, comment and page. Their scores stay, nameless.") })
	.meta({ id: "Erased" });

export type ErasedReply = z.infer<typeof erasedReply>;

export const reappliedReply = z
	.object({
		tombstones: z.int().describe("Erasures and deletions that the database was told of again."),
		erased: z.int().describe("What had come back and lost customer, transaction, comment and page again."),
		deleted: z.int().describe("Answers and dead letters that had come back and were taken out again."),
		next: z.string().nullable().describe("Pass as `cursor` for the next step; null at the end."),
	})
	.meta({ id: "Reapplied" });
