import type { Context } from "hono";
import { METRIC_NAMES, METRICS, type Metric, type MetricName } from "../../../shared/metrics.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import { ApiError } from "../../api-error.ts";
import { filters as words } from "./words.ts";

/** What answers can be found by, in the order of the form. They are the API's, but for `group`, which is `low` or metric.group here. */
export const FILTERS = ["q", "survey", "group", "commented", "driver", "segment", "locale", "verified", "from", "to"] as const;

export type FilterName = (typeof FILTERS)[number];

/** The filters that are set. */
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** The filters of a page's address. What a form leaves empty is not set. */
export function filtersOf(c: Context): Filters {
	return Object.fromEntries(FILTERS.map((name) => [name, c.req.query(name)?.trim()]).filter(([, value]) => value));
}

/** An address with filters and what else it needs. */
export function addressOf(path: string, filters: Filters, more: Readonly<Record<string, string>> = {}): string {
	const query = new URLSearchParams({ ...filters, ...more }).toString();
	return query ? `${path}?${query}` : path;
}

/**
 * The filters as the API takes them. A group is of one metric: where one survey alone asks it, that is meant.
 * @throws ApiError where several do
 */
export function asAsked(filters: Filters, surveys: readonly SurveyView[]): Filters {
	const { group } = filters;
	if (group === undefined || group === "low") return filters;
	const [metric, name] = partsOf(group, surveys.find(({ slug }) => slug === filters.survey)?.metric);
	if (filters.survey !== undefined || metric === null) return { ...filters, group: name };
	const [only, ...others] = surveys.filter((survey) => survey.metric === metric);
	if (!only || others.length > 0) throw ApiError.invalid("survey", words.chooseSurvey);
	return { ...filters, survey: only.slug, group: name };
}

/** The group as the form spells it, where the address spells it as the API does. */
export function spelled(group: string | undefined, filters: Filters, surveys: readonly SurveyView[]): string | undefined {
	if (group === undefined || group === "low") return group;
	const [metric, name] = partsOf(group, surveys.find(({ slug }) => slug === filters.survey)?.metric);
	return metric === null ? undefined : `${metric}.${name}`;
}

/** The metric and the name of a group; without a metric of its own it has that of the survey, or of the one metric that knows it. */
function partsOf(group: string, ofSurvey: MetricName | undefined): readonly [MetricName | null, string] {
	const [first = "", name] = group.split(".");
	if (name !== undefined) return [METRIC_NAMES.find((metric) => metric === first) ?? null, name];
	const knowing = METRIC_NAMES.filter((metric) => (METRICS[metric] as Metric).bands.some((band) => band.name === group));
	const own = knowing.find((metric) => metric === ofSurvey);
	return [own ?? (knowing.length === 1 ? (knowing[0] ?? null) : null), group];
}
