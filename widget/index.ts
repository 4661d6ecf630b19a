import { isOpen, isTooRecent } from "./due.ts";
import { hash } from "./hash.ts";
import { pickLanguage } from "./language.ts";
import { openStore } from "./memory.ts";
import type { Occasion } from "./occasion.ts";
import { openOutbox } from "./outbox.ts";
import { place } from "./placement.ts";
import { tabAsk } from "./tab-ask.ts";

/** Why a tag asks or does not; `data-debug` shows it on the tag. */
type Gate = "consent" | "again" | "browser" | "survey" | "closed" | "recent" | "due";

/**
 * Runs a tag: sends what earlier pages left, decides whether a question is due, where and in which language, and hands over to
 * `ask`. Never throws: on a page of somebody else a survey that fails is a survey that is not there.
 */
export function start(ask: (occasion: Occasion) => void): void {
	try {
		const tag = document.currentScript ?? document.querySelector<HTMLElement>(`script[src*="/w/${__AFTERWORD__.settings.site}."]`);
		if (!tag) return;
		const gate = decide(tag, ask);
		if (tag.dataset["debug"] !== undefined) tag.dataset["debug"] = gate;
	} catch {}
}

function decide(tag: HTMLElement | SVGScriptElement, ask: (occasion: Occasion) => void): Gate {
	const { site, origin, locale: usual, locales, survey: asked, surveys, segments } = __AFTERWORD__.settings;
	const { survey = asked, transaction, locale: wanted, consent } = tag.dataset;
	if (consent === "pending") return "consent";
	const sites = (window.afterword ??= {});
	if (sites[site]) return "again";
	sites[site] = true;

	const now = Date.now;
	const name = `afterword:${site}`;
	const store = openStore(name);
	const outbox = openOutbox(store, `${origin}/v1/responses`, now, Math.random);
	for (const event of ["online", "pageshow", "pagehide", "visibilitychange"]) addEventListener(event, outbox.flush);
	outbox.flush();

	const settings = surveys[survey];
	if (!settings) return "survey";
	if (!document.adoptedStyleSheets) return "browser";
	const { version, askAgainDays } = settings;
	const key = hash(survey + transaction);
	const open = () =>
		store.read().asks.find((kept) => {
			const mine = transaction ? kept.key === key : kept.id === tabAsk(name);
			return mine && kept.version === version && isOpen(kept, now());
		});
	const { asks } = store.read();
	if (transaction && asks.some((kept) => kept.key === key && kept.status !== "shown")) return "closed";
	if (!open() && asks.some((kept) => isTooRecent(kept, survey, askAgainDays, now()))) return "recent";

	const page = tag.closest<HTMLElement>("[lang]")?.lang;
	const locale = pickLanguage([wanted, page, ...navigator.languages], locales) ?? usual;
	place(tag, (host) => ask({ site, segments, survey, settings, locale, tag, host, key, name, store, outbox, open }));
	return "due";
}
