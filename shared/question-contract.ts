import * as z from "zod";
import { DISPLAYS } from "./display.ts";
import { publicKey, segmentKey, surveySlug } from "./identifier-contract.ts";
import { LOCALE_CODES } from "./locales/index.ts";
import { METRIC_NAMES } from "./metrics.ts";

/** What a survey says beside its question, in one language. */
const words = z.object({
	dismiss: z.string().describe("Closes the question without an answer."),
	saved: z.string().describe("Said when a score has been taken."),
	reasons: z.string().describe("Asks for the reasons."),
	comment: z.string().describe("The label of the comment field."),
	done: z.string().describe("Ends what follows the score."),
	thanks: z.string().describe("Said when all is done."),
	waiting: z.string().describe("Said beside the thanks while the answer waits for a connection."),
	refused: z.string().describe("Said in place of `saved` where the answer was refused for good."),
	answered: z.string().describe("Said in place of `saved` where the receipt says `already_answered`."),
});

/** One survey as whoever draws it himself must ask it. */
export const question = z
	.object({
		version: z.int().describe("Travels with every ask."),
		metric: z.enum(METRIC_NAMES),
		scale: z.tuple([z.int(), z.int()]).describe("The lowest and the highest score; every integer between them is one."),
		display: z.enum(DISPLAYS),
		sampling: z.number().describe("Percent of the occasions that are asked at."),
		ask_again_days: z.int().describe("Days before the survey is shown again on the same device; 0: no wait."),
		ask_after_any_days: z
			.int()
			.describe("Days before the survey is shown on a device that was shown any other of the site; 0: no wait."),
		question: z.string(),
		ends: z.array(z.string()).describe("What the lowest and the highest score mean; where they are pictures, what each means."),
		drivers: z
			.array(z.object({ id: segmentKey, label: z.string() }))
			.describe("The reasons, in the owner's order: shuffle them."),
		words,
	})
	.meta({ id: "Question" });

export type Question = z.infer<typeof question>;

export const questionsReply = z
	.object({
		site: publicKey,
		locale: z.enum(LOCALE_CODES),
		direction: z.enum(["ltr", "rtl"]),
		survey: surveySlug.describe("The one that is asked where nothing else is said."),
		surveys: z.record(surveySlug, question).describe("The surveys that are asked, by name."),
	})
	.meta({ id: "Questions" });

export type QuestionsReply = z.infer<typeof questionsReply>;
