import type { KeptAsk, Memory } from "./memory.ts";

/** How a sending ended: taken, in the Worker's own word; refused for good; or not yet. */
export type Outcome = "stored" | "duplicate" | "ignored" | "already_answered" | "queued" | "refused" | "waiting";

/** Carries asks to the Worker, over lost connections and closed pages. */
export interface Outbox {
	/** Keeps an ask with a waiting revision, and sends it at once. */
	post(ask: KeptAsk): void;
	/** Sends what waits, from earlier pages too. */
	flush(): void;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const BASE_MS = 2_000;
const LONGEST_MS = 10 * 60 * 1000;
const QUIET_MS = 60 * 60 * 1000;

/** Failed rounds in a row after which the next page goes on. */
const TRIES = 12;

/**
 * The outbox of a site. A revision leaves it after a 2xx that was read, a 4xx that is final, or a failed try a week after the
 * showing; what fails otherwise is tried again with full jitter. `token` gives a session token of this moment: it lives for
 * minutes, and is never kept.
 */
export function openOutbox(
	{ asks, keep }: Memory,
	address: string,
	token: () => Promise<string>,
	report: (id: string, rev: number, outcome: Outcome) => void,
): Outbox {
	const sending = new Set<string>();
	let tries = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	/** Milliseconds for which the Worker asked not to be asked. */
	let quietMs = 0;

	/** Sends one ask, and tells whether that has to be done again. */
	const send = async (ask: KeptAsk): Promise<boolean> => {
		const { id, rev, waiting, shownAt } = ask;
		const name = `${id} ${rev}`;
		if (!waiting || sending.has(name)) return false;
		sending.add(name);
		let outcome: Outcome = "waiting";
		try {
			const body = JSON.stringify({ ...waiting, token: await token(), age_ms: ageOf(ask) });
			const reply = await fetch(address, { method: "POST", body, credentials: "omit", keepalive: true });
			if (reply.ok) outcome = (await reply.json()).status;
			else if (/^4(?!08|25|29)/.test(`${reply.status}`)) outcome = "refused";
			else quietMs = Math.min(Number(reply.headers.get("Retry-After")) * 1000 || 0, QUIET_MS);
		} catch {}
		sending.delete(name);
		const failed = outcome === "waiting";
		const kept = asks().find((other) => other.id === id);
		if (kept?.rev === rev && (!failed || Date.now() - shownAt > WEEK_MS)) keep({ ...kept, waiting: undefined });
		report(id, rev, outcome);
		return failed;
	};

	const round = async (some: readonly KeptAsk[]): Promise<void> => {
		const failed = (await Promise.all(some.map(send))).some(Boolean);
		tries = failed ? tries + 1 : 0;
		if (!failed || tries >= TRIES) return;
		clearTimeout(timer);
		timer = setTimeout(flush, Math.max(quietMs, Math.random() * Math.min(LONGEST_MS, BASE_MS * 2 ** tries)));
		quietMs = 0;
	};
	const flush = () => void round(asks());

	return {
		post(ask) {
			keep(ask);
			void round([ask]);
		},
		flush,
	};
}

/** Milliseconds since an ask was shown: by the page's own clock on the same page, afterwards by the device's. */
function ageOf({ shownAt, origin, tick }: KeptAsk): number {
	const age = origin === performance.timeOrigin ? performance.now() - tick : Date.now() - shownAt;
	return Math.round(Math.min(Math.max(age, 0), WEEK_MS));
}
