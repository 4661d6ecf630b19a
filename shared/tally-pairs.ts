import type { Status } from "./outcome.ts";

/** One row of the tally an ask counts in: a key and its value. `["", ""]` is everybody. */
export type Pair = readonly [key: string, value: string];

/** How long after the showing an answer reached us: one given offline counts by its arrival. */
export const DELAYS = ["1h", "1d", "3d", "later"] as const;

export type Delay = (typeof DELAYS)[number];

export interface Counted {
	readonly status: Status;
	readonly drivers: readonly string[];
	/** Declared segments with their declared values, and the built-in ones. */
	readonly segments: Readonly<Record<string, string>>;
	readonly delay: Delay | null;
	/** Null in a site that signs no transactions: then nothing is kept under "verified". */
	readonly verified: boolean | null;
}

/** Before every key but "" and "verified" for asks whose transaction was signed, so that they can be scored apart. */
export const VERIFIED_PREFIX = "verified:";

/** Before the same keys for imported asks: nobody was silent there, so that response rates leave them out. */
export const IMPORT_PREFIX = "import:";

/**
 * The pairs an ask counts in: everybody, each segment, and for answers the delay, each chosen driver, and `["driver", "*"]`
 * for "chose at least one". The delay pair is spelled the same way always: the database swaps it as text.
 */
export function pairsOf({ status, drivers, segments, delay, verified }: Counted): Pair[] {
	const own: Pair[] = Object.entries(segments);
	if (status === "answered") {
		if (delay !== null) own.push(["delay", delay]);
		if (drivers.length > 0) own.push(["driver", "*"]);
		for (const driver of drivers) own.push(["driver", driver]);
	}
	const prefix = verified ? VERIFIED_PREFIX : segments["channel"] === "import" ? IMPORT_PREFIX : "";
	const pairs: Pair[] = [["", ""], ...own.map(([key, value]): Pair => [prefix + key, value])];
	if (verified !== null) pairs.push(["verified", verified ? "yes" : "no"]);
	return pairs;
}

const HOUR_MS = 60 * 60 * 1000;

/** The delay band of `ms` milliseconds between the showing and the answer. */
export function delayOf(ms: number): Delay {
	if (ms <= HOUR_MS) return "1h";
	if (ms <= 24 * HOUR_MS) return "1d";
	return ms <= 72 * HOUR_MS ? "3d" : "later";
}
