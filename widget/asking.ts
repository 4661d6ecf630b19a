import type { Locale } from "../shared/locales/index.ts";
import { isAllowed } from "../shared/origin-hash.ts";
import { pickLanguage } from "../shared/pick-language.ts";
import type { WidgetSettings } from "../shared/widget-settings.ts";
import { type Gate, gateOf } from "./gates.ts";
import { readMemory } from "./memory.ts";
import { type Options, said } from "./options.ts";
import type { Desk } from "./survey.ts";

/** The half of the widget that asks and delivers: in the whole build here already, in the lazy one a second file. */
export type AskingHalf = typeof import("./survey.ts");

/** Asks on behalf of a tag, an element or a command. */
export interface Asking {
	/**
	 * Asks if a question is due, one at a time, and tells why not. Nothing is stored before the shopper is asked.
	 * @param spot the tag or element that wants it, and where the question shall stand
	 * @param again asks anew, when what the options wait for has come
	 */
	ask(options: Options, spot: Element | null, again: (options: Options, spot: Element | null) => void): Gate;
	/** Sends what earlier pages have left. */
	deliver(): void;
	/** Takes the question off the page. */
	close(): void;
}

/** The asking of one site. `half` gives the half that asks, in a language. */
export function openAsking(site: WidgetSettings, half: (locale: Locale) => Promise<AskingHalf>): Asking {
	let desk: Desk | undefined;
	let shown: Element | undefined;
	/** Whether a question is on its way to the page. */
	let coming = false;
	const read = () => desk?.store.read() ?? readMemory(site.site);

	/** Fetches the other half, opens its desk, and lets it do something there. */
	const call = async (locale: Locale, then?: (half: AskingHalf, desk: Desk) => void) => {
		try {
			const other = await half(locale);
			desk ??= other.openDesk(site);
			then?.(other, desk);
		} catch {
			coming = false;
		}
	};
	const wait = (then: (file: typeof import("./triggers.ts")) => void): Gate => {
		import(/* @vite-ignore */ `${site.origin}/w/${site.site}.triggers.js`).then(then).catch(() => {});
		return "waiting";
	};
	const placed = (host: Element) => {
		coming = false;
		shown = host;
	};
	const deliver = () => {
		if (read().asks.some(({ waiting }) => waiting)) call(site.locale);
	};

	return {
		ask(options, spot, again) {
			if (!document.adoptedStyleSheets) return "browser";
			if (!isAllowed(location, site.origins)) return "origin";
			deliver();
			const waitThen = () => wait(({ whenTriggered }) => whenTriggered(options, (rest) => again(rest, spot)));
			if (options["purchase"]) return waitThen();
			if (coming || shown?.isConnected) return "again";
			const due = gateOf(site, options, read);
			if (typeof due === "string") return due;
			if (options["delay"] || options["scroll"] || options["exit"]) return waitThen();
			const page = (spot ?? document.documentElement).closest<HTMLElement>("[lang]")?.lang;
			const wanted = [said(options, "locale"), page, ...navigator.languages];
			const locale = pickLanguage(wanted, site.locales, site.tags) ?? site.locale;
			coming = true;
			call(locale, (other, desk) => other.showSurvey({ ...due, site, options, locale, spot, desk, placed }));
			return "due";
		},
		deliver,
		close: () => shown?.remove(),
	};
}
