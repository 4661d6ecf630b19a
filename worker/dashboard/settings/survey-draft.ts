import { DRIVER_IDS } from "../../../shared/drivers.ts";
import { EVERYONE, followUpGroups } from "../../../shared/follow-up-rules.ts";
import { DRIVERS_PER_SURVEY } from "../../../shared/limits.ts";
import type { Locale } from "../../../shared/locales/index.ts";
import { METRIC_NAMES } from "../../../shared/metrics.ts";
import type { SurveyView, Wording } from "../../../shared/survey-contract.ts";
import { onAccent } from "./on-accent.ts";
import { rowsOf } from "./rows.ts";

/** The texts around the question and its scale. */
export const TEXTS = [
	"reasons",
	"comment",
	"done",
	"dismiss",
	"saved",
	"thanks",
	"waiting",
	"refused",
	"answered",
	"review",
	"contact",
	"callback",
	"request",
	"requested",
	"closed",
	"script",
	"shared",
] as const satisfies readonly (keyof Wording)[];

/** Everything of a survey's wording that is one line. */
export const WORDS = ["question", "low", "high", ...TEXTS] as const satisfies readonly (keyof Wording)[];

/** The scores of csat that have a name of their own where they are pictures, by their place in `levels`. */
export const LEVELS = [0, 1, 2] as const;

/** What is a number, or empty. */
const NUMBERS = ["sampling", "ask_again_days", "ask_after_any_days", "goal"] as const;

/** The custom properties that the form offers, without what they all begin with. */
export const THEME = ["accent", "on-accent", "background", "text", "border", "radius", "font"] as const;

const THEME_PREFIX = "--afterword-";

/** Benchmarks a survey may have. */
export const BENCHMARKS_PER_SURVEY = 10;

const BENCHMARK_PARTS = ["value", "source", "year", "country", "url"] as const;

/** A survey as its form shows it, with the words of one language. */
export function formOf(survey: SurveyView, locale: Locale): URLSearchParams {
	const form = new URLSearchParams({ survey: survey.slug, locale });
	const set = (name: string, value: string | number | null | undefined) => form.set(name, value == null ? "" : String(value));
	for (const name of ["metric", "touchpoint", "display", "placement", ...NUMBERS] as const) set(name, survey[name]);
	for (const name of ["active", "open_cases", "share_score"] as const) set(name, survey[name] ? "on" : "off");
	const words = survey.wording[locale];
	for (const name of WORDS) set(name, words?.[name]);
	for (const level of LEVELS) set(`level-${level}`, words?.levels?.[level]);
	for (const name of themeNames(survey)) set(`theme-${name}`, survey.theme[THEME_PREFIX + name]);
	for (const group of followUpGroups(survey.metric)) {
		const rule = survey.follow_up[group];
		set(`after-${group}-kind`, rule?.kind ?? "none");
		set(`after-${group}-url`, rule?.kind === "link" ? rule.url : "");
		set(`after-${group}-label`, rule?.kind === "link" ? rule.labels?.[locale] : "");
	}
	for (const [i, { id, labels }] of survey.drivers.entries()) {
		set(`driver-${i}-id`, id);
		set(`driver-${i}-label`, labels?.[locale]);
	}
	for (const [i, benchmark] of survey.benchmarks.entries())
		for (const part of BENCHMARK_PARTS) set(`benchmark-${i}-${part}`, benchmark[part]);
	return form;
}

/** The custom properties to show: those offered, and others that the survey has by the API. */
export function themeNames({ theme }: SurveyView): string[] {
	return [...new Set([...THEME, ...Object.keys(theme).map((name) => name.slice(THEME_PREFIX.length))])];
}

/**
 * The change that a form asks for, as `PATCH /v1/surveys/{survey}` takes it, unchecked. What the form has no control for stays, the
 * words of other languages too.
 */
export function draftOf(form: URLSearchParams, survey: SurveyView, locale: Locale): Record<string, unknown> {
	const draft: Record<string, unknown> = {};
	for (const name of ["metric", "touchpoint", "display", "placement"]) if (form.has(name)) draft[name] = form.get(name);
	for (const name of NUMBERS) if (form.has(name)) draft[name] = numberOf(form.get(name) ?? "");
	for (const name of ["active", "open_cases", "share_score"]) if (form.has(name)) draft[name] = form.getAll(name).at(-1) === "on";
	// Set-up asks for the display before it is known which survey is meant.
	if (form.has("csat-display") && survey.metric === "csat") draft["display"] = form.get("csat-display");
	return {
		...draft,
		...wordingIn(form, survey, locale),
		...themeIn(form, survey),
		...driversIn(form, survey, locale),
		...benchmarksIn(form),
		...followUpIn(form, survey, locale),
	};
}

/** The form's name of a field that the API finds fault with. */
export function controlOf(form: URLSearchParams, field: string): string {
	const [list = "", second = "", third = "", fourth = ""] = field.split(".");
	if (list === "wording") return third === "levels" ? `level-${fourth || 0}` : third || "question";
	if (list === "theme") return `theme-${second.slice(THEME_PREFIX.length)}`;
	if (list === "follow_up") {
		const part = third === "labels" ? "label" : third || "kind";
		return `after-${second || EVERYONE}-${part}`;
	}
	const rows = {
		drivers: rowsOf(form, "driver", DRIVERS_PER_SURVEY),
		benchmarks: rowsOf(form, "benchmark", BENCHMARKS_PER_SURVEY),
	};
	const row = rows[list as keyof typeof rows]?.[Number(second)]?.index;
	if (row === undefined) return field;
	return list === "drivers" ? `driver-${row}-${third === "labels" ? "label" : "id"}` : `benchmark-${row}-${third || "value"}`;
}

/** A number as it was typed; null where nothing was. What is none stays text, for the API to refuse. */
export function numberOf(text: string): number | string | null {
	const typed = text.trim();
	if (typed === "") return null;
	const number = Number(typed.replace(",", "."));
	return Number.isFinite(number) ? number : typed;
}

function wordingIn(form: URLSearchParams, { wording }: SurveyView, locale: Locale): { wording?: unknown } {
	const said = (name: string) => (form.get(name) ?? "").trim();
	const words: Record<string, unknown> = { ...wording[locale] };
	const asked = WORDS.filter((name) => form.has(name));
	for (const name of asked) {
		if (said(name)) words[name] = said(name);
		else delete words[name];
	}
	const levels = LEVELS.map((level) => `level-${level}`);
	const hasLevels = levels.every((name) => form.has(name));
	if (hasLevels) {
		if (levels.some(said)) words["levels"] = levels.map(said);
		else delete words["levels"];
	}
	if (asked.length === 0 && !hasLevels) return {};
	const others = Object.entries(wording).filter(([code]) => code !== locale);
	const own = Object.keys(words).length > 0 ? [[locale, words] as const] : [];
	return { wording: Object.fromEntries([...others, ...own]) };
}

function themeIn(form: URLSearchParams, survey: SurveyView): { theme?: unknown } {
	const given = new Map(
		[...form].filter(([name]) => name.startsWith("theme-")).map(([name, value]) => [name.slice(6), value.trim()]),
	);
	const from = form.get("accent-from");
	if (from === "usual") given.set("accent", "").set("on-accent", "");
	if (from === "own") given.set("on-accent", onAccent(given.get("accent") ?? "") ?? "");
	if (given.size === 0) return {};
	const theme: Record<string, string> = { ...survey.theme };
	for (const [name, value] of given) {
		if (value) theme[THEME_PREFIX + name] = value;
		else delete theme[THEME_PREFIX + name];
	}
	return { theme };
}

/** The reasons of the rows: ours by their id, or one of the owner's own, which takes its id from its first label. */
function driversIn(form: URLSearchParams, survey: SurveyView, locale: Locale): { drivers?: unknown } {
	const rows = rowsOf(form, "driver", DRIVERS_PER_SURVEY);
	if (rows === null) return {};
	const taken = new Set([...DRIVER_IDS, ...rows.map(({ parts }) => parts["id"] ?? "")]);
	return {
		drivers: rows.map(({ parts: { id: chosen = "", label = "" } }) => {
			const id = chosen || freshId(label, taken);
			taken.add(id);
			const { [locale]: _, ...others } = survey.drivers.find((driver) => driver.id === id)?.labels ?? {};
			const labels = label ? { ...others, [locale]: label } : others;
			return Object.keys(labels).length > 0 ? { id, labels } : { id };
		}),
	};
}

/** An id for a reason of the owner's own: what can be kept of its label, told apart from those there are. */
function freshId(label: string, taken: ReadonlySet<string>): string {
	const plain = label
		.normalize("NFKD")
		.replace(/\p{M}/gu, "")
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, "-");
	const base = /[a-z][a-z0-9-]{0,23}/.exec(plain)?.[0].replace(/-+$/, "") ?? "reason";
	let id = base;
	for (let i = 2; taken.has(id); i++) id = `${base}-${i}`;
	return id;
}

function benchmarksIn(form: URLSearchParams): { benchmarks?: unknown } {
	const rows = rowsOf(form, "benchmark", BENCHMARKS_PER_SURVEY);
	if (rows === null) return {};
	return {
		benchmarks: rows.map(({ parts: { value = "", source = "", year = "", country = "", url = "" } }) => ({
			value: numberOf(value),
			source,
			year: numberOf(year),
			country: country.toUpperCase(),
			url: url || null,
		})),
	};
}

/** What the form offers to each group of its metric; the labels of other languages stay. */
function followUpIn(form: URLSearchParams, survey: SurveyView, locale: Locale): { follow_up?: unknown } {
	const metric = METRIC_NAMES.find((name) => name === form.get("metric")) ?? survey.metric;
	const said = (group: string, part: string) => (form.get(`after-${group}-${part}`) ?? "").trim();
	const groups = followUpGroups(metric).filter((group) => form.has(`after-${group}-kind`));
	if (groups.length === 0) return {};
	const rules = groups.flatMap((group) => {
		const kind = said(group, "kind");
		if (kind === "none") return [];
		if (kind !== "link") return [[group, { kind }] as const];
		const kept = survey.follow_up[group];
		const { [locale]: _, ...others } = (kept?.kind === "link" && kept.labels) || {};
		const label = said(group, "label");
		const labels = label ? { ...others, [locale]: label } : others;
		const some = Object.keys(labels).length > 0;
		return [[group, { kind, url: said(group, "url"), ...(some ? { labels } : {}) }] as const];
	});
	return { follow_up: Object.fromEntries(rules) };
}
