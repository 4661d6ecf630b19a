import { type Context, Hono } from "hono";
import { SEGMENT_KEYS } from "../../../shared/limits.ts";
import { LOCALE_CODES } from "../../../shared/locales/index.ts";
import type { SiteView } from "../../../shared/site-contract.ts";
import type { SurveyView } from "../../../shared/survey-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import type { AppEnv } from "../../env.ts";
import { controls } from "../controls.tsx";
import { CsrfField, Done, Faults, FaultsOf } from "../field.tsx";
import { languageName } from "../language-name.ts";
import { settingsPage } from "./frame.tsx";
import { rowsToShow } from "./rows.ts";
import { siteDraft, siteFaultAt, siteFaults, siteForm } from "./site-draft.ts";
import { siteWords } from "./site-words.ts";
import { TimeZones } from "./time-zones.tsx";
import { WORDS } from "./words.ts";

const SAY = siteWords;

/** What holds for the whole site. */
export const sitePages = new Hono<AppEnv>();

sitePages.get("/app/settings", async (c) => {
	const site = await c.get("api").get<SiteView>("/v1/site");
	return sitePage(c, siteForm(site), []);
});

sitePages.post("/app/settings", async (c) => {
	const form = c.get("form");
	const wrong = siteFaults(form);
	if (wrong.length > 0) return sitePage(c, form, wrong);
	try {
		await c.get("api").send<SiteView>("PATCH", "/v1/site", siteDraft(form));
	} catch (error) {
		if (!(error instanceof ApiError) || error.faults.length === 0) throw error;
		return sitePage(
			c,
			form,
			error.faults.map((fault) => siteFaultAt(form, fault)),
		);
	}
	return c.redirect("/app/settings?done", 303);
});

async function sitePage(c: Context<AppEnv>, form: URLSearchParams, faults: readonly Fault[]) {
	const { surveys } = await c.get("api").get<{ surveys: SurveyView[] }>("/v1/surveys");
	const { text, area, select, radios, checks } = controls(form, faults);
	const languages = LOCALE_CODES.map((code) => [code, <span lang={code}>{languageName(code)}</span>] as const);
	return settingsPage(c, {
		part: "/app/settings",
		title: SAY.title,
		status: faults.length > 0 ? 400 : 200,
		body: (
			<form method="post" action="/app/settings" class="card form">
				{c.req.query("done") === undefined ? null : <Done>{WORDS.saved}</Done>}
				<Faults faults={faults} />
				{(form.get("origins") ?? "").trim() === "" ? <p class="notice">{SAY.noOrigins}</p> : null}
				<CsrfField token={c.get("visitor").csrf} />
				{text("name", SAY.name, { hint: SAY.nameHint, attributes: { required: true, maxlength: 80 } })}
				{area("origins", SAY.origins, { hint: SAY.originsHint, attributes: { spellcheck: "false", dir: "ltr" } })}
				{text("timezone", SAY.timezone, {
					hint: SAY.timezoneHint,
					attributes: { list: "time-zones", required: true, dir: "ltr" },
				})}
				<TimeZones />
				{select(
					"locale",
					SAY.locale,
					LOCALE_CODES.map((code) => [code, languageName(code)] as const),
					{ hint: SAY.localeHint },
				)}
				{checks("locales", SAY.locales, languages, { hint: SAY.localesHint })}
				{select(
					"default_survey",
					SAY.survey,
					surveys.map(({ slug }) => [slug, slug] as const),
				)}
				<fieldset id="f-segments">
					<legend>{SAY.segments}</legend>
					<p class="hint">{SAY.segmentsHint}</p>
					<FaultsOf name="segments" label={SAY.segments} faults={faults} />
					{rowsToShow(form, "segment", SEGMENT_KEYS, 1).map((i) => (
						<div class="pair tall">
							{text(`segment-${i}-key`, SAY.segmentKey(i + 1), { attributes: { spellcheck: "false", dir: "ltr" } })}
							{area(`segment-${i}-values`, SAY.segmentValues(i + 1), { attributes: { spellcheck: "false" } })}
						</div>
					))}
				</fieldset>
				{radios("ingest", SAY.ingest, [
					["direct", SAY.direct],
					["queue", SAY.queue],
				])}
				<button type="submit">{WORDS.save}</button>
			</form>
		),
	});
}
