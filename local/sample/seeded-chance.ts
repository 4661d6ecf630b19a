/** A source of chance that says the same things in the same order for the same seed. */
export interface Chance {
	/** Evenly spread over 0 ≤ x < 1. */
	readonly random: () => number;
	/** True with probability `p`. */
	readonly happens: (p: number) => boolean;
	/** One of the items, each as likely as its weight says. Without any weight above 0: the last. */
	readonly pick: <T>(items: readonly (readonly [item: T, weight: number])[]) => T;
	/** A number whose logarithm is spread normally: half of all fall below `median`, two thirds within a factor of e^`spread`. */
	readonly around: (median: number, spread: number) => number;
}

/** Chance out of Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough for anything that is not a secret. */
export function seededChance(seed: number): Chance {
	let state = seed | 0;

	function random(): number {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	function pick<T>(items: readonly (readonly [item: T, weight: number])[]): T {
		let left = random() * items.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [item, weight] of items) {
			left -= weight;
			if (left < 0) return item;
		}
		const last = items.at(-1);
		if (!last) throw new RangeError("nothing to pick from");
		return last[0];
	}

	function around(median: number, spread: number): number {
		return median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
	}

	return { random, happens: (p) => random() < p, pick, around };
}
