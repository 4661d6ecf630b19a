import * as z from "zod";
import { day, locale, segmentKey, surveySlug } from "../shared/identifier-contract.ts";
import { METRIC_NAMES, METRICS, type Metric } from "../shared/metrics.ts";
import { ApiError } from "./api-error.ts";
import { dbFor } from "./db/db-for.ts";
import { surveysOf } from "./db/surveys.ts";
import type { Env } from "./env.ts";
import type { Wanted } from "./find-answers.ts";
import { segmentPair } from "./score-scope.ts";
import type { Site } from "./site.ts";

const GROUPS = [...new Set(METRIC_NAMES.flatMap((metric) => METRICS[metric].bands.map(({ name }) => name)))] as const;

const either = z.enum(["yes", "no"]);

/** The parameters that say which answers are wanted. */
export const answerFilters = {
	survey: surveySlug.optional().describe("Only answers to this survey."),
	from: day.optional().describe("Shown on this local day or later."),
	to: day.optional().describe("Shown on this local day or earlier."),
	group: z
		.enum([...GROUPS, "low"])
		.optional()
		.describe(
			"Only this group of scores. Needs `survey`, but for low: nps to 6, csat to 2, ces to 3, which are due a call back.",
		),
	commented: either.optional().describe("Only answers with a comment that is still there, or without."),
	verified: either.optional().describe("Only signed answers, or only unsigned ones."),
	segment: z
		.string()
		.max(100)
		.optional()
		.describe("Only answers with this value of a segment, as key:value.")
		.meta({ examples: ["plan:gold"] }),
	locale: locale.optional().describe("Only answers given in this language."),
	driver: segmentKey.optional().describe("Only answers that name this reason."),
	q: z
		.string()
		.trim()
		.min(1)
		.max(100)
		.optional()
		.describe("Only answers whose comment holds this text; capitals make no difference, in any language.")
		.meta({ examples: ["late"] }),
};

export type AnswerFilters = z.infer<z.ZodObject<typeof answerFilters>>;

/** Which answers are wanted. @throws ApiError that names a survey, group or segment the site does not have */
export async function wantedOf(env: Env, site: Site, given: AnswerFilters): Promise<Wanted> {
	return {
		survey: given.survey ?? null,
		from: given.from ?? null,
		to: given.to ?? null,
		scores: await scoresOf(env, site, given),
		commented: given.commented ? given.commented === "yes" : null,
		verified: given.verified ? given.verified === "yes" : null,
		segment: given.segment === undefined ? null : segmentPair(site, given.segment),
		locale: given.locale ?? null,
		driver: given.driver ?? null,
		words: given.q ?? null,
	};
}

/** The scores of a group, for the metrics that have it. */
async function scoresOf(env: Env, site: Site, { survey: slug, group }: AnswerFilters): Promise<Wanted["scores"]> {
	const survey = slug && (await surveysOf(dbFor(env, site), site.id)).find((known) => known.slug === slug);
	if (slug && !survey) throw ApiError.notFound("survey", "must be one of this site's surveys");
	if (!group) return null;
	// Of every metric: a survey may have asked another one before.
	if (group === "low")
		return Object.fromEntries(METRIC_NAMES.map((name) => [name, [METRICS[name].min, METRICS[name].low] as const]));
	if (!survey) throw ApiError.invalid("survey", "must be given with group, which depends on the metric");
	const { bands }: Metric = METRICS[survey.metric];
	const band = bands.find(({ name }) => name === group);
	if (!band) throw ApiError.invalid("group", `must be ${[...bands.map(({ name }) => name), "low"].join(", ")} for this survey`);
	return { [survey.metric]: [band.from, band.to] };
}
