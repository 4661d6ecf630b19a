import { isLocale, LOCALES, type Locale } from "../shared/locales/index.ts";
import type { Strings } from "../shared/locales/strings.ts";
import { METRICS } from "../shared/metrics.ts";
import type { FollowUpStrings, FollowUpWords, WidgetSettings, WidgetStrings, WidgetWords } from "../shared/widget-settings.ts";
import type { Driver, Survey } from "./site.ts";
import type { OpenSite } from "./site-cache.ts";

/** What the widget must know of its site. */
export function widgetSettings({ site, surveys }: OpenSite, origin: string, locales: readonly Locale[]): WidgetSettings {
	return {
		site: site.publicKey,
		origin,
		locale: locales.includes(site.locale) ? site.locale : (locales[0] ?? site.locale),
		locales,
		survey: site.defaultSurvey,
		surveys: Object.fromEntries(
			surveys.map(({ slug, version, metric, askAgainDays, theme }) => {
				const { min, max } = METRICS[metric];
				return [slug, { version, scale: [min, max], askAgainDays, ...(Object.keys(theme).length > 0 ? { theme } : {}) }];
			}),
		),
		segments: Object.keys(site.segments),
	};
}

/** The words of some languages for what this site asks, the owner's own before ours, with the shop's name filled in. */
export function widgetWords({ site, surveys }: OpenSite, locales: readonly Locale[]): WidgetWords {
	return Object.fromEntries(locales.map((locale) => [locale, stringsOf(site.name, surveys, locale)]));
}

/** The words of some languages for what comes after the tap. */
export function followUpWords({ surveys }: OpenSite, locales: readonly Locale[]): FollowUpWords {
	return Object.fromEntries(locales.map((locale) => [locale, followUpStringsOf(surveys, locale)]));
}

/** The languages to send: the one asked for where we ship it, otherwise the site's. */
export function localesToSend(asked: string | undefined, { site }: OpenSite): readonly Locale[] {
	return asked !== undefined && isLocale(asked) ? [asked] : site.locales;
}

function stringsOf(shop: string, surveys: readonly Survey[], locale: Locale): WidgetStrings {
	const ours: Strings = LOCALES[locale];
	const { direction, dismiss, saved } = ours;
	const named = (text: string) => text.replaceAll("{shop}", () => shop);
	const question = surveys.map(({ slug, metric, wording }) => [slug, named(wording[locale]?.question ?? ours.question[metric])]);
	const ends = surveys.map(({ slug, metric, wording }) => {
		const [low, high] = ours.ends[metric];
		return [slug, [named(wording[locale]?.low ?? low), named(wording[locale]?.high ?? high)]];
	});
	return { direction, question: Object.fromEntries(question), ends: Object.fromEntries(ends), dismiss, saved };
}

function followUpStringsOf(surveys: readonly Survey[], locale: Locale): FollowUpStrings {
	const ours: Strings = LOCALES[locale];
	const { reasons, comment, done, thanks, waiting } = ours;
	const drivers = surveys.map((survey) => [
		survey.slug,
		Object.fromEntries(survey.drivers.map((driver) => [driver.id, labelOf(driver, ours, locale)])),
	]);
	const shared = surveys.filter(({ shareScore }) => shareScore).map(({ slug, metric }) => [slug, ours.shared[metric]]);
	return {
		reasons,
		drivers: Object.fromEntries(drivers),
		comment,
		done,
		thanks,
		waiting,
		shared: Object.fromEntries(shared),
	};
}

/** A chip's label: the owner's in this language, ours, the owner's in any language, or its id. */
function labelOf({ id, labels = {} }: Driver, { drivers }: Strings, locale: Locale): string {
	const ours: Readonly<Record<string, string>> = drivers;
	return labels[locale] ?? (Object.hasOwn(ours, id) ? ours[id] : undefined) ?? Object.values(labels)[0] ?? id;
}
