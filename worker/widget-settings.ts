import { languageTags } from "../shared/language-tags.ts";
import { LOCALE_CODES, type Locale } from "../shared/locales/index.ts";
import { METRICS } from "../shared/metrics.ts";
import { hashOfAllowed } from "../shared/origin-hash.ts";
import { pickLanguage } from "../shared/pick-language.ts";
import type { SurveySettings, WidgetSettings } from "../shared/widget-settings.ts";
import type { Survey } from "./site.ts";
import type { OpenSite } from "./site-cache.ts";

/** What the widget must know of its site, served from `origin`. Surveys that are not asked are not in it. */
export function widgetSettings({ site, surveys }: OpenSite, origin: string, locales: readonly Locale[]): WidgetSettings {
	const tags = languageTags(locales);
	return {
		site: site.publicKey,
		origin,
		origins: [origin, ...site.origins].map(hashOfAllowed),
		locale: locales.includes(site.locale) ? site.locale : (locales[0] ?? site.locale),
		locales,
		...(Object.keys(tags).length > 0 ? { tags } : {}),
		survey: site.defaultSurvey,
		surveys: Object.fromEntries(surveys.filter(({ active }) => active).map((survey) => [survey.slug, settingsOf(survey)])),
		segments: Object.keys(site.segments),
	};
}

/** One survey as the widget needs it; what is as usual is left out. */
function settingsOf({ version, metric, askAgainDays, sampling, display, placement, theme }: Survey): SurveySettings {
	const { min, max } = METRICS[metric];
	return {
		version,
		scale: [min, max],
		askAgainDays,
		...(sampling < 100 ? { sampling } : {}),
		...(display === "numbers" ? {} : { display }),
		...(placement === "inline" ? {} : { placement }),
		...(Object.keys(theme).length > 0 ? { theme } : {}),
	};
}

/** The languages to send: the one asked for where we ship it, otherwise the site's. */
export function localesToSend(asked: string | undefined, { site }: OpenSite): readonly Locale[] {
	const one = pickLanguage([asked], LOCALE_CODES, languageTags(LOCALE_CODES));
	return one ? [one] : site.locales;
}
