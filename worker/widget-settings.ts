import { languageTags } from "../shared/language-tags.ts";
import { USUAL_DAYS_AFTER_ANY } from "../shared/limits.ts";
import { LOCALE_CODES } from "../shared/locales/index.ts";
import { METRICS } from "../shared/metrics.ts";
import { hashOfAllowed } from "../shared/origin-hash.ts";
import { pickLanguage } from "../shared/pick-language.ts";
import type { DecidingSettings, SurveySettings, WidgetSettings } from "../shared/widget-settings.ts";
import { daysAfterAny } from "./days-after-any.ts";
import type { Survey } from "./site.ts";
import type { OpenSite } from "./site-cache.ts";

/** The languages to serve, the usual one first. */
type Locales = WidgetSettings["locales"];

/** What the widget must know of its site, served from `origin`. Surveys that are not asked are not in it. */
export function widgetSettings({ site, surveys }: OpenSite, origin: string, locales: Locales): WidgetSettings {
	const tags = languageTags(locales);
	return {
		site: site.publicKey,
		origin,
		origins: [origin, ...site.origins].map(hashOfAllowed),
		locales,
		...(Object.keys(tags).length > 0 ? { tags } : {}),
		survey: site.defaultSurvey,
		surveys: Object.fromEntries(surveys.filter(({ active }) => active).map((survey) => [survey.slug, settingsOf(survey)])),
		segments: Object.keys(site.segments),
	};
}

/** What of it the half that decides needs. `lang`: the language that the tag's address names. */
export function decidingSettings(
	{ site, origin, origins, survey, surveys }: WidgetSettings,
	lang: string | undefined,
): DecidingSettings {
	const deciding = Object.entries(surveys).map(([slug, { version, askAgainDays, askAfterAnyDays, sampling }]) => [
		slug,
		{
			version,
			askAgainDays,
			...(askAfterAnyDays === undefined ? {} : { askAfterAnyDays }),
			...(sampling === undefined ? {} : { sampling }),
		},
	]);
	return {
		site,
		origin,
		origins,
		...(lang ? { query: `lang=${encodeURIComponent(lang)}` } : {}),
		survey,
		surveys: Object.fromEntries(deciding),
	};
}

/** One survey as the widget needs it; what is as usual is left out. */
function settingsOf(survey: Survey): SurveySettings {
	const { version, metric, askAgainDays, sampling, display, placement, theme } = survey;
	const askAfterAnyDays = daysAfterAny(survey);
	const { min, max } = METRICS[metric];
	return {
		version,
		scale: [min, max],
		askAgainDays,
		...(askAfterAnyDays === USUAL_DAYS_AFTER_ANY ? {} : { askAfterAnyDays }),
		...(sampling < 100 ? { sampling } : {}),
		...(display === "numbers" ? {} : { display }),
		...(placement === "inline" ? {} : { placement }),
		...(Object.keys(theme).length > 0 ? { theme } : {}),
	};
}

/**
 * The languages to send, the usual one first: the one asked for where we ship it, the first of those wanted that the site offers,
 * otherwise all of the site's.
 */
export function localesToSend(
	{ lang: asked, wanted }: { readonly lang?: string | undefined; readonly wanted?: string | undefined },
	{ site }: OpenSite,
): Locales {
	const one =
		pickLanguage([asked], LOCALE_CODES, languageTags(LOCALE_CODES)) ??
		(wanted === undefined
			? undefined
			: (pickLanguage(wanted.split(","), site.locales, languageTags(site.locales)) ?? site.locale));
	return one ? [one] : [site.locale, ...site.locales.filter((locale) => locale !== site.locale)];
}
