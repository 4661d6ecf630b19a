import { EVERYONE } from "../shared/follow-up-rules.ts";
import { LOCALES, type Locale } from "../shared/locales/index.ts";
import type { Strings } from "../shared/locales/strings.ts";
import { METRICS } from "../shared/metrics.ts";
import type { Wording } from "../shared/survey-contract.ts";
import type { FollowUpStrings, FollowUpWords, Offer, WidgetStrings, WidgetWords } from "../shared/widget-settings.ts";
import type { Driver, Site, Survey } from "./site.ts";
import type { OpenSite } from "./site-cache.ts";
import { withShop } from "./with-shop.ts";

/** The words of some languages for what this site asks, the owner's own before ours, with the shop's name filled in. */
export function widgetWords({ site, surveys }: OpenSite, locales: readonly Locale[]): WidgetWords {
	return Object.fromEntries(locales.map((locale) => [locale, stringsOf(site, surveys, locale)]));
}

/** The words of some languages for what comes after the tap. */
export function followUpWords({ site, surveys }: OpenSite, locales: readonly Locale[]): FollowUpWords {
	return Object.fromEntries(locales.map((locale) => [locale, followUpStringsOf(site.name, surveys, locale)]));
}

/** One of the texts that a survey's own page says itself. */
export function pageWord({ name: shop }: Site, survey: Survey, locale: Locale, name: "closed" | "script"): string {
	return withShop(survey.wording[locale]?.[name] ?? LOCALES[locale][name], shop, locale);
}

/** The sentence that says the survey's own score: the owner's words before ours. */
export function sharedWord({ name: shop }: Pick<Site, "name">, { metric, wording }: Survey, locale: Locale): string {
	return withShop(wording[locale]?.shared ?? LOCALES[locale].shared[metric], shop, locale);
}

/** What a survey asks in a language, and what the lowest and the highest score mean: the owner's words before ours. */
export function questionWords({ name: shop }: Site, { metric, wording }: Pick<Survey, "metric" | "wording">, locale: Locale) {
	const { question, ends }: Strings = LOCALES[locale];
	const own = wording[locale] ?? {};
	const [low, high] = ends[metric];
	return {
		question: withShop(own.question ?? question[metric], shop, locale),
		low: withShop(own.low ?? low, shop, locale),
		high: withShop(own.high ?? high, shop, locale),
	};
}

function stringsOf(site: Site, surveys: readonly Survey[], locale: Locale): WidgetStrings {
	const ours: Strings = LOCALES[locale];
	const { direction, dismiss, saved } = ours;
	const asked = surveys.filter(({ active }) => active);
	const question = asked.map((survey) => [survey.slug, questionWords(site, survey, locale).question]);
	const ends = asked.map((survey) => {
		const { slug, display, wording } = survey;
		const { low, high } = questionWords(site, survey, locale);
		const between = display === "numbers" ? [] : (wording[locale]?.levels ?? ours.levels);
		return [slug, [low, ...between, high]];
	});
	return {
		direction,
		question: Object.fromEntries(question),
		ends: Object.fromEntries(ends),
		dismiss,
		saved,
		...ownWords(site.name, asked, locale, ["dismiss", "saved"]),
	};
}

function followUpStringsOf(shop: string, surveys: readonly Survey[], locale: Locale): FollowUpStrings {
	const ours: Strings = LOCALES[locale];
	const { reasons, comment, done, thanks, waiting, refused, answered } = ours;
	const asked = surveys.filter(({ active }) => active);
	const drivers = asked.map((survey) => [
		survey.slug,
		Object.fromEntries(survey.drivers.map((driver) => [driver.id, labelOf(driver, ours, locale)])),
	]);
	const shared = asked
		.filter(({ shareScore }) => shareScore)
		.map((survey) => [survey.slug, sharedWord({ name: shop }, survey, locale)]);
	const offers = asked
		.filter(({ followUp }) => Object.keys(followUp).length > 0)
		.map((survey) => [survey.slug, offersOf({ name: shop }, survey, locale)]);
	return {
		reasons,
		drivers: Object.fromEntries(drivers),
		comment,
		done,
		thanks,
		waiting,
		refused,
		answered,
		shared: Object.fromEntries(shared),
		...(offers.length > 0 ? { offers: Object.fromEntries(offers) } : {}),
		...ownWords(shop, asked, locale, ["reasons", "comment", "done", "thanks", "waiting", "refused", "answered"]),
	};
}

/**
 * What a survey offers beside the thanks, in a language: that of the group before that of everyone. A link says the owner's label in this
 * language, otherwise the usual words: those of a review for the best group and for everyone, of contact for the others.
 */
export function offersOf({ name: shop }: Pick<Site, "name">, { metric, followUp, wording }: Survey, locale: Locale): Offer[] {
	const own = wording[locale] ?? {};
	const word = (name: "review" | "contact" | "callback" | "request" | "requested") =>
		withShop(own[name] ?? LOCALES[locale][name], shop, locale);
	const { min, max, bands } = METRICS[metric];
	const best = bands[0].name;
	const groups = [...bands, { name: EVERYONE, from: min, to: max } as const];
	return groups.flatMap(({ name, from, to }): Offer[] => {
		const rule = followUp[name];
		if (!rule) return [];
		const place = { from: from - min, to: to - min };
		if (rule.kind === "callback") return [{ ...place, call: [word("callback"), word("request"), word("requested")] }];
		const usual = name === best || name === EVERYONE ? "review" : "contact";
		return [{ ...place, link: [rule.url, rule.labels?.[locale] ?? word(usual)] }];
	});
}

/** By survey, those of some texts that the owner has worded; nothing where there are none. */
function ownWords<Name extends Exclude<keyof Wording, "levels">>(
	shop: string,
	surveys: readonly Survey[],
	locale: Locale,
	names: readonly Name[],
): { own?: Record<string, Partial<Record<Name, string>>> } {
	const own: Record<string, Partial<Record<Name, string>>> = {};
	for (const { slug, wording } of surveys)
		for (const name of names) {
			const text = wording[locale]?.[name];
			if (text !== undefined) own[slug] = { ...own[slug], [name]: withShop(text, shop, locale) } as Partial<Record<Name, string>>;
		}
	return Object.keys(own).length > 0 ? { own } : {};
}

/** A chip's label: the owner's in this language, ours, the owner's in any language, or its id. */
function labelOf({ id, labels = {} }: Driver, { drivers }: Strings, locale: Locale): string {
	const ours: Readonly<Record<string, string>> = drivers;
	return labels[locale] ?? (Object.hasOwn(ours, id) ? ours[id] : undefined) ?? Object.values(labels)[0] ?? id;
}
