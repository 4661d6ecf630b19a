import { type Context, Hono } from "hono";
import type * as z from "zod";
import { dayOf } from "../../../shared/day.ts";
import type { baselinesReply } from "../../../shared/insight-contract.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import { COMPARABLE } from "../../../shared/tier.ts";
import { parseWindow } from "../../../shared/window.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Done, Faults } from "../field.tsx";
import { figuresOf } from "../figure.ts";
import { formulaOf } from "../one-survey/formula-of.ts";
import { type Reader, readerOf } from "../reader.ts";
import { Table } from "../table.tsx";
import { baselineWords } from "./baseline-words.ts";
import { settingsPage } from "./frame.tsx";
import { WORDS } from "./words.ts";

const SAY = baselineWords;

type Baselines = z.infer<typeof baselinesReply>["baselines"];

/** What a survey's scores are held against; another baseline is set on purpose, on a page that says what that means. */
export const baselinePages = new Hono<AppEnv>();

baselinePages.get("/app/settings/surveys/:survey/baselines", (c) => baselinesPage(c, new URLSearchParams({ window: "90d" }), []));

baselinePages.get("/app/settings/surveys/:survey/baselines/new", async (c) => {
	const typed = (c.req.query("window") ?? "").trim();
	const survey = encodeURIComponent(c.req.param("survey"));
	const { timezone } = c.get("site");
	const today = dayOf(Date.now(), timezone);
	const window = parseWindow(typed, today);
	const refuse = (detail: string) => baselinesPage(c, new URLSearchParams({ window: typed }), [{ field: "window", detail }]);
	if (window === null) return refuse(SAY.noWindow);
	if (window.to > today) return refuse(SAY.toCome);
	// These very days, whatever day it is when they are confirmed.
	const days = `${window.from}..${window.to}`;
	const { scores } = await c.get("api").get<{ scores: SurveyScore[] }>(`/v1/scores?survey=${survey}&window=${days}`);
	const answers = scores[0]?.responses ?? 0;
	if (answers < COMPARABLE) return refuse(SAY.tooFew(COMPARABLE));
	const reader = readerOf(c, timezone);
	const back = `/app/settings/surveys/${survey}/baselines`;
	return settingsPage(c, {
		part: "/app/settings/surveys",
		title: SAY.confirmTitle,
		body: (
			<form method="post" class="card narrow" action={back}>
				<CsrfField token={c.get("visitor").csrf} />
				<input type="hidden" name="window" value={days} />
				<p>{SAY.confirm(reader.number(answers), reader.day(window.from), reader.day(window.to))}</p>
				<p class="row">
					<button type="submit">{SAY.yes}</button>
					<a href={back}>{WORDS.back}</a>
				</p>
			</form>
		),
	});
});

baselinePages.post("/app/settings/surveys/:survey/baselines", async (c) => {
	const form = c.get("form");
	const slug = encodeURIComponent(c.req.param("survey"));
	try {
		await c.get("api").send("POST", `/v1/surveys/${slug}/baselines`, { window: (form.get("window") ?? "").trim() });
		return c.redirect(`/app/settings/surveys/${slug}/baselines?done`, 303);
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0 || error.code === "not_found") throw error;
		return baselinesPage(c, form, error.faults);
	}
});

async function baselinesPage(c: Context<AppEnv>, form: URLSearchParams, faults: readonly Fault[]) {
	const slug = encodeURIComponent(c.req.param("survey") ?? "");
	const api = c.get("api");
	const [survey, { baselines }] = await Promise.all([
		api.get<SurveyView>(`/v1/surveys/${slug}`),
		api.get<{ baselines: Baselines }>(`/v1/surveys/${slug}/baselines`),
	]);
	const { text } = controls(form, faults);
	return settingsPage(c, {
		part: "/app/settings/surveys",
		title: SAY.title(survey.slug),
		status: faults.length > 0 ? 400 : 200,
		body: (
			<>
				{c.req.query("done") === undefined ? null : <Done>{SAY.done}</Done>}
				<Faults faults={faults} />
				<p class="quiet">
					{SAY.intro} {formulaOf(survey.metric)}
				</p>
				{baselines.length === 0 ? (
					<p class="empty">{SAY.empty}</p>
				) : (
					<Kept survey={survey} baselines={baselines} reader={readerOf(c, c.get("site").timezone)} />
				)}
				<form method="get" class="card narrow" action={`/app/settings/surveys/${slug}/baselines/new`}>
					<h2>{SAY.add}</h2>
					{text("window", SAY.window, { hint: SAY.windowHint, attributes: { required: true, maxlength: 30, dir: "ltr" } })}
					<button type="submit">{SAY.next}</button>
				</form>
			</>
		),
	});
}

function Kept({ survey, baselines, reader }: { survey: SurveyView; baselines: Baselines; reader: Reader }) {
	const { value: write } = figuresOf(survey.metric, reader);
	return (
		<Table
			label={SAY.title(survey.slug)}
			caption={SAY.caption}
			head={[
				{ figure: SAY.version },
				SAY.days,
				{ figure: SAY.value },
				{ figure: SAY.answers },
				SAY.counts,
				SAY.status,
				SAY.by,
				SAY.at,
			]}
		>
			{baselines.map(({ version, verified, status, set_by, set_at, from, to, value, responses }) => (
				<tr>
					<td class="number">{version}</td>
					<td class="date">
						{reader.day(from)} – {reader.day(to)}
					</td>
					<td class="number">{value === null ? "–" : write(value)}</td>
					<td class="number">{reader.number(responses)}</td>
					<td>{verified === null ? SAY.countedUnknown : SAY.counted[verified]}</td>
					<td>
						<span class="tag">{status === "frozen" ? SAY.frozen : SAY.provisional}</span>
					</td>
					<td>{set_by === "owner" ? SAY.owner : SAY.rule}</td>
					<td class="date">{reader.moment(Date.parse(set_at))}</td>
				</tr>
			))}
		</Table>
	);
}
