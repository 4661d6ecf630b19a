import { Hono } from "hono";
import type { CaseSummary } from "../../../shared/case-contract.ts";
import { dayOf, daysIn } from "../../../shared/day.ts";
import type { AppEnv } from "../../env.ts";
import { isolated } from "../../isolated.ts";
import { readSummary } from "../cases/read-summary.ts";
import { NobodyAsked } from "../one-survey/nobody-asked.tsx";
import { page } from "../page.tsx";
import { type Reader, readerOf } from "../reader.ts";
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
	const [found, series, followed] = await Promise.all([
		readFindings(api, asked.window),
		readSeries(api, asked.window, today),
		readSummary(api, "7d"), // What is open is said whenever it was opened.
	]);
	const reader = readerOf(c, site.timezone);
	if (found.asked.length === 0) return page(c, { title: words.title, room: "/app/", body: <NobodyAsked /> });
	return page(c, {
		title: words.title,
		room: "/app/",
		status: asked.faults.length > 0 ? 400 : 200,
		body: (
			<>
				<Takeaways found={found} days={daysIn(asked.window.from, asked.window.to)} site={site} reader={reader} linked />
				{followed ? <OpenCases summary={followed} reader={reader} /> : null}
				<WindowChoice path="/app/" asked={asked} site={site} />
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

/** Who waits to be called back, whatever days are looked at; nothing where nobody does. */
function OpenCases({ summary: { unresolved, overdue }, reader }: { readonly summary: CaseSummary; readonly reader: Reader }) {
	if (unresolved === 0) return null;
	return (
		<p>
			<a href="/app/cases">{words.openCases(reader.number(unresolved), overdue === 0 ? null : reader.number(overdue))}</a>
		</p>
	);
}
