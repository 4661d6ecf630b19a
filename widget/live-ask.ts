import type { Ask } from "../shared/ask-contract.ts";
import { EDIT_WINDOW_MS } from "../shared/limits.ts";
import type { Locale } from "../shared/locales/index.ts";
import type { EventName } from "./commands.ts";
import { toJson } from "./json.ts";
import type { KeptAsk } from "./memory.ts";
import type { Occasion } from "./occasion.ts";
import { said } from "./options.ts";
import type { Outcome } from "./outbox.ts";
import { pageClock } from "./page-clock.ts";
import { shopperOf } from "./shopper.ts";
import { uuid } from "./uuid.ts";

/** What a shopper has said so far. */
export type Answer = Required<Pick<Ask, "score" | "drivers" | "comment">> & Pick<Ask, "contact">;

/** One ask from first sight to its last revision. */
export interface LiveAsk {
	/** The question was seen: goes on with what this transaction or tab left open, or begins. */
	see(): void;
	/** Sends the answer as it stands now, unless it was sent like that. */
	answer(answer: Answer): void;
	/** The shopper would rather not say. */
	dismiss(): void;
	/** The page is left: an ask that was seen and never sent is reported. */
	leave(): void;
}

/**
 * The ask of an occasion. Revisions count up from 1, each the whole of the ask; 0 is kept for one that is left unanswered.
 * `host` tells the page what happened; `report` hears how each sending ended.
 */
export function liveAsk(
	occasion: Occasion,
	locale: Locale,
	host: Element,
	now: () => number,
	report: (outcome: Outcome) => void,
): LiveAsk {
	const { survey, options, transaction, key, desk, open } = occasion;
	const { store, outbox } = desk;
	const { settings: site } = __AFTERWORD__;
	let ask: KeptAsk | undefined;
	let sent = "";

	outbox.report = (id, rev, outcome) => {
		// What became of an older revision says nothing of the newest.
		if (id !== ask?.id || rev < ask.rev) return;
		report(outcome);
		if (outcome === "refused") emit("error");
	};

	/** Tells the page what happened, and its dataLayer where that was asked for: with the survey and at most the score. */
	const emit = (event: EventName, score?: number) => {
		try {
			host.dispatchEvent(new CustomEvent(`afterword:${event}`, { bubbles: true, composed: true, detail: { survey, score } }));
			if (!said(options, "events")) return;
			window.dataLayer ??= [];
			window.dataLayer.push({ event: `afterword_${event}`, survey, score });
		} catch {}
	};

	const see = (): KeptAsk => {
		// Another tab may have gone on with it meanwhile: what is stored is further than what this page remembers.
		const last = ask;
		ask = last ? (store.read().asks.find(({ id }) => id === last.id) ?? last) : open();
		// An unanswered one that can be edited no more, in a tab that was left open for a week, is none to go on with.
		if (ask && (ask.status !== "shown" || now() - ask.shownAt < EDIT_WINDOW_MS)) return ask;
		const version = site.surveys[survey]?.version ?? 0;
		ask = { id: uuid(), key, survey, version, status: "shown", rev: -1, shownAt: now(), ...pageClock() };
		store.keep(ask);
		emit("shown");
		return ask;
	};

	const send = (status: Ask["status"], answer?: Answer) => {
		const seen = see();
		if (status !== "answered" && seen.rev > 0) return;
		const { id, version } = seen;
		const rev = status === "shown" ? 0 : Math.max(seen.rev, 0) + 1;
		const rest = { ...answer, transaction, locale, ...shopperOf(occasion, window) };
		const next: KeptAsk = { ...seen, status, rev, waiting: { v: 1, site: site.site, survey, version, id, rev, status, ...rest } };
		ask = next;
		outbox.post(next);
	};

	return {
		see,
		answer(answer) {
			const text = toJson(answer);
			if (text === sent) return;
			send("answered", answer);
			if (!sent) emit("answered", answer.score);
			sent = text;
		},
		dismiss() {
			send("dismissed");
			emit("dismissed");
		},
		leave() {
			if (ask?.rev === -1) send("shown");
		},
	};
}
