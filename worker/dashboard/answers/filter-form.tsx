import type { Child } from "hono/jsx";
import { isDay } from "../../../shared/day.ts";
import { LOCALE_CODES } from "../../../shared/locales/index.ts";
import { METRIC_NAMES } from "../../../shared/metrics.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { Fault } from "../../api-error.ts";
import { segmentsOf } from "../../score-scope.ts";
import type { Site } from "../../site.ts";
import { controlProps, Field } from "../field.tsx";
import type { Reader } from "../reader.ts";
import { keyName, segmentName, valueName } from "../segment-name.ts";
import { addressOf, FILTERS, type FilterName, type Filters, spelled } from "./filters.ts";
import type { Names } from "./names.ts";
import * as words from "./words.ts";

const { labels } = words.filters;

interface Props {
	readonly filters: Filters;
	readonly faults: readonly Fault[];
	readonly surveys: readonly SurveyView[];
	readonly site: Site;
	readonly names: Names;
}

/** What answers can be found by, as a form that only reads. On a phone all but the words is folded away. */
export function FilterForm({ filters, faults, surveys, site, names }: Props) {
	const asked = METRIC_NAMES.filter((metric) => surveys.some((survey) => survey.metric === metric));
	const folded = FILTERS.filter((name) => name !== "q" && filters[name] !== undefined).length;
	const field = (name: FilterName, control: Child) => (
		<Field name={name} label={labels[name]} faults={faults}>
			{control}
		</Field>
	);
	const choice = (name: FilterName, all: string, options: Child) =>
		field(
			name,
			<select {...controlProps(name, faults)}>
				<option value="">{all}</option>
				{options}
			</select>,
		);
	const option = (name: FilterName, value: string, label: string) => (
		<option value={value} selected={value === (name === "group" ? spelled(filters.group, filters, surveys) : filters[name])}>
			{label}
		</option>
	);
	return (
		<search aria-label={words.filters.name}>
			<form method="get" action="/app/answers" class="card filters">
				<div class="filter-words">
					{field("q", <input {...controlProps("q", faults)} type="search" maxlength={100} value={filters.q ?? ""} />)}
					<button type="submit">{words.filters.show}</button>
				</div>
				<details open={faults.some(({ field }) => field !== "q")}>
					<summary>
						{words.filters.more}
						{folded > 0 ? <span class="quiet"> ({words.filters.set(folded)})</span> : null}
					</summary>
					<div class="filter-grid">
						{choice(
							"survey",
							words.filters.allSurveys,
							surveys.map(({ slug }) => option("survey", slug, slug)),
						)}
						{choice(
							"group",
							words.filters.anyScore,
							<>
								{option("group", "low", words.filters.low)}
								{asked.map((metric) => (
									<optgroup label={words.metrics[metric]}>
										{Object.entries(words.groups[metric]).map(([name, [, label]]) => option("group", `${metric}.${name}`, label))}
									</optgroup>
								))}
							</>,
						)}
						{choice(
							"commented",
							words.filters.anyComment,
							Object.entries(words.filters.commented).map(([value, label]) => option("commented", value, label)),
						)}
						{choice(
							"driver",
							words.filters.all,
							names.drivers.map(([id, name]) => option("driver", id, name)),
						)}
						{choice(
							"segment",
							words.filters.all,
							[...segmentsOf(site)]
								.filter(([key]) => key !== "locale")
								.map(([key, values]) => (
									<optgroup label={keyName(key)}>
										{values.map((value) => option("segment", `${key}:${value}`, valueName(key, value)))}
									</optgroup>
								)),
						)}
						{choice(
							"locale",
							words.filters.all,
							<>
								<optgroup label={words.filters.own}>
									{site.locales.map((code) => option("locale", code, valueName("locale", code)))}
								</optgroup>
								<optgroup label={words.filters.otherLanguages}>
									{LOCALE_CODES.filter((code) => !site.locales.includes(code))
										.map((code) => [code, valueName("locale", code)] as const)
										.sort(([, a], [, b]) => a.localeCompare(b, "en"))
										.map(([code, name]) => option("locale", code, name))}
								</optgroup>
							</>,
						)}
						{choice(
							"verified",
							words.filters.anybody,
							Object.entries(words.filters.verified).map(([value, label]) => option("verified", value, label)),
						)}
						{field("from", <input {...controlProps("from", faults)} type="date" value={dayIn(filters.from)} />)}
						{field("to", <input {...controlProps("to", faults)} type="date" value={dayIn(filters.to)} />)}
					</div>
				</details>
			</form>
		</search>
	);
}

/** A day as a field takes it; what is none stays out of it. */
const dayIn = (text = "") => (isDay(text) ? text : "");

interface SetProps {
	readonly filters: Filters;
	readonly surveys: readonly SurveyView[];
	readonly names: Names;
	readonly reader: Reader;
}

/** The filters that are set, each a link to the list without it. */
export function FiltersSet({ filters, surveys, names, reader }: SetProps) {
	const set = FILTERS.filter((name) => filters[name] !== undefined);
	if (set.length === 0) return null;
	return (
		<ul class="choice filters-set">
			{set.map((name) => {
				const { [name]: value = "", ...others } = filters;
				const says = sayingOf(name, value, { filters, surveys, names, reader });
				return (
					<li>
						<a href={addressOf("/app/answers", others)} aria-label={words.filters.drop(says)}>
							<bdi>{says}</bdi> <span aria-hidden="true">×</span>
						</a>
					</li>
				);
			})}
			<li>
				<a href="/app/answers">{words.filters.clear}</a>
			</li>
		</ul>
	);
}

/** What a filter that is set says. */
function sayingOf(name: FilterName, value: string, { filters, surveys, names, reader }: SetProps): string {
	switch (name) {
		case "q":
			return `“${value}”`;
		case "survey":
			return value;
		case "group": {
			const [metric, group] = spelled(value, filters, surveys)?.split(".") ?? [];
			if (metric === "low") return words.filters.low;
			const known = METRIC_NAMES.find((each) => each === metric);
			return (known && words.groups[known][group ?? ""]?.[1]) ?? value;
		}
		case "commented":
		case "verified":
			return words.filters[name][value] ?? value;
		case "driver":
			return names.driver(value);
		case "locale":
			return valueName("locale", value);
		case "segment":
			return segmentName(value);
		case "from":
		case "to":
			return `${labels[name]} ${isDay(value) ? reader.day(value) : value}`;
	}
}
