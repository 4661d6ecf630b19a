import type { Receipt } from "../shared/ask-contract.ts";
import { EDIT_WINDOW_MS } from "../shared/limits.ts";
import type { KeptAsk } from "./memory.ts";
import { bodyOf } from "./revision-body.ts";
import type { Store } from "./store.ts";

/** How a sending ended: the collector's receipt, for good without one, or not yet. */
export type Outcome = Receipt | "refused" | "waiting";

/** Carries asks to the collector, over page ends and lost connections. */
export interface Outbox {
	/** Keeps an ask with a waiting revision, and sends it at once. */
	post(ask: KeptAsk): void;
	/** Hears how each sending ended. */
	report: (id: string, rev: number, outcome: Outcome) => void;
}

const BASE_MS = 2_000;
const LONGEST_MS = 10 * 60 * 1000;
const QUIET_MS = 60 * 60 * 1000;

/** Failed rounds in a row after which a page waits for an event of its own, such as `online`; the next page begins anew. */
const TRIES = 12;

/**
 * The outbox of a store. A revision leaves it after a 2xx that was read, a 4xx that is final, or a failed try 7 days after the
 * showing; an older one in flight never takes a newer one out. Failed ones are tried again with full jitter.
 */
export function openOutbox({ read, change, keep }: Store, address: string, now: () => number, random: () => number): Outbox {
	const sending = new Set<string>();
	let tries = 0;
	let timer: ReturnType<typeof setTimeout>;

	/** Sends one ask, and tells whether that has to be done again. */
	const send = async (ask: KeptAsk): Promise<boolean> => {
		const { waiting, id, rev, shownAt } = ask;
		const name = id + rev;
		if (!waiting || sending.has(name)) return false;
		sending.add(name);
		const init = { method: "POST", body: bodyOf(ask, now()), credentials: "omit" } as const;
		let outcome: Outcome = "waiting";
		let quiet = 0;
		try {
			const response = await fetch(address, { ...init, keepalive: true }).catch(() => fetch(address, init));
			if (response.ok) outcome = await response.json();
			else if (/^4(?!08|25|29)/.test(`${response.status}`)) outcome = "refused";
			else quiet = Math.min(Number(response.headers.get("Retry-After")) * 1000 || 0, QUIET_MS);
		} catch {}
		sending.delete(name);
		const failed = outcome === "waiting";
		change((memory) => {
			if (quiet) memory.quietUntil = now() + quiet;
			if (!failed || now() - shownAt > EDIT_WINDOW_MS)
				for (const ask of memory.asks) if (ask.id === id && !(ask.rev > rev)) ask.waiting = undefined;
		});
		outbox.report(id, rev, outcome);
		return failed;
	};

	const round = async (asks: readonly KeptAsk[]) => {
		const failed = (await Promise.all(asks.map(send))).some(Boolean);
		tries = failed ? tries + 1 : 0;
		const wait = random() * Math.min(LONGEST_MS, BASE_MS * 2 ** tries);
		if (failed && tries < TRIES) again(Math.max(read().quietUntil - now(), wait));
	};

	/** Sends what is waiting, unless the collector asked for quiet. */
	const flush = (event?: Event) => {
		const all = () => round(read().asks);
		const quiet = read().quietUntil - now();
		if (quiet > 0 && quiet <= QUIET_MS) again(quiet);
		// A lock that comes to a page which is being left would cost it its place in the browser's memory for going back.
		else if (event?.type === "pagehide" || document.hidden) all();
		// Two tabs need not send the same: one that finds the lock taken looks later what the other has left.
		else navigator.locks?.request(address, { ifAvailable: true }, (lock) => (lock ? all() : again(BASE_MS))).catch(all) ?? all();
	};
	const again = (ms: number) => {
		clearTimeout(timer);
		timer = setTimeout(flush, ms);
	};

	const outbox: Outbox = {
		post(ask) {
			keep(ask);
			round([ask]);
		},
		report() {},
	};
	for (const event of ["online", "pageshow", "pagehide", "visibilitychange"]) addEventListener(event, flush);
	flush();
	return outbox;
}
