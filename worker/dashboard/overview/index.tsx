import { Hono } from "hono";
import { dayOf, daysIn } from "../../../shared/day.ts";
import type { AppEnv } from "../../env.ts";
import { isolated } from "../figure.ts";
import { page } from "../page.tsx";
import { readerOf } from "../reader.ts";
import { surveyName } from "../survey-name.ts";
import { askedWindow } from "../window/asked-window.ts";
import { WindowChoice } from "../window/window-choice.tsx";
import { Alerts } from "./alerts.tsx";
import { readFindings, readSeries } from "./read-findings.ts";
import { SurveyCard } from "./survey-card.tsx";
import { Takeaways } from "./takeaways.tsx";
import { words } from "./words.ts";

/** The first room: how satisfied the customers are, and how sure that is. */
export const overview = new Hono<AppEnv>().get("/app/", async (c) => {
	const site = c.get("site");
	const today = dayOf(Date.now(), site.timezone);
	const asked = askedWindow(c.req.query(), today);
	const api = c.get("api");
	const [found, series] = await Promise.all([readFindings(api, asked.window), readSeries(api, asked.window, today)]);
	const reader = readerOf(c, site.timezone);
	if (found.asked.length === 0) return page(c, { title: words.title, room: "/app/", body: <NothingYet /> });
	return page(c, {
		title: words.title,
		room: "/app/",
		status: asked.faults.length > 0 ? 400 : 200,
		body: (
			<>
				<Takeaways found={found} days={daysIn(asked.window.from, asked.window.to)} site={site} reader={reader} linked />
				<WindowChoice path="/app/" asked={asked} />
				<Alerts found={found} reader={reader} />
				{found.asked.map((findings) => (
					<SurveyCard
						findings={findings}
						series={series.find(({ survey }) => survey === findings.survey.slug)}
						site={site}
						reader={reader}
					/>
				))}
				{found.neverAsked.length > 0 ? (
					<p class="quiet">{words.neverAsked(words.list(found.neverAsked.map((survey) => isolated(surveyName(survey)))))}</p>
				) : null}
			</>
		),
	});
});

function NothingYet() {
	return (
		<div class="empty">
			<p>{words.empty}</p>
			<p>{words.emptyNext}</p>
			<p>
				<a class="button" href="/app/set-up">
					{words.setUp}
				</a>
			</p>
		</div>
	);
}
