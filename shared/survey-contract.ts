import * as z from "zod";
import { DISPLAYS, PLACEMENTS } from "./display.ts";
import { followUpRules } from "./follow-up-rules.ts";
import { locale, segmentKey, surveySlug } from "./identifier-contract.ts";
import { DRIVERS_PER_SURVEY } from "./limits.ts";
import { METRIC_NAMES } from "./metrics.ts";
import { benchmark } from "./score-contract.ts";

const label = z.string().trim().min(1).max(60);

/** A reason chip: one of ours by its id alone, or one of the owner's with a label for each language. */
const driver = z
	.object({
		id: segmentKey,
		labels: z.partialRecord(locale, label).optional().describe("Needed for an id that is not built in."),
	})
	.strict()
	.meta({ id: "Reason", description: "A reason to choose: one of ours by its id alone, or the owner's own." });

const sentence = z.string().trim().min(1).max(200).optional();
const phrase = z.string().trim().min(1).max(60).optional();

/** Every text a shopper can be shown of a survey, but for the labels of its reasons. */
const wording = z
	.partialRecord(
		locale,
		z.strictObject({
			question: sentence,
			low: phrase.describe("What the lowest score means."),
			high: phrase.describe("What the highest score means."),
			levels: z
				.tuple([z.string().trim().min(1).max(60), z.string().trim().min(1).max(60), z.string().trim().min(1).max(60)])
				.optional()
				.describe("What the scores 2, 3 and 4 mean, where csat is shown as stars or faces."),
			reasons: sentence,
			comment: sentence,
			done: phrase,
			dismiss: phrase,
			saved: sentence,
			thanks: sentence,
			waiting: sentence,
			refused: sentence,
			answered: sentence,
			review: phrase.describe("The link to a public review."),
			contact: phrase.describe("The link to the shop."),
			callback: sentence.describe("Offers to get in touch, and asks for an address or number."),
			request: phrase.describe("The button that asks for it."),
			requested: sentence,
			closed: sentence,
			script: sentence,
			shared: sentence.describe("{value} and {responses} stand for the shared score and the number of its answers."),
		}),
	)
	.meta({
		id: "Wording",
		description: "The owner's own words per language, instead of ours; {shop} stands for the site's name.",
	});

/** The owner's own words for one language. */
export type Wording = NonNullable<z.infer<typeof wording>["en"]>;

const theme = z
	.record(
		z.string().regex(/^--afterword-[a-z-]{1,40}$/, "must be a custom property of the widget, such as --afterword-accent"),
		z
			.string()
			.regex(/^[\w #%.,()/+-]{1,100}$/, "must be one value of CSS, such as #0b57a4 or 12px, without quotes or semicolons"),
	)
	.describe("Custom properties of the widget, such as --afterword-accent.");

const surveySettings = {
	touchpoint: z.string().trim().min(1).max(40).describe("Where in the customer's way it is asked, such as checkout or delivery."),
	wording,
	drivers: z.array(driver).max(DRIVERS_PER_SURVEY),
	theme,
	active: z.boolean().describe("Whether it is asked at all; answers to what was asked before are still taken."),
	display: z.enum(DISPLAYS).describe("stars and faces for csat only. Another display makes a new version."),
	placement: z.enum(PLACEMENTS).describe("Where it stands unless the page says otherwise."),
	sampling: z.int().min(1).max(100).describe("Percent of transactions that are asked; the same ones at every reload."),
	ask_again_days: z.int().min(0).max(730).describe("Days before the same browser is shown this survey again."),
	ask_after_any_days: z
		.int()
		.min(0)
		.max(365)
		.nullable()
		.describe(
			"Days before a browser that was shown any other survey of the site is shown this one, twice as many where that one was dismissed; null for the usual: 14, or 0 where ask_again_days is 0.",
		),
	goal: z.number().min(-100).max(100).nullable().describe("In the unit of the score; null for none."),
	benchmarks: z.array(benchmark).max(10).describe("Scores to look at beside one's own, each with its source."),
	share_score: z
		.boolean()
		.describe("Whether shoppers who answered are shown the survey's own score, and the badge shows it to everybody."),
	open_cases: z.boolean().describe("Whether low scores open a case by themselves."),
	follow_up: followUpRules,
};

/** A survey as its owner sees it. */
export const survey = z
	.object({
		slug: surveySlug,
		version: z.int().describe("Rises when the metric, the display or the question in the site's main language changes."),
		metric: z.enum(METRIC_NAMES),
		...surveySettings,
		created_at: z.iso.datetime(),
	})
	.meta({ id: "Survey" });

export type SurveyView = z.infer<typeof survey>;

/** A site's surveys, as its owner sees them. */
export const surveysReply = z
	.object({
		surveys: z.array(
			survey
				.extend({
					first_asked: z.iso.date().nullable().describe("The day it was first asked, in any version; null: never."),
				})
				.meta({ id: "ListedSurvey" }),
		),
	})
	.meta({ id: "Surveys" });

export type SurveysReply = z.infer<typeof surveysReply>;

export const newSurvey = z
	.strictObject({ slug: surveySlug, metric: z.enum(METRIC_NAMES), ...surveySettings })
	.partial()
	.required({ slug: true, metric: true })
	.meta({
		id: "NewSurvey",
		examples: [{ slug: "after-delivery", metric: "nps", touchpoint: "delivery", drivers: [{ id: "delivery" }] }],
	});

export type NewSurvey = z.infer<typeof newSurvey>;

export const surveyPatch = z
	.strictObject({
		metric: z.enum(METRIC_NAMES),
		...surveySettings,
		same_question: z.boolean().describe("The question means what it meant (a typo mended): no new version."),
		expected_version: z
			.int()
			.min(1)
			.describe(
				"The version the survey shall have after the change: where it would have another, nothing is changed, and it is 409.",
			),
	})
	.partial()
	.meta({
		id: "SurveyPatch",
		examples: [{ goal: 40, wording: { en: { question: "How likely are you to recommend us?" } }, expected_version: 2 }],
	});

export type SurveyPatch = z.infer<typeof surveyPatch>;
