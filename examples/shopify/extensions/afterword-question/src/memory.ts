/** How far an ask came; it only climbs. */
export type Status = "shown" | "dismissed" | "answered";

/** What a shopper has said. */
export interface Answer {
	readonly score: number;
	readonly drivers: readonly string[];
	readonly comment: string;
}

/** One showing of the question, and the revision of it that is still to be sent. */
export interface KeptAsk {
	/** The right to edit the ask: kept on the shopper's device, and told to the Worker alone. */
	readonly id: string;
	readonly survey: string;
	readonly version: number;
	readonly transaction: string | undefined;
	readonly status: Status;
	readonly rev: number;
	/** Unix milliseconds by this device's clock. */
	readonly shownAt: number;
	/** The page it was shown on, as `performance.timeOrigin`, and how long after that page's beginning. */
	readonly origin: number;
	readonly tick: number;
	/** The whole of the newest revision, but for its age and token, while the Worker has not confirmed it. */
	readonly waiting?: Readonly<Record<string, unknown>> | undefined;
}

/** Shopify's storage, as far as it is used here. */
export interface Storage {
	read<Value>(key: string): Promise<Value | null>;
	write(key: string, value: unknown): Promise<void>;
}

/** The last asks of one site on this device. */
export interface Memory {
	asks(): readonly KeptAsk[];
	/** Puts an ask in, in place of an older state of the same. */
	keep(ask: KeptAsk): void;
}

const MOST = 20;

/**
 * Opens what this device remembers of a site. It is written behind whatever changes it: a storage that is full or shut costs what a
 * later page would know of this one, and nothing else.
 */
export async function openMemory(storage: Storage, site: string): Promise<Memory> {
	const key = `afterword.${site}`;
	const read = async () => {
		const kept = await storage.read<unknown>(key).catch(() => null);
		return Array.isArray(kept) ? kept.filter(isKept) : [];
	};
	let asks: readonly KeptAsk[] = await read();
	let writing: Promise<void> = Promise.resolve();
	/** Another page may have written meanwhile: what it has kept stays. */
	const write = async () => {
		const others = (await read()).filter((theirs) => !asks.some((ours) => ours.id === theirs.id && ours.rev >= theirs.rev));
		asks = [...others, ...asks.filter((ours) => !others.some(({ id }) => id === ours.id))].slice(-MOST);
		await storage.write(key, asks);
	};
	return {
		asks: () => asks,
		keep(ask) {
			asks = [...asks.filter(({ id }) => id !== ask.id), ask].slice(-MOST);
			writing = writing.then(write).catch(() => {});
		},
	};
}

function isKept(ask: unknown): ask is KeptAsk {
	return typeof Object(ask).id === "string" && typeof Object(ask).shownAt === "number" && typeof Object(ask).rev === "number";
}
