import type { Display } from "../shared/display.ts";
import { DEFAULT_DRIVERS, DRIVER_IDS } from "../shared/drivers.ts";
import { EVERYONE, type FollowUpRules, followUpGroups } from "../shared/follow-up-rules.ts";
import { boundsOf } from "../shared/funnel.ts";
import { LOCALES } from "../shared/locales/index.ts";
import type { MetricName } from "../shared/metrics.ts";
import type { NewSurvey, SurveyPatch } from "../shared/survey-contract.ts";
import { ApiError } from "./api-error.ts";
import type { Driver, Site, Survey } from "./site.ts";

/** Where a metric is asked until the owner says otherwise. */
const TOUCHPOINTS = { nps: "delivery", csat: "checkout", ces: "checkout" } as const satisfies Record<MetricName, string>;

/** Days before a browser is shown a survey again: a relationship is asked about once a quarter, a purchase once a month. */
const ASK_AGAIN_DAYS = { nps: 90, csat: 30, ces: 30 } as const satisfies Record<MetricName, number>;

/** A survey's first version. What the owner leaves out is as we would ask it. */
export function newSurvey(given: NewSurvey, now: number): Survey {
	const { slug, metric, wording = {}, theme = {} } = given;
	return {
		slug,
		version: 1,
		metric,
		touchpoint: given.touchpoint ?? TOUCHPOINTS[metric],
		wording,
		drivers: knownDrivers(given.drivers ?? DEFAULT_DRIVERS[metric].map((id) => ({ id }))),
		theme,
		active: given.active ?? true,
		display: displayOf(metric, given.display ?? "numbers"),
		placement: given.placement ?? "inline",
		sampling: given.sampling ?? 100,
		askAgainDays: given.ask_again_days ?? ASK_AGAIN_DAYS[metric],
		askAfterAnyDays: given.ask_after_any_days ?? null,
		goal: goalOf(metric, given.goal ?? null),
		benchmarks: given.benchmarks ?? [],
		shareScore: given.share_score ?? false,
		openCases: given.open_cases ?? true,
		followUp: followUpOf(metric, given.follow_up ?? {}),
		createdAt: now,
		changes: 0,
	};
}

/**
 * A survey after a change. Its version rises when the metric or the display changes, or the question in the site's main language unless the call
 * says that it is the same question; nothing else makes a new version.
 */
export function changedSurvey(site: Site, survey: Survey, patch: SurveyPatch): Survey {
	const metric = patch.metric ?? survey.metric;
	const next: Survey = {
		...survey,
		metric,
		touchpoint: patch.touchpoint ?? survey.touchpoint,
		wording: patch.wording ?? survey.wording,
		drivers: patch.drivers ? knownDrivers(patch.drivers) : survey.drivers,
		theme: patch.theme ?? survey.theme,
		active: patch.active ?? survey.active,
		display: displayOf(metric, patch.display ?? survey.display),
		placement: patch.placement ?? survey.placement,
		sampling: patch.sampling ?? survey.sampling,
		askAgainDays: patch.ask_again_days ?? survey.askAgainDays,
		askAfterAnyDays: patch.ask_after_any_days === undefined ? survey.askAfterAnyDays : patch.ask_after_any_days,
		goal: goalOf(metric, patch.goal === undefined ? survey.goal : patch.goal),
		benchmarks: patch.benchmarks ?? survey.benchmarks,
		shareScore: patch.share_score ?? survey.shareScore,
		openCases: patch.open_cases ?? survey.openCases,
		followUp: patch.follow_up ? followUpOf(metric, patch.follow_up) : keptRules(metric, survey.followUp),
	};
	const reworded = questionOf(site, next) !== questionOf(site, survey) && !patch.same_question;
	const redrawn = next.display !== survey.display;
	return metric !== survey.metric || reworded || redrawn ? { ...next, version: survey.version + 1 } : next;
}

/** What a survey asks in the site's main language: the owner's words, or ours. */
export function questionOf(site: Site, survey: Survey): string {
	return survey.wording[site.locale]?.question ?? LOCALES[site.locale].question[survey.metric];
}

/** Refuses pictures where there are no five scores to draw. */
function displayOf(metric: MetricName, display: Display): Display {
	if (metric !== "csat" && display !== "numbers") throw ApiError.invalid("display", `must be numbers for ${metric}`);
	return display;
}

/** Refuses a goal that the metric's score can never be. */
function goalOf(metric: MetricName, goal: number | null): number | null {
	const { min, max } = boundsOf(metric);
	if (goal !== null && (goal < min || goal > max)) throw ApiError.invalid("goal", `must be ${min} to ${max} for ${metric}`);
	return goal;
}

/** Refuses a rule for a group that the metric does not have, and the same offer twice to one of them. */
function followUpOf(metric: MetricName, rules: FollowUpRules): FollowUpRules {
	const groups = followUpGroups(metric);
	for (const [group, { kind }] of Object.entries(rules)) {
		if (!groups.some((known) => known === group))
			throw ApiError.invalid(`follow_up.${group}`, `must be left out: ${metric} has the groups ${groups.join(", ")}`);
		if (kind === "callback" && group !== EVERYONE && rules[EVERYONE]?.kind === "callback")
			throw ApiError.invalid(`follow_up.${group}.kind`, "must not be callback where everyone is offered one");
	}
	return rules;
}

/** The rules that still stand after another metric was chosen: those of groups by the same name. */
function keptRules(metric: MetricName, rules: FollowUpRules): FollowUpRules {
	const groups: readonly string[] = followUpGroups(metric);
	return Object.fromEntries(Object.entries(rules).filter(([group]) => groups.includes(group)));
}

/** Refuses a chip that nobody has words for, and one named twice. */
function knownDrivers(drivers: readonly Driver[]): readonly Driver[] {
	for (const [i, { id, labels }] of drivers.entries()) {
		if (!labels && !DRIVER_IDS.some((known) => known === id))
			throw ApiError.invalid(`drivers.${i}.labels`, `must be given for a reason other than ${DRIVER_IDS.join(", ")}`);
		if (drivers.findIndex((driver) => driver.id === id) < i) throw ApiError.invalid(`drivers.${i}.id`, "must be named once");
	}
	return drivers;
}
