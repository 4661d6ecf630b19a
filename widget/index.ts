import { isOpen, isTooRecent } from "./due.ts";
import { hash } from "./hash.ts";
import { pickLanguage } from "./language.ts";
import { openStore } from "./memory.ts";
import type { Occasion } from "./occasion.ts";
import { openOutbox } from "./outbox.ts";

/** Why a tag asks or does not; `data-debug` shows it on the tag. */
type Gate = "consent" | "again" | "browser" | "survey" | "closed" | "recent" | "due";

/**
 * Runs a tag: sends what earlier pages left, decides whether a question is due and in which language, and hands over to `ask`.
 * Never throws: on a page of somebody else a survey that fails is a survey that is not there.
 */
export function start(ask: (occasion: Occasion) => void): void {
	try {
		const tag =
			document.currentScript ?? document.querySelector<HTMLElement>(`script[src*="/w/${__AFTERWORD__.settings.site}."]`);
		if (!tag) return;
		const gate = decide(tag, ask);
		if (tag.dataset["debug"] !== undefined) tag.dataset["debug"] = gate;
	} catch {}
}

function decide(tag: HTMLElement | SVGScriptElement, ask: (occasion: Occasion) => void): Gate {
	const site = __AFTERWORD__.settings;
	const { survey: named, transaction: said = "", locale: wanted, consent } = tag.dataset;
	const survey = named || site.survey;
	const transaction = transactionIn(said);
	if (consent === "pending") return "consent";
	window.afterword ??= {};
	if (window.afterword[site.site]) return "again";
	window.afterword[site.site] = true;

	const now = Date.now;
	const store = openStore(`afterword:${site.site}`);
	const outbox = openOutbox(store, `${site.origin}/v1/responses`, now, Math.random);
	for (const event of ["online", "pageshow", "pagehide", "visibilitychange"]) addEventListener(event, outbox.flush);
	outbox.flush();

	const settings = site.surveys[survey];
	if (!settings) return "survey";
	if (!document.adoptedStyleSheets) return "browser";
	const { version, askAgainDays } = settings;
	const key = hash(`${survey} ${transaction}`);
	const open = () =>
		store.read().asks.find((kept) => {
			const mine = transaction || kept.id === store.tabAsk();
			return mine && kept.key === key && kept.version === version && isOpen(kept, now());
		});
	const { asks } = store.read();
	if (transaction && asks.some((kept) => kept.key === key && kept.status !== "shown")) return "closed";
	if (!open() && asks.some((kept) => isTooRecent(kept, survey, askAgainDays, now()))) return "recent";

	const page = tag.closest<HTMLElement>("[lang]")?.lang;
	const locale = pickLanguage([wanted, page, ...navigator.languages], site.locales) ?? site.locale;
	ask({ site, survey, settings, transaction, locale, tag, key, store, outbox, open });
	return "due";
}

/** The order's number, if it begins like one: what a template left unfilled must not stand for every order. */
function transactionIn(text: string): string | undefined {
	return /^[\p{L}\p{N}].{0,63}$/u.exec(text.trim())?.[0];
}
