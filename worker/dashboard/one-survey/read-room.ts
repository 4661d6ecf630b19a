import type { Context } from "hono";
import { dayOf } from "../../../shared/day.ts";
import type { SurveysReply } from "../../../shared/survey-contract.ts";
import type { AppEnv } from "../../env.ts";
import { type AskedWindow, askedWindow } from "../window/asked-window.ts";

export type Survey = SurveysReply["surveys"][number];

/** One survey over one window, and what the API says of it. */
export interface SurveyRoom<Figures> {
	readonly asked: AskedWindow;
	readonly survey: Survey;
	/** Those to choose from: every survey that was ever asked, and this one. */
	readonly surveys: readonly Survey[];
	readonly figures: Figures;
}

interface Wanted<Figures> {
	/** The API's address under /v1/, which is also what its reply is called. */
	readonly of: "drivers" | "segments" | "silence";
	/** What it is asked beside the survey and the window. */
	readonly query?: Readonly<Record<string, string>>;
	/** How much there is to show: where the address names no survey, the one with the most is shown. */
	readonly sizeOf: (figures: Figures) => number;
}

/**
 * Reads what a room shows, with `survey` and the window from its address; null where no survey was ever asked.
 * @throws ApiError where the site has no such survey
 */
export async function readRoom<Figures extends { readonly survey: string }>(
	c: Context<AppEnv>,
	{ of, query = {}, sizeOf }: Wanted<Figures>,
): Promise<SurveyRoom<Figures> | null> {
	const api = c.get("api");
	const asked = askedWindow(c.req.query(), dayOf(Date.now(), c.get("site").timezone));
	const named = c.req.query("survey");
	const wanted = new URLSearchParams({ ...query, window: asked.window.name, ...(named === undefined ? {} : { survey: named }) });
	const [{ surveys }, reply] = await Promise.all([
		api.get<SurveysReply>("/v1/surveys"),
		api.get<Readonly<Record<string, readonly Figures[]>>>(`/v1/${of}?${wanted}`),
	]);
	const everAsked = surveys.filter(({ first_asked }) => first_asked !== null);
	if (everAsked.length === 0) return null;
	const found = reply[of] ?? [];
	const shown = named === undefined ? found.filter((each) => everAsked.some(({ slug }) => slug === each.survey)) : found;
	const [figures] = [...shown].sort((a, b) => sizeOf(b) - sizeOf(a));
	const survey = surveys.find(({ slug }) => slug === figures?.survey);
	return figures && survey
		? { asked, survey, surveys: surveys.filter((each) => each === survey || everAsked.includes(each)), figures }
		: null;
}
