import { DISPLAYS, PLACEMENTS } from "../../../shared/display.ts";
import { DRIVER_IDS } from "../../../shared/drivers.ts";
import { DRIVERS_PER_SURVEY } from "../../../shared/limits.ts";
import { LOCALES, type Locale } from "../../../shared/locales/index.ts";
import type { Strings } from "../../../shared/locales/strings.ts";
import { METRIC_NAMES, METRICS } from "../../../shared/metrics.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { Fault } from "../../api-error.ts";
import { daysAfterAny } from "../../days-after-any.ts";
import { controls } from "../controls.tsx";
import { AfterThanks } from "./after-thanks.tsx";
import { rowsToShow } from "./rows.ts";
import { BENCHMARKS_PER_SURVEY, LEVELS, TEXTS, themeNames } from "./survey-draft.ts";
import { displayWords, metricWords, placementWords, surveyWords, textWords, themeWords } from "./survey-words.ts";

const SAY = surveyWords;

interface Props {
	readonly survey: SurveyView;
	readonly locale: Locale;
	/** What the controls show. */
	readonly form: URLSearchParams;
	readonly faults: readonly Fault[];
}

/** A part of the form, and the controls it is made of. */
export type Part = Props & { readonly make: ReturnType<typeof controls> };

/** Texts that stand on a button or a link. */
const SHORT = ["done", "dismiss", "review", "contact", "request"] as const;

/** Everything that can be set of a survey, with the words of one language. What is left empty shows what is said then. */
export function SurveyForm(props: Props) {
	const part = { ...props, make: controls(props.form, props.faults) };
	return (
		<>
			<Asked {...part} />
			<Reasons {...part} />
			<AfterThanks {...part} />
			<Look {...part} />
			<When {...part} />
			<HeldAgainst {...part} />
		</>
	);
}

function Asked({ survey, locale, form, faults, make }: Part) {
	const ours: Strings = LOCALES[locale];
	const metric = METRIC_NAMES.find((name) => name === form.get("metric")) ?? survey.metric;
	const [low, high] = ours.ends[metric];
	const { min, max } = METRICS[metric];
	const words = { lang: locale, dir: ours.direction };
	const usual = (name: (typeof TEXTS)[number]) => (name === "shared" ? ours.shared[metric] : ours[name]);
	return (
		<section class="card">
			<h2>{SAY.what}</h2>
			<p class="hint">{SAY.versions}</p>
			{make.radios(
				"metric",
				SAY.metric,
				METRIC_NAMES.map((name) => [name, metricWords[name]] as const),
			)}
			{make.area("question", SAY.question, {
				hint: SAY.questionHint,
				attributes: { ...words, maxlength: 200, placeholder: ours.question[metric] },
			})}
			<div class="pair">
				{make.text("low", `${SAY.low} (${min})`, { attributes: { ...words, maxlength: 60, placeholder: low } })}
				{make.text("high", `${SAY.high} (${max})`, { attributes: { ...words, maxlength: 60, placeholder: high } })}
			</div>
			<details open={wrongIn(faults, ["level-", ...TEXTS])}>
				<summary>{SAY.words}</summary>
				<p class="hint">{SAY.levelsHint}</p>
				{LEVELS.map((level) =>
					make.text(`level-${level}`, SAY.level(level + 2), {
						attributes: { ...words, maxlength: 60, placeholder: ours.levels[level] },
					}),
				)}
				{TEXTS.map((name) =>
					make.text(name, textWords[name], {
						attributes: { ...words, maxlength: SHORT.some((short) => short === name) ? 60 : 200, placeholder: usual(name) },
					}),
				)}
			</details>
		</section>
	);
}

function Reasons({ survey, locale, form, make }: Part) {
	const { drivers, direction }: Strings = LOCALES[locale];
	const chosen = survey.drivers.map(({ id }) => id);
	const own = chosen.filter((id) => !DRIVER_IDS.some((known) => known === id));
	const labelOf = (id: string) => Object.values(survey.drivers.find((driver) => driver.id === id)?.labels ?? {})[0] ?? id;
	const options = [
		["", SAY.none] as const,
		...DRIVER_IDS.map((id) => [id, drivers[id]] as const),
		...own.map((id) => [id, labelOf(id)] as const),
	];
	return (
		<section class="card">
			<h2>{SAY.reasonsTitle}</h2>
			<p class="hint" id="f-drivers">
				{SAY.reasonsHint}
			</p>
			{rowsToShow(form, "driver", DRIVERS_PER_SURVEY, 2).map((i) => (
				<div class="pair">
					{make.select(`driver-${i}-id`, SAY.reason(i + 1), options)}
					{make.text(`driver-${i}-label`, SAY.label(i + 1), { attributes: { lang: locale, dir: direction, maxlength: 60 } })}
				</div>
			))}
		</section>
	);
}

function Look({ survey, faults, make }: Part) {
	return (
		<section class="card">
			<h2>{SAY.look}</h2>
			{make.radios(
				"display",
				SAY.display,
				DISPLAYS.map((name) => [name, displayWords[name]] as const),
			)}
			{make.radios(
				"placement",
				SAY.placement,
				PLACEMENTS.map((name) => [name, placementWords[name]] as const),
			)}
			<details open={wrongIn(faults, ["theme"])}>
				<summary id="f-theme">{SAY.theme}</summary>
				<p class="hint">{SAY.themeHint}</p>
				{themeNames(survey).map((name) =>
					make.text(`theme-${name}`, themeWords[name] ?? name, {
						attributes: { maxlength: 100, spellcheck: "false", dir: "ltr" },
					}),
				)}
			</details>
		</section>
	);
}

function When({ survey, make }: Part) {
	const usual = daysAfterAny({ askAgainDays: survey.ask_again_days, askAfterAnyDays: null });
	return (
		<section class="card">
			<h2>{SAY.when}</h2>
			{make.check("active", SAY.active)}
			{make.check("open_cases", SAY.cases)}
			{make.text("touchpoint", SAY.touchpoint, { hint: SAY.touchpointHint, attributes: { maxlength: 40, required: true } })}
			<div class="pair">
				{make.text("sampling", SAY.sampling, { attributes: { inputmode: "numeric", required: true } })}
				{make.text("ask_again_days", SAY.again, { hint: SAY.againHint, attributes: { inputmode: "numeric", required: true } })}
			</div>
			{make.text("ask_after_any_days", SAY.afterAny, {
				hint: SAY.afterAnyHint,
				attributes: { inputmode: "numeric", placeholder: usual },
			})}
		</section>
	);
}

function HeldAgainst({ form, faults, make }: Part) {
	return (
		<section class="card">
			<h2>{SAY.beside}</h2>
			{make.text("goal", SAY.goal, { hint: SAY.goalHint, attributes: { inputmode: "text" } })}
			{make.check("share_score", SAY.share)}
			<details open={wrongIn(faults, ["benchmark"])}>
				<summary id="f-benchmarks">{SAY.benchmarks}</summary>
				<p class="hint">{SAY.benchmarksHint}</p>
				{rowsToShow(form, "benchmark", BENCHMARKS_PER_SURVEY, 1).map((i) => (
					<fieldset class="benchmark">
						{(["value", "source", "year", "country", "url"] as const).map((part) =>
							make.text(`benchmark-${i}-${part}`, SAY.benchmark[part](i + 1), { attributes: { dir: "auto" } }),
						)}
					</fieldset>
				))}
			</details>
		</section>
	);
}

/** Whether something is wrong with a control whose name begins so: then its part stands open. */
function wrongIn(faults: readonly Fault[], names: readonly string[]): boolean {
	return faults.some(({ field }) => names.some((name) => field.startsWith(name)));
}
