import type { Locale } from "../shared/locales/index.ts";
import { pickLanguage } from "../shared/pick-language.ts";
import type { DecidingSettings, SurveySettings, WidgetStrings } from "../shared/widget-settings.ts";
import type { FollowUp } from "./follow-up.tsx";
import { type Answer, liveAsk } from "./live-ask.ts";
import { make } from "./make.ts";
import type { Occasion } from "./occasion.ts";
import { said } from "./options.ts";
import { type Outbox, type Outcome, openOutbox } from "./outbox.ts";
import { rememberPage } from "./page-change.ts";
import { place } from "./placement.ts";
import { scaleOf } from "./scale.ts";
import { whenSeen } from "./seen.ts";
import { openStore, type Store } from "./store.ts";
import { styleSheet, themeRule } from "./style-sheet.ts";
import css from "./survey.css?inline";

/** Where a page's asks of one site are kept and sent from. */
export interface Desk {
	readonly store: Store;
	readonly outbox: Outbox;
}

/** Opens a site's desk: what earlier pages have left is sent at once. */
export function openDesk({ site, origin }: DecidingSettings): Desk {
	const store = openStore(site);
	return { store, outbox: openOutbox(store, `${origin}/v1/responses`, Date.now, Math.random) };
}

/** The page is left, perhaps for good. */
const LEAVING = ["pagehide", "visibilitychange"];

/** What the follow-up is lent of the survey it belongs to. */
export interface Lent {
	readonly occasion: Occasion;
	readonly locale: Locale;
	/** Whether it stands in the corner of the window. */
	readonly corner: boolean;
	/** Whether it goes when its page gives way to another. */
	readonly leaves: boolean;
	/** Whether the page it was placed on has given way to another. */
	readonly left: () => boolean;
	/** What goes with the question. */
	readonly body: HTMLElement;
	readonly root: ShadowRoot;
	/** The question, the line that says how it went, and whatever comes after. */
	readonly card: HTMLElement;
	readonly question: HTMLElement;
	readonly status: HTMLElement;
	/** Saves what has been said so far with a change, where there is something new. */
	readonly give: (change: Partial<Answer>) => void;
	/** Takes the survey off the page, as its shopper wants. */
	readonly close: () => void;
}

/** A survey with its place on the page. */
interface Placed {
	readonly occasion: Occasion;
	readonly locale: Locale;
	readonly settings: SurveySettings;
	readonly ours: WidgetStrings;
	readonly corner: boolean;
	readonly host: HTMLElement;
}

/** Asks, where the occasion says. */
export function showSurvey(occasion: Occasion): void {
	const { locales, tags, surveys } = __AFTERWORD__.settings;
	const settings = surveys[occasion.survey];
	const locale = pickLanguage(occasion.wanted, locales, tags) ?? locales[0];
	const ours = __AFTERWORD__.words[locale];
	const corner = (said(occasion.options, "placement") ?? settings?.placement) === "corner";
	if (!settings || !ours || !document.adoptedStyleSheets) occasion.placed();
	else
		place(occasion, corner, (host) => {
			if (host) drawSurvey({ occasion, locale, settings, ours, corner, host });
			else occasion.placed();
		});
}

/**
 * Draws the question into the shadow of its element. The ask begins once the question has been seen; then the follow-up is fetched,
 * so that it is there when the shopper taps. Whatever the shopper gives is saved as it is given.
 */
function drawSurvey({ occasion, locale, settings, ours, corner, host }: Placed): void {
	const { survey } = occasion;
	const { settings: site } = __AFTERWORD__;
	const words = { ...ours, ...ours.own?.[survey] };
	let answer: Answer | undefined;
	let followUp: FollowUp | undefined;
	let fetching = false;
	let tries = 0;

	let outcome: Outcome | undefined;
	const ask = liveAsk(occasion, locale, host, Date.now, (heard) => {
		outcome = heard;
		followUp?.hear(heard);
	});
	const give = (change: Partial<Answer>) => {
		answer = { score: 0, drivers: [], comment: "", ...answer, ...change };
		ask.answer(answer);
	};
	const fetchFollowUp = async () => {
		if (fetching) return;
		fetching = true;
		try {
			// A browser may remember that a file did not come: with another fragment it is another file.
			const source = `${site.origin}/w/${site.site}.follow-up.js?lang=${locale}#${tries++}`;
			const file: typeof import("./follow-up.tsx") = await import(/* @vite-ignore */ source);
			followUp = file.followUp({
				occasion,
				locale,
				corner,
				leaves,
				left,
				body,
				root,
				card,
				question: scale.element,
				status,
				give,
				close,
			});
			if (outcome) followUp.hear(outcome);
			if (answer) followUp.open();
		} catch {
			fetching = false;
		}
	};
	const see = () => {
		if (leaves && left()) return body.remove();
		ask.see();
		fetchFollowUp();
	};
	const pick = (score: number) => {
		see();
		scale.choose(score);
		if (!answer) dismiss.remove();
		status.textContent ||= words.saved;
		give({ score });
		followUp?.open();
	};
	const leave = () => {
		followUp?.save();
		ask.leave();
		if (!body.isConnected) for (const event of LEAVING) removeEventListener(event, leave);
	};

	const question = words.question[survey] ?? "";
	const scale = scaleOf(settings, question, words.ends[survey] ?? [], pick);
	const dismiss = make("button", { type: "button", class: "dismiss", "aria-label": words.dismiss });
	/** Where the focus was before it came here. */
	let focusedBefore: HTMLElement | undefined;
	const close = () => {
		if (!answer) ask.dismiss();
		const focused = root.activeElement;
		body.remove();
		if (focused) focusedBefore?.focus();
	};
	dismiss.onclick = close;
	const status = make("p", { role: "status" });
	const [least, most] = settings.scale;
	const look = `card${corner ? " corner" : ""}${most - least > 9 ? " tight" : ""}`;
	const place = corner ? { class: look, role: "complementary", "aria-label": question } : { class: look };
	const card = make("div", { ...place, lang: locale, dir: words.direction }, scale.element, dismiss, status);
	card.addEventListener("keydown", ({ key, isComposing }) => {
		if (corner && key === "Escape" && !isComposing) close();
	});
	// What is the page's stays where it is: of it only the card goes.
	const body = host === occasion.spot ? card : host;
	const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
	root.adoptedStyleSheets = [styleSheet(css + (__AFTERWORD__.picture?.css ?? "") + themeRule(host, settings.theme))];
	root.append(card);
	card.addEventListener("focusin", ({ relatedTarget: from }) => {
		if (from instanceof HTMLElement && !card.contains(from)) focusedBefore = from;
	});
	for (const type of ["keydown", "keypress", "keyup"] as const) root.addEventListener(type, keepToSelf);
	// A question that the page has not put there itself goes with its page.
	const leaves = corner || body === host;
	const left = rememberPage();
	occasion.placed(body);

	const begin = () => {
		whenSeen(card, see);
		for (const event of LEAVING) addEventListener(event, leave);
	};
	if (__AFTERWORD__.hold) __AFTERWORD__.hold({ begin, pick, choose: scale.choose, root });
	else begin();
}

/**
 * What is pressed in the survey is no shortcut of the page, which cannot see that it was pressed in a field; but Tab and Escape may
 * be about a dialog that the survey stands in.
 */
function keepToSelf(event: Event): void {
	if (event instanceof KeyboardEvent && !/^(Tab|Escape)$/.test(event.key)) event.stopPropagation();
}
