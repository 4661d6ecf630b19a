import * as z from "zod";
import { DIGEST_KINDS } from "./digest-period.ts";
import { surveySlug } from "./identifier-contract.ts";
import { METRIC_NAMES } from "./metrics.ts";
import { count, interval, notCompared, share, tier, verdict } from "./score-contract.ts";

const number = z.number().nullable();

/** One survey over the period, with the line that the owner's overview says of it over the same days. */
export const digestSurvey = z
	.object({
		survey: surveySlug,
		version: z.int(),
		metric: z.enum(METRIC_NAMES),
		name: z.string().describe("What it is called in a line."),
		sentence: z.string().describe("What to take from it, as the overview says it."),
		value: number.describe("As in /v1/scores; null below 5 answers."),
		interval: interval.nullable(),
		tier,
		mean: number.describe("Of the scores themselves; null below 5 answers."),
		agree: share.optional().describe("ces only: the share that chose 5, 6 or 7; none below 5 answers."),
		responses: count,
		response_rate: share.describe("Answers among those asked; imports and those by e-mail are left out."),
		emailed: count.describe("Answers by e-mail."),
		change: number.describe("Against the days before; null where either has too few answers."),
		verdict: verdict.describe("Of that change."),
		before: z.object({ value: number, responses: count }).describe("The days before; the value null below 5 answers."),
		drivers: z
			.array(z.object({ id: z.string(), name: z.string(), impact: z.number() }))
			.describe("Those that can be told apart, the greatest impact first. Association, not cause."),
		silent_segment: z
			.object({ key: z.string(), name: z.string(), response_rate: z.number(), rest: z.number(), bounds: z.boolean() })
			.nullable()
			.describe(
				"Who answers significantly less often than the rest, in percent: the most silent; null where nobody does. As in /v1/silence.",
			),
		goal: z
			.object({ target: z.number(), verdict: z.enum(["met", "missed", "undecided"]).nullable() })
			.nullable()
			.describe("Null where the owner has set none."),
		baseline: z
			.object({ value: number, change: number, verdict: verdict.nullable(), not_compared: notCompared })
			.nullable()
			.describe("The score it began with; change and verdict null below 30 answers, or where the two are not compared."),
	})
	.meta({ id: "DigestSurvey" });

export type DigestSurvey = z.infer<typeof digestSurvey>;

const digestComment = z.object({
	id: z.string().describe("That of its answer."),
	survey: surveySlug,
	score: z.int(),
	mood: z.enum(["low", "middle", "high"]),
	comment: z.string().describe("As one paragraph; a long one is cut."),
});

export type DigestComment = z.infer<typeof digestComment>;

/** A week or a month of a site, in figures and in the overview's words. */
export const digestEventData = z
	.object({
		site: z.object({ id: z.string(), name: z.string() }),
		period: z
			.object({ kind: z.enum(DIGEST_KINDS), from: z.iso.date(), to: z.iso.date(), timezone: z.string() })
			.describe("Monday to Sunday, or a calendar month, in the site's own days. It is held against as many days before."),
		headline: z.string().describe("What to take from the site, as the overview says it."),
		surveys: z.array(digestSurvey).describe("Every one that was ever asked, or those the webhook names; the most answers first."),
		cases: z
			.object({
				opened: count,
				contacted: count.describe("Of those opened in the period."),
				resolved: count.describe("Of those opened in the period."),
				time_to_contact_ms: number.describe("Within which half of those opened in the period were contacted."),
				unresolved: count.describe("All there are, whenever they were opened."),
				overdue: count.describe("Of those."),
			})
			.describe("The whole site's, when the digest was made."),
		comment_ids: z
			.array(z.string())
			.max(3)
			.describe("The latest answer with a comment of a low, a middling and a high score, where the webhook asks for comments."),
		comments: z
			.array(digestComment)
			.max(3)
			.describe("What those said, read when it is sent: one that was deleted or erased by then is not among them."),
		url: z.string().nullable().describe("Where the owner sees it."),
	})
	.meta({ id: "DigestEvent" });

export type DigestEventData = z.infer<typeof digestEventData>;
