import { Hono } from "hono";
import { dayOf, daysIn } from "../../../shared/day.ts";
import { METRICS } from "../../../shared/metrics.ts";
import type { AppEnv } from "../../env.ts";
import { verifiedByDefault } from "../../score-scope.ts";
import { readSummary } from "../cases/read-summary.ts";
import { readFindings } from "../overview/read-findings.ts";
import { shopLine } from "../overview/takeaways.tsx";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";
import { surveyName } from "../survey-name.ts";
import { askedWindow } from "../window/asked-window.ts";
import { WindowChoice } from "../window/window-choice.tsx";
import { Cases } from "./cases.tsx";
import { readComments } from "./read-comments.ts";
import { ReportedSurvey } from "./reported-survey.tsx";
import { words } from "./words.ts";

/** Surveys the sheet has room for: those with the most answers. */
const MOST = 4;

/** One sheet for the whole staff: the scores, what goes with them, three comments. */
export const report = new Hono<AppEnv>().get("/app/report", async (c) => {
	const site = c.get("site");
	const asked = askedWindow(c.req.query(), dayOf(Date.now(), site.timezone));
	const { window } = asked;
	const api = c.get("api");
	const [found, followed] = await Promise.all([readFindings(api, window), readSummary(api, window.name)]);
	const reader = readerOf(c, site.timezone);
	const active = found.asked.filter(({ score }) => score.funnel.shown > 0);
	const [first] = active;
	const comments = first ? await readComments(api, first.survey, window) : [];
	return page(c, {
		title: words.title,
		room: "/app/report",
		status: asked.faults.length > 0 ? 400 : 200,
		body: (
			<>
				<WindowChoice path="/app/report" asked={asked} site={site} />
				<p class="hint report-hint">{words.print}</p>
				<article class="card sheet">
					<header>
						<h2>
							<bdi>{site.name}</bdi>
						</h2>
						<p class="quiet">{words.subtitle(reader.day(window.from), reader.day(window.to))}</p>
					</header>
					{active.length > 1 ? <p class="shop">{shopLine(active, found.alerts, daysIn(window.from, window.to))}</p> : null}
					{active.length === 0 ? <p>{words.nothing(verifiedByDefault(site) === "only")}</p> : null}
					<div class="surveys">
						{active.slice(0, MOST).map((findings) => (
							<ReportedSurvey findings={findings} site={site} reader={reader} />
						))}
					</div>
					{active.length > MOST ? <p class="quiet">{words.more(active.length - MOST)}</p> : null}
					{first ? (
						<section class="comments">
							<h3>
								<bdi>{words.comments(surveyName(first.survey))}</bdi>
							</h3>
							{comments.length === 0 ? (
								<p class="quiet">{words.noComments}</p>
							) : (
								<>
									<div class="three">
										{comments.map(({ mood, score, comment }) => (
											<figure>
												<figcaption>{words.score(words.moods[mood], score, METRICS[first.survey.metric].max)}</figcaption>
												<blockquote dir="auto">
													<bdi>{comment}</bdi>
												</blockquote>
											</figure>
										))}
									</div>
									<p class="hint">{words.rule}</p>
								</>
							)}
						</section>
					) : null}
					<Cases summary={followed} reader={reader} />
					<footer class="hint">{words.method}</footer>
				</article>
			</>
		),
	});
});
