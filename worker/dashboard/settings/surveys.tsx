import { type Context, Hono } from "hono";
import { METRIC_NAMES } from "../../../shared/metrics.ts";
import type { SiteView } from "../../../shared/site-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { questionWords } from "../../widget-words.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Faults } from "../field.tsx";
import { Table } from "../table.tsx";
import { settingsPage } from "./frame.tsx";
import { controlOf } from "./survey-draft.ts";
import { metricWords, surveysWords, surveyWords } from "./survey-words.ts";

const SAY = surveysWords;

/** The site's surveys, and new ones. */
export const surveysPages = new Hono<AppEnv>();

surveysPages.get("/app/settings/surveys", async (c) => {
	const { surveys, usual } = await surveysOf(c);
	return settingsPage(c, {
		part: "/app/settings/surveys",
		title: SAY.title,
		body: (
			<>
				<p class="quiet">{SAY.intro}</p>
				<Table label={SAY.title} head={[SAY.survey, SAY.asks, { figure: SAY.version }, SAY.state]}>
					{surveys.map((survey) => (
						<SurveyRow c={c} survey={survey} usual={survey.slug === usual} />
					))}
				</Table>
				<p>
					<a class="button" href="/app/settings/new-survey">
						{SAY.add}
					</a>
				</p>
			</>
		),
	});
});

surveysPages.get("/app/settings/new-survey", (c) => newSurveyPage(c, new URLSearchParams({ metric: "csat" }), []));

surveysPages.post("/app/settings/new-survey", async (c) => {
	const form = c.get("form");
	const said = (name: string) => (form.get(name) ?? "").trim();
	const question = said("question");
	const touchpoint = said("touchpoint");
	try {
		const { slug } = await c.get("api").send<SurveyView>("POST", "/v1/surveys", {
			slug: said("slug"),
			metric: said("metric"),
			...(question ? { wording: { [c.get("site").locale]: { question } } } : {}),
			...(touchpoint ? { touchpoint } : {}),
		});
		return c.redirect(`/app/settings/surveys/${slug}?made`, 303);
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		return newSurveyPage(
			c,
			form,
			error.faults.map(({ field, detail }) => ({ field: controlOf(form, field), detail })),
		);
	}
});

function newSurveyPage(c: Context<AppEnv>, form: URLSearchParams, faults: readonly Fault[]) {
	const { text, area, radios } = controls(form, faults);
	return settingsPage(c, {
		part: "/app/settings/surveys",
		title: SAY.addTitle,
		status: faults.length > 0 ? 400 : 200,
		body: (
			<form method="post" action="/app/settings/new-survey" class="card narrow">
				<Faults faults={faults} />
				<CsrfField token={c.get("visitor").csrf} />
				{text("slug", surveysWords.slug, {
					hint: SAY.slugHint,
					attributes: { required: true, maxlength: 32, spellcheck: "false" },
				})}
				{radios(
					"metric",
					surveyWords.metric,
					METRIC_NAMES.map((name) => [name, metricWords[name]] as const),
				)}
				{area("question", surveyWords.question, { hint: surveyWords.questionHint, attributes: { maxlength: 200 } })}
				{text("touchpoint", surveyWords.touchpoint, { hint: surveyWords.touchpointHint, attributes: { maxlength: 40 } })}
				<button type="submit">{SAY.make}</button>
			</form>
		),
	});
}

function SurveyRow({ c, survey, usual }: { c: Context<AppEnv>; survey: SurveyView; usual: boolean }) {
	const site = c.get("site");
	return (
		<tr>
			<th scope="row">
				<a href={`/app/settings/surveys/${survey.slug}`}>{survey.slug}</a>
			</th>
			<td>
				<bdi>{questionWords(site, survey, site.locale).question}</bdi>
			</td>
			<td class="number">{survey.version}</td>
			<td>
				{usual ? <span class="tag">{SAY.usual}</span> : null}{" "}
				<span class={survey.active ? "tag good" : "tag warn"}>{survey.active ? SAY.active : SAY.inactive}</span>
			</td>
		</tr>
	);
}

async function surveysOf(c: Context<AppEnv>): Promise<{ surveys: SurveyView[]; usual: string }> {
	const api = c.get("api");
	const [{ surveys }, site] = await Promise.all([
		api.get<{ surveys: SurveyView[] }>("/v1/surveys"),
		api.get<SiteView>("/v1/site"),
	]);
	return { surveys, usual: site.default_survey };
}
