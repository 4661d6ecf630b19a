import type { Ask } from "../shared/ask-contract.ts";

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

/** The one name under which a browser keeps what it keeps of a site, in localStorage, and in sessionStorage for the tab. */
export const nameOf = (site: string) => `afterword:${site}`;

/** What localStorage holds of a site. Storage that is blocked or holds something else is an empty one. */
export function readMemory(site: string): Partial<Memory> & Pick<Memory, "asks"> {
	try {
		const kept = JSON.parse(localStorage.getItem(nameOf(site)) ?? "{}");
		return { ...kept, asks: [kept.asks].flat().filter((ask) => ask?.id) };
	} catch {
		return { asks: [] };
	}
}

/** The id of the ask this tab shows or showed last, over reloads. */
export function tabAsk(site: string): string | null {
	try {
		return sessionStorage.getItem(nameOf(site));
	} catch {
		return null;
	}
}
