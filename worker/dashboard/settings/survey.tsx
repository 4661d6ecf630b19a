import { type Context, Hono } from "hono";
import { isLocale, type Locale } from "../../../shared/locales/index.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { Done, Faults } from "../field.tsx";
import { languageName } from "../language-name.ts";
import { settingsPage } from "./frame.tsx";
import { PreviewFrame } from "./preview-frame.tsx";
import { controlOf, draftOf, formOf } from "./survey-draft.ts";
import { SurveyForm } from "./survey-form.tsx";
import { metricWords, surveysWords, surveyWords } from "./survey-words.ts";
import { VersionChoice } from "./version-choice.tsx";
import { WORDS } from "./words.ts";

const SAY = surveyWords;

/** One survey: its words in one language at a time, its look, when it is asked and what it is held against. */
export const surveyPages = new Hono<AppEnv>();

surveyPages.get("/app/settings/surveys/:survey", async (c) => {
	const survey = await readSurvey(c);
	const locale = localeOf(c, c.req.query("locale"));
	return surveyPage(c, { survey, locale, form: formOf(survey, locale) });
});

surveyPages.post("/app/settings/surveys/:survey", async (c) => {
	const form = c.get("form");
	const survey = await readSurvey(c);
	const locale = localeOf(c, form.get("locale") ?? undefined);
	const decision = form.get("decision");
	const change = {
		...draftOf(form, survey, locale),
		...(decision === "same" ? { same_question: true } : {}),
		...(decision === "new" ? {} : { expected_version: Number(form.get("version")) || survey.version }),
	};
	try {
		await c.get("api").send<SurveyView>("PATCH", `/v1/surveys/${survey.slug}`, change);
		return c.redirect(`/app/settings/surveys/${survey.slug}?locale=${locale}&done`, 303);
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		const undecided = error.faults.some(({ field }) => field === "expected_version");
		const faults = undecided ? [] : error.faults.map(({ field, detail }) => ({ field: controlOf(form, field), detail }));
		return surveyPage(c, { survey, locale, form, faults, undecided });
	}
});

interface Shown {
	readonly survey: SurveyView;
	readonly locale: Locale;
	readonly form: URLSearchParams;
	readonly faults?: readonly Fault[];
	/** The change would make a new version, and nobody has said that it shall. */
	readonly undecided?: boolean;
}

function surveyPage(c: Context<AppEnv>, { survey, locale, form, faults = [], undecided = false }: Shown) {
	const site = c.get("site");
	const address = `/app/settings/surveys/${survey.slug}`;
	const languages = [...new Set([site.locale, ...site.locales, locale])];
	return settingsPage(c, {
		part: "/app/settings/surveys",
		title: survey.slug,
		rights: { script: true, frames: true },
		status: undecided ? 409 : faults.length > 0 ? 400 : 200,
		body: (
			<>
				{c.req.query("done") === undefined ? null : <Done>{WORDS.saved}</Done>}
				{c.req.query("made") === undefined ? null : <Done>{surveysWords.made}</Done>}
				<Faults faults={faults} />
				<p class="row">
					<span class="tag">{metricWords[survey.metric]}</span>
					<span>
						{surveysWords.version} {survey.version}
					</span>
					<a href={`${address}/baselines`}>{surveysWords.baselines}</a>
				</p>
				<div class="beside">
					<form method="post" action={address} id="survey">
						<input type="hidden" name="survey" value={survey.slug} />
						<input type="hidden" name="locale" value={locale} />
						<input type="hidden" name="version" value={survey.version} />
						{undecided ? <VersionChoice survey={survey} form={form} /> : null}
						<section class="card">
							<h2>{SAY.language}</h2>
							<p class="hint">{SAY.languageHint}</p>
							<ul class="choice">
								{languages.map((code) => (
									<li>
										<a href={`${address}?locale=${code}`} lang={code} aria-current={code === locale ? "page" : undefined}>
											{languageName(code)}
										</a>
									</li>
								))}
							</ul>
						</section>
						<SurveyForm survey={survey} locale={locale} form={form} faults={faults} />
					</form>
					<PreviewFrame
						form="survey"
						csrf={c.get("visitor").csrf}
						save={WORDS.save}
						src={`/app/preview?${new URLSearchParams({ survey: survey.slug, locale })}`}
					/>
				</div>
			</>
		),
	});
}

function readSurvey(c: Context<AppEnv>): Promise<SurveyView> {
	return c.get("api").get<SurveyView>(`/v1/surveys/${encodeURIComponent(c.req.param("survey") ?? "")}`);
}

function localeOf(c: Context<AppEnv>, named: string | undefined): Locale {
	return named && isLocale(named) ? named : c.get("site").locale;
}
