import * as z from "zod";
import { surveySlug } from "../shared/identifier-contract.ts";
import { LOCALE_CODES } from "../shared/locales/index.ts";
import { METRIC_NAMES } from "../shared/metrics.ts";
import { CHANNELS, DEVICES, OTHER } from "../shared/segments.ts";
import { DELAYS } from "../shared/tally-pairs.ts";
import { ApiError } from "./api-error.ts";
import { surveysOf, versionsOf } from "./db/surveys.ts";
import type { TallyPair, TallyScope } from "./db/tally.ts";
import type { Site, Survey } from "./site.ts";

/** The parameters that say which asks a figure covers. */
export const scopeQuery = {
	survey: surveySlug.optional().describe("Only this survey."),
	metric: z.enum(METRIC_NAMES).optional().describe("Only surveys of this metric."),
	segment: z
		.string()
		.max(100)
		.optional()
		.describe("Only asks with this value of a segment, as key:value.")
		.meta({ examples: ["device:phone"] }),
	verified: z.enum(["all", "only"]).optional().describe("Only signed answers, or all; without it, only where the site signs."),
	versions: z
		.enum(["latest", "all"])
		.default("latest")
		.describe("Only the survey's latest version, or all of the same metric, pooled."),
};

export type ScopeQuery = z.infer<z.ZodObject<typeof scopeQuery>>;

/** One survey and which of its asks are asked for. */
export interface ScoreScope {
	readonly survey: Survey;
	readonly scope: TallyScope;
	readonly pair: TallyPair;
}

/** What a query covers, survey by survey. @throws ApiError that names a survey or segment the site does not have, and those it has */
export async function scoreScopes(db: D1Database, site: Site, query: ScopeQuery): Promise<ScoreScope[]> {
	const surveys = await surveysOf(db, site.id);
	const names = surveys.map(({ slug }) => slug).join(", ");
	if (query.survey && !surveys.some(({ slug }) => slug === query.survey))
		throw ApiError.notFound("survey", `must be one of ${names}`);
	const pair = query.segment === undefined ? (["", ""] as const) : segmentPair(site, query.segment);
	const known = query.versions === "all" ? await versionsOf(db, site.id) : [];
	const verified = query.verified ?? verifiedByDefault(site);
	return surveys
		.filter(({ slug, metric }) => (!query.survey || slug === query.survey) && (!query.metric || metric === query.metric))
		.map((survey) => {
			const { slug, version, metric } = survey;
			const all = known.filter((each) => each.survey === slug && each.metric === metric).map((each) => each.version);
			const versions = query.versions === "all" ? all.sort((a, b) => a - b) : [version];
			return { survey, pair, scope: { survey: slug, versions, verified } };
		});
}

/** Whether unsigned answers are left out where nobody says otherwise: in every site that signs. */
export function verifiedByDefault(site: Site): "all" | "only" {
	return site.tokenMode === "off" ? "all" : "only";
}

/** Every key a site's asks can be told apart by, with its values: built in, and declared by the owner. */
export function segmentsOf(site: Site): ReadonlyMap<string, readonly string[]> {
	return new Map<string, readonly string[]>([
		["channel", CHANNELS],
		["locale", LOCALE_CODES],
		["device", DEVICES],
		["delay", DELAYS],
		...Object.entries(site.segments).map(([key, values]) => [key, [...new Set([...values, OTHER])]] as const),
	]);
}

/** The values of one key. @throws ApiError that names the keys there are */
export function valuesOfSegment(site: Site, key: string, field: string): readonly string[] {
	const values = segmentsOf(site).get(key);
	if (!values) throw ApiError.notFound(field, `must name one of ${[...segmentsOf(site).keys()].join(", ")}`);
	return values;
}

/** A value of a segment as an address spells it, key:value. @throws ApiError that names the keys and values there are */
export function segmentPair(site: Site, text: string, field = "segment"): TallyPair {
	const colon = text.indexOf(":");
	if (colon < 1) throw ApiError.invalid(field, "must be key:value, such as device:phone");
	const key = text.slice(0, colon);
	const value = text.slice(colon + 1);
	const values = valuesOfSegment(site, key, field);
	if (!values.includes(value)) throw ApiError.notFound(field, `must have one of the values ${values.slice(0, 60).join(", ")}`);
	return [key, value];
}
