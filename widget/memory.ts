import type { Ask } from "../shared/contract.ts";
import { REMEMBERED_ASKS } from "../shared/limits.ts";

/** One revision of an ask, but for its age, which is added when it is sent; its channel is as the tag says it. */
export type Revision = Omit<Ask, "age_ms" | "channel"> & { readonly channel: string };

/** An ask as this browser keeps it: to go on with it after a reload, to know when to ask again, and to deliver it. */
export interface KeptAsk {
	readonly id: string;
	/** Hash of survey and transaction. */
	readonly key: number;
	readonly survey: string;
	readonly version: number;
	readonly status: Ask["status"];
	/** The last revision; −1 before the first. */
	readonly rev: number;
	/** When it was shown, by this device's clock, in Unix milliseconds. */
	readonly shownAt: number;
	/** `performance.timeOrigin` and `performance.now()` when it was shown. */
	readonly origin: number;
	readonly tick: number;
	/** The last revision, until the collector has confirmed it. */
	waiting?: Revision | undefined;
}

/** What a browser keeps of one site. */
export interface Memory {
	/** Unix milliseconds before which nothing is sent again: the collector's `Retry-After`. */
	quietUntil: number;
	/** At most 50, the last to change at the end. */
	asks: KeptAsk[];
}

/** A memory that outlives the page where the browser lets it. */
export interface Store {
	read(): Memory;
	/** Reads, edits and writes in one turn, so that two tabs do not undo each other. */
	change(edit: (memory: Memory) => void): void;
	/** Keeps an ask, in place of what was kept of it, as the one this tab shows. */
	keep(ask: KeptAsk): void;
	/** The id of the ask this tab shows or showed last, over reloads. */
	tabAsk(): string | null;
}

/**
 * The memory under a key of localStorage, and of sessionStorage for the tab. Storage that is blocked, full or holds something else
 * breaks nothing: what cannot be written is kept for the life of the page.
 */
export function openStore(key: string): Store {
	let unwritten: Memory | undefined;
	const read = () => {
		try {
			return unwritten ?? parse(localStorage.getItem(key) ?? "{}");
		} catch {
			return parse("{}");
		}
	};
	const change = (edit: (memory: Memory) => void) => {
		const memory = read();
		edit(memory);
		unwritten = memory;
		try {
			localStorage.setItem(key, JSON.stringify(memory));
			unwritten = undefined;
		} catch {}
	};
	const keep = (ask: KeptAsk) => {
		change((memory) => {
			memory.asks = [...memory.asks.filter(({ id }) => id !== ask.id), ask].slice(-REMEMBERED_ASKS);
		});
		try {
			sessionStorage.setItem(key, ask.id);
		} catch {}
	};
	const tabAsk = () => {
		try {
			return sessionStorage.getItem(key);
		} catch {
			return null;
		}
	};
	return { read, change, keep, tabAsk };
}

/** A memory out of what was stored; what is not of its shape counts as never written. Throws where the text is no JSON. */
function parse(text: string): Memory {
	const { quietUntil, asks }: Partial<Memory> = Object(JSON.parse(text));
	return { quietUntil: Number(quietUntil) || 0, asks: Array.isArray(asks) ? asks.filter((ask) => ask?.id) : [] };
}
