import type { Context } from "hono";
import { DISPLAYS, PLACEMENTS } from "../../../shared/display.ts";
import type { SiteView } from "../../../shared/site-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import type { Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { questionWords } from "../../widget-words.ts";
import { controls } from "../controls.tsx";
import { Done, Faults } from "../field.tsx";
import { page } from "../page.tsx";
import { PreviewFrame } from "../settings/preview-frame.tsx";
import { Secret } from "../settings/secret.tsx";
import { placementWords } from "../settings/survey-words.ts";
import { Steps } from "./steps.tsx";
import { WORDS } from "./words.ts";

const SAY = WORDS.question;

/** The colour that the widget has by itself. */
const USUAL_ACCENT = "#4267e0";

interface Shown {
	readonly form?: URLSearchParams;
	readonly faults?: readonly Fault[];
	/** The first key of a site made a moment ago. */
	readonly secret?: string;
}

/** The second step: which question is asked and how it looks, with the widget itself beside it. */
export async function questionPage(c: Context<AppEnv>, { form, faults = [], secret }: Shown) {
	const api = c.get("api");
	const [site, { surveys }] = await Promise.all([
		api.get<SiteView>("/v1/site"),
		api.get<{ surveys: SurveyView[] }>("/v1/surveys"),
	]);
	const usual = surveys.find(({ slug }) => slug === site.default_survey);
	const shown = form ?? (usual ? formOf(site, usual) : new URLSearchParams());
	const survey = shown.get("survey") ?? site.default_survey;
	const { area, radios } = controls(shown, faults);
	const choices = surveys
		.filter(({ active }) => active)
		.sort((a, b) => rankOf(a) - rankOf(b))
		.map((each) => [each.slug, <Kind c={c} survey={each} />] as const);
	return page(c, {
		title: SAY.title,
		rights: { script: true, frames: true },
		status: faults.length > 0 ? 400 : 200,
		body: (
			<>
				<Steps at={1} />
				{secret === undefined ? null : (
					<>
						<Done>{SAY.made}</Done>
						<Secret label={SAY.key} value={secret} />
					</>
				)}
				<Faults faults={faults} />
				<div class="beside">
					<form method="post" class="card" id="question-form" action="/app/set-up/question">
						<input type="hidden" name="locale" value={site.locale} />
						{radios("survey", SAY.which, choices)}
						{area("question", SAY.question, {
							hint: SAY.questionHint,
							attributes: { maxlength: 200, lang: site.locale, dir: "auto" },
						})}
						{radios(
							"csat-display",
							SAY.display,
							DISPLAYS.map((name) => [name, SAY.displays[name]] as const),
						)}
						{radios("accent-from", SAY.accent, [
							["usual", SAY.usual],
							["own", SAY.own],
						])}
						<input
							type="color"
							name="theme-accent"
							aria-label={SAY.colour}
							class="field"
							value={shown.get("theme-accent") || USUAL_ACCENT}
						/>
						{radios(
							"placement",
							SAY.placement,
							PLACEMENTS.map((name) => [name, placementWords[name]] as const),
						)}
					</form>
					<PreviewFrame
						form="question-form"
						csrf={c.get("visitor").csrf}
						save={SAY.next}
						src={`/app/preview?${new URLSearchParams({ survey, locale: site.locale })}`}
					/>
				</div>
			</>
		),
	});
}

/** A survey to choose: its kind, or its name where it is one of the owner's own, and what it asks. */
function Kind({ c, survey }: { c: Context<AppEnv>; survey: SurveyView }) {
	const site = c.get("site");
	const known: Readonly<Record<string, string>> = SAY.kinds;
	return (
		<>
			{survey.slug === survey.metric ? known[survey.metric] : survey.slug}
			<br />
			<bdi class="quiet" lang={site.locale}>
				{questionWords(site, survey, site.locale).question}
			</bdi>
		</>
	);
}

/** The three that every site has come first, the one for an order before the others. */
function rankOf({ slug }: SurveyView): number {
	return ["csat", "nps", "ces"].indexOf(slug) >>> 0;
}

function formOf(site: SiteView, survey: SurveyView): URLSearchParams {
	const accent = survey.theme["--afterword-accent"] ?? "";
	return new URLSearchParams({
		survey: survey.slug,
		question: survey.wording[site.locale]?.question ?? "",
		"csat-display": survey.display,
		placement: survey.placement,
		"accent-from": accent ? "own" : "usual",
		"theme-accent": /^#[0-9a-f]{6}$/i.test(accent) ? accent : USUAL_ACCENT,
	});
}
