import * as z from "zod";
import { surveySlug } from "./identifier-contract.ts";
import { METRIC_NAMES } from "./metrics.ts";

/** A 95 % interval. */
export const interval = z
	.object({ low: z.number(), high: z.number(), level: z.literal(0.95), method: z.enum(["add-3", "wilson", "newcombe"]) })
	.meta({ id: "Interval", description: "95 % interval in the unit of its value." });

/** A share in percent. */
export const share = z.object({ value: z.number().nullable(), interval: interval.nullable() }).meta({ id: "Share" });

export const count = z.int().min(0);

export const tier = z.enum(["hidden", "early", "normal", "stable"]).describe("hidden < 5 answers, early < 30, stable ≥ 100.");

export const verdict = z
	.enum(["too_few", "no_detectable_change", "likely_changed", "changed"])
	.describe("No detectable change is not no change: the answers cannot tell.");

export const funnel = z
	.object({ shown: count, answered: count, dismissed: count, ignored: count, commented: count })
	.meta({ id: "Funnel", description: "Every ask that was shown is answered, dismissed or ignored." });

/** A published or privately known score to look at beside one's own. */
export const benchmark = z
	.strictObject({
		value: z.number().min(-100).max(100),
		source: z.string().trim().min(1).max(120),
		year: z.int().min(1990).max(2100),
		country: z.string().regex(/^[A-Z]{2}$/, "must be two capital letters, such as US"),
		url: z
			.url({ protocol: /^https?$/ })
			.max(300)
			.nullable(),
	})
	.meta({ id: "Benchmark" });

const window = z.object({ name: z.string(), from: z.iso.date(), to: z.iso.date(), timezone: z.string() });

/** Which answers a baseline counts; beside those of a window, what is compared must count alike. */
export const baselineScope = z
	.enum(["all", "only"])
	.nullable()
	.describe("Whether unsigned answers count in it; null where that was not kept.");

/** Why a window is not compared with the baseline; null where it is. */
export const notCompared = z
	.enum(["counts_all", "counts_signed", "counts_unknown", "shares_days"])
	.nullable()
	.describe(
		"Why the two are not compared. counts_all: the baseline counts all answers, this window the signed ones; counts_signed: the other way round; counts_unknown: which of them it counts was not kept; shares_days: the window overlaps it.",
	);

export type NotCompared = NonNullable<z.infer<typeof notCompared>>;

/** What every figure says of the asks it covers. */
export const covers = {
	survey: surveySlug,
	version: z.int().describe("The survey's latest version."),
	versions: z.array(z.int()).describe("The versions covered: answers to different questions are pooled only if the caller asks."),
	metric: z.enum(METRIC_NAMES),
	verified: z.enum(["all", "only"]).describe("Whether unsigned answers count."),
	segment: z.string().nullable().describe("key:value, or null for everybody."),
	window,
};

/** A score of one survey over one window, with what it rests on. */
export const surveyScore = z
	.object({
		...covers,
		value: z.number().nullable().describe("nps −100…100; csat % of 4 and 5; ces mean of 1…7. Null without answers, never 0."),
		interval: interval.nullable(),
		tier,
		responses: count.describe("Answered asks, the only denominator."),
		mean: z.number().nullable(),
		groups: z.record(z.string(), count).describe("nps promoters, passives, detractors; csat satisfied, rest; ces agree, rest."),
		agree: share.optional().describe("ces only: the share that chose 5, 6 or 7."),
		distribution: z.record(z.string(), count).describe("Answers per score, every score of the scale."),
		previous: z
			.object({
				value: z.number().nullable(),
				responses: count,
				change: z.number().nullable(),
				z: z.number().nullable(),
				verdict,
			})
			.describe("The window of equal length just before."),
		goal: z
			.object({
				target: z.number(),
				verdict: z.enum(["met", "missed", "undecided"]).nullable().describe("Null below 30 answers."),
				more_responses: z.int().nullable().describe("How many more answers like these would decide it."),
			})
			.nullable()
			.describe("Null where the owner has set none."),
		baseline: z
			.object({
				status: z.enum(["provisional", "frozen"]),
				set_by: z.enum(["rule", "owner"]),
				from: z.iso.date(),
				to: z.iso.date(),
				value: z.number().nullable(),
				responses: count,
				change: z.number().nullable(),
				z: z.number().nullable(),
				verdict: verdict.nullable().describe("Null, as change and z, where the two are not compared."),
				verified: baselineScope,
				not_compared: notCompared,
			})
			.nullable()
			.describe("The score the survey began with; null until 100 answers, and for a segment."),
		benchmarks: z.array(benchmark).describe("The owner's, then the published ones for this metric. Reference lines, not goals."),
		funnel: funnel.describe(
			"Of every channel, imports and e-mails among them, whose first count means another thing: /v1/silence has the response rates.",
		),
	})
	.meta({ id: "SurveyScore" });

export type SurveyScore = z.infer<typeof surveyScore>;

export const scoresReply = z.object({ scores: z.array(surveyScore) }).meta({ id: "Scores" });
