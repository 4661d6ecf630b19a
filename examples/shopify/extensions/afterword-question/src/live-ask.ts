import type { Answer, KeptAsk, Status } from "./memory.ts";
import type { Outbox } from "./outbox.ts";

/** What stays the same over all revisions of an ask. */
export interface Occasion {
	readonly site: string;
	readonly survey: string;
	readonly version: number;
	readonly locale: string;
	readonly transaction: string | undefined;
	/** The ask it goes on with. */
	readonly open: KeptAsk | undefined;
}

/** One ask from its showing to its last revision. */
export interface LiveAsk {
	readonly id: string;
	/** Sends what has been said so far, unless it was sent like that. */
	answer(answer: Answer): void;
	/** The shopper would rather not say. */
	dismiss(): void;
}

/**
 * Begins an ask, or goes on with one. Each revision is the whole of it and counts up by one. The showing is reported at once, as
 * revision 0: nothing tells an extension that its page is about to go.
 */
export function liveAsk({ open, ...about }: Occasion, outbox: Outbox): LiveAsk {
	const { survey, version, transaction } = about;
	const clock = { shownAt: Date.now(), origin: performance.timeOrigin, tick: performance.now() };
	let ask: KeptAsk = open ?? { id: crypto.randomUUID(), survey, version, transaction, status: "shown", rev: -1, ...clock };
	let said = "";

	const send = (status: Status, answer?: Answer) => {
		const rev = ask.rev + 1;
		ask = { ...ask, status, rev, waiting: { v: 1, ...about, channel: "page", id: ask.id, rev, status, ...answer } };
		outbox.post(ask);
	};
	if (!open) send("shown");

	return {
		id: ask.id,
		answer(answer) {
			const text = JSON.stringify(answer);
			if (text !== said) send("answered", answer);
			said = text;
		},
		dismiss() {
			if (ask.status === "shown") send("dismissed");
		},
	};
}
