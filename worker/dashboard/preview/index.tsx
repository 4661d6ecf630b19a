import { type Context, Hono } from "hono";
import followUp from "../../../dist/widget/follow-up.js";
import whole from "../../../dist/widget/whole.js";
import { languageTags } from "../../../shared/language-tags.ts";
import { LOCALE_CODES, type Locale } from "../../../shared/locales/index.ts";
import { pickLanguage } from "../../../shared/pick-language.ts";
import { type SurveyPatch, surveyPatch } from "../../../shared/survey-contract.ts";
import { ApiError, type Fault } from "../../api-error.ts";
import { allow } from "../../door/page-headers.ts";
import type { AppEnv } from "../../env.ts";
import { faultsOf } from "../../faults-of.ts";
import { changedSurvey } from "../../new-survey.ts";
import { surveyView } from "../../settings-view.ts";
import { type OpenSite, openSite } from "../../site-cache.ts";
import { followUpPartsOf, module, partsOf, script } from "../../widget-file.ts";
import { widgetSettings } from "../../widget-settings.ts";
import { followUpWords, widgetWords } from "../../widget-words.ts";
import { draftOf } from "../settings/survey-draft.ts";
import { previewPage } from "./preview-page.tsx";
import { addressOf, type Sketch, sketchIn } from "./sketch.ts";

/**
 * A survey as shoppers will see it, by the widget itself, in a frame of the pages where it is worked on: as it is kept, or with what a
 * form has in it now. Its answers go to `answers.ts`, and it leaves nothing in the browser either.
 */
export const preview = new Hono<AppEnv>();

/** The files' own storage, which is none: they keep what they must for as long as the page is there. */
const NO_STORAGE = "const localStorage=null,sessionStorage=null;";

preview.get("/app/preview", async (c) => {
	allow(c, { script: true, framed: true });
	const form = new URL(c.req.url).searchParams;
	const open = await freshSite(c);
	const { site } = open;
	const slug = form.get("survey") ?? site.defaultSurvey;
	const locale = localeOf(form.get("locale") ?? undefined, site.locale);
	const look = { site, form, locale, slug };
	const survey = open.surveys.find((one) => one.slug === slug);
	if (!survey)
		return c.html(
			await previewPage({ ...look, faults: [{ field: "survey", detail: "must be one of this site's surveys" }] }),
			404,
		);
	const view = surveyView(survey);
	const draft = draftOf(form, view, locale);
	const parsed = surveyPatch.safeParse(draft);
	const faults = parsed.success ? faultsIn(open, { survey: slug, patch: parsed.data }) : faultsOf(parsed.error);
	if (!parsed.success || faults.length > 0) return c.html(await previewPage({ ...look, faults, survey: view }), 400);
	const base =
		Object.keys(draft).length > 0 ? `/app/preview/${addressOf({ survey: slug, patch: changeOf(parsed.data) })}` : "/app/preview";
	return c.html(await previewPage({ ...look, faults, source: `${base}/w/${site.publicKey}.js?lang=${locale}` }));
});

preview.on("GET", ["/app/preview/w/:file", "/app/preview/:sketch/w/:file"], async (c) => {
	const sketch = c.req.param("sketch");
	const open = asked(await freshSite(c), sketch === undefined ? null : sketchIn(sketch));
	const { publicKey, locale } = open.site;
	const file = c.req.param("file");
	const isWhole = file === `${publicKey}.js`;
	if ((!isWhole && file !== `${publicKey}.follow-up.js`) || (sketch !== undefined && !sketchIn(sketch)))
		throw ApiError.notFound("file", "must be one of the preview's");
	const locales = [localeOf(c.req.query("lang"), locale)] as const;
	const { origin, pathname } = new URL(c.req.url);
	const settings = { ...widgetSettings(open, origin, locales), origin: origin + pathname.slice(0, pathname.lastIndexOf("/w/")) };
	const followUps = followUpWords(open, locales);
	c.header("Content-Type", "text/javascript; charset=utf-8");
	return c.body(
		isWhole
			? script({ settings, words: widgetWords(open, locales) }, NO_STORAGE, ...partsOf(settings), whole)
			: module({ words: followUps }, NO_STORAGE, ...followUpPartsOf(followUps), followUp),
	);
});

/** The open site as it is now, whatever this isolate believed of it. */
async function freshSite(c: Context<AppEnv>): Promise<OpenSite> {
	const now = Date.now();
	const open = await openSite(c.env, c.get("site").publicKey, now, now);
	if (!open) throw new ApiError("not_found");
	return open;
}

/** A site with a sketch carried out, and all of its surveys asked whenever somebody looks. */
function asked(open: OpenSite, sketch: Sketch | null): OpenSite {
	const surveys = open.surveys.map((survey) => ({
		...(survey.slug === sketch?.survey ? changedSurvey(open.site, survey, sketch.patch) : survey),
		active: true,
		askAgainDays: 0,
		askAfterAnyDays: 0,
		sampling: 100,
	}));
	return { ...open, surveys };
}

/** What is wrong with a sketch beyond the form of its fields. */
function faultsIn(open: OpenSite, sketch: Sketch): readonly Fault[] {
	try {
		asked(open, sketch);
		return [];
	} catch (error) {
		if (error instanceof ApiError) return error.faults;
		throw error;
	}
}

/** What of a change can be seen. */
function changeOf({ metric, wording, drivers, theme, display, placement, share_score, follow_up }: SurveyPatch): SurveyPatch {
	const seen = { metric, wording, drivers, theme, display, placement, share_score, follow_up };
	return Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined));
}

function localeOf(wanted: string | undefined, usual: Locale): Locale {
	return pickLanguage([wanted], LOCALE_CODES, languageTags(LOCALE_CODES)) ?? usual;
}
