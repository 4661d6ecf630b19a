import { type Context, Hono } from "hono";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import type { SiteView } from "../../../shared/site-contract.ts";
import type { SurveysReply, SurveyView } from "../../../shared/survey-contract.ts";
import type { AppEnv } from "../../env.ts";
import { Done } from "../field.tsx";
import { settingsPage } from "../settings/frame.tsx";
import { siteWords } from "../settings/site-words.ts";
import { Platforms } from "./platforms.tsx";
import { Steps } from "./steps.tsx";
import { WORDS } from "./words.ts";

const SAY = WORDS.tag;

/** Seconds between two looks for the first question and the first answer. */
const AGAIN_S = 5;

/** Where the shop's addresses are set. */
const ORIGINS = "/app/settings#f-origins";

/** How far a site has come: nothing yet, its question was seen, it was answered. */
type Stage = 0 | 1 | 2;

/** The third step of set-up, and later the way back to the tag: what to paste, and whether it works. */
export const tag = new Hono<AppEnv>();

tag.get("/app/set-up/tag", async (c) => {
	const api = c.get("api");
	const [site, stage] = await Promise.all([api.get<SiteView>("/v1/site"), stageOf(c)]);
	const [survey, mail] = await Promise.all([
		api.get<SurveyView>(`/v1/surveys/${site.default_survey}`),
		mailOf(c, site.default_survey),
	]);
	const { origin } = new URL(c.req.url);
	return settingsPage(c, {
		part: "/app/set-up/tag",
		title: SAY.title,
		rights: { script: true },
		...(stage < 2 ? { again: AGAIN_S } : {}),
		body: (
			<>
				{stage < 2 ? <Steps at={2} /> : null}
				{site.origins.length === 0 ? <NoOrigins /> : null}
				{site.origins.length === 0 && stage === 2 ? null : <Progress stage={stage} />}
				<p>{SAY.intro}</p>
				<Platforms origin={origin} publicKey={site.public_key} survey={survey.slug} mail={mail} />
				<section class="card">
					{site.origins.length === 0 ? null : (
						<p>
							{SAY.origins} <bdi>{site.origins.join(", ")}</bdi> <a href={ORIGINS}>{SAY.change}</a>
						</p>
					)}
					<p>
						<a href={`/s/${site.public_key}/${survey.slug}`}>{SAY.look}</a>
					</p>
				</section>
			</>
		),
	});
});

/** For the page's script: whether something has come since it was made. */
tag.get("/app/set-up/seen", async (c) => {
	const stage = await stageOf(c);
	return c.json({ text: stage === 2 ? SAY.answered : SAY.waiting[stage], reload: String(stage) !== c.req.query("stage") });
});

function NoOrigins() {
	return (
		<p class="notice">
			{siteWords.noOrigins} <a href={ORIGINS}>{SAY.addOrigin}</a>
		</p>
	);
}

function Progress({ stage }: { stage: Stage }) {
	if (stage === 2)
		return (
			<Done>
				{SAY.answered}. <a href="/app/">{SAY.overview}</a>
			</Done>
		);
	return (
		<div class="notice waiting">
			<p>
				<output data-live={`/app/set-up/seen?stage=${stage}`} data-every={AGAIN_S}>
					{SAY.waiting[stage]}
				</output>
			</p>
			<p>{SAY.check}</p>
		</div>
	);
}

/** Whether the site has ever asked, and was answered lately: the waiting page looks every few seconds, so it must read little. */
async function stageOf(c: Context<AppEnv>): Promise<Stage> {
	const api = c.get("api");
	const [{ surveys }, { scores }] = await Promise.all([
		api.get<SurveysReply>("/v1/surveys"),
		api.get<{ scores: SurveyScore[] }>("/v1/scores?window=30d&verified=all&versions=all"),
	]);
	if (scores.some(({ funnel }) => funnel.answered > 0)) return 2;
	return surveys.some(({ first_asked }) => first_asked !== null) ? 1 : 0;
}

/** The question as a table for an e-mail, the order's number left to the template that both Shopify and others write so. */
async function mailOf(c: Context<AppEnv>, survey: string): Promise<string> {
	const query = new URLSearchParams({ transaction: "{{ order_number }}" });
	return (await c.get("api").fetch(`/v1/surveys/${survey}/email?${query}`)).text();
}
