import type { Status } from "./outcome.ts";

/** One row of the tally an ask counts in: a key and its value. `["", ""]` is everybody. */
export type Pair = readonly [key: string, value: string];

/** How long after the showing an answer came. */
export type Delay = "1h" | "1d" | "3d" | "later";

export interface Counted {
	readonly status: Status;
	readonly drivers: readonly string[];
	/** Declared segments with their declared values, and the built-in ones. */
	readonly segments: Readonly<Record<string, string>>;
	readonly delay: Delay | null;
	/** Null in a site that signs no transactions: then nothing is kept under "verified". */
	readonly verified: boolean | null;
}

/**
 * The pairs an ask counts in: everybody, each segment, and for answers the delay, each chosen driver, and `["driver", "*"]`
 * for "chose at least one". The delay pair is spelled the same way always: the database swaps it as text.
 */
export function pairsOf({ status, drivers, segments, delay, verified }: Counted): Pair[] {
	const pairs: Pair[] = [["", ""], ...Object.entries(segments)];
	if (verified !== null) pairs.push(["verified", verified ? "yes" : "no"]);
	if (status !== "answered") return pairs;
	if (delay !== null) pairs.push(["delay", delay]);
	if (drivers.length > 0) pairs.push(["driver", "*"]);
	for (const driver of drivers) pairs.push(["driver", driver]);
	return pairs;
}

const HOUR_MS = 60 * 60 * 1000;

/** The delay band of `ms` milliseconds between the showing and the answer. */
export function delayOf(ms: number): Delay {
	if (ms <= HOUR_MS) return "1h";
	if (ms <= 24 * HOUR_MS) return "1d";
	return ms <= 72 * HOUR_MS ? "3d" : "later";
}
