import type { Histogram } from "../../shared/histogram.ts";

/** A population: the chance of each score. */
export type Population = Readonly<Record<number, number>>;

/** Uniform numbers in 0…1, the same for the same seed (Mulberry32). */
export function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** So many answers of a population, by score. */
export function sample(population: Population, n: number, random: () => number): Histogram {
	const scores = Object.entries(population);
	const histogram: Record<number, number> = {};
	for (let i = 0; i < n; i++) {
		let rest = random();
		let drawn = Number(scores.at(-1)?.[0]);
		for (const [score, share] of scores) {
			rest -= share;
			if (rest < 0) {
				drawn = Number(score);
				break;
			}
		}
		histogram[drawn] = (histogram[drawn] ?? 0) + 1;
	}
	return histogram;
}

/** Shares of promoters, passives and detractors as shops have them, from loved to disliked. */
export const SHOPS: readonly Population[] = [
	[0.7, 0.2, 0.1],
	[0.6, 0.25, 0.15],
	[0.5, 0.3, 0.2],
	[0.45, 0.25, 0.3],
	[0.4, 0.4, 0.2],
	[0.35, 0.3, 0.35],
	[0.25, 0.35, 0.4],
].map(([p = 0, n = 0, d = 0]) => ({ 10: p, 8: n, 3: d }));

/** Shares of each score of a CES. */
export const EFFORTS: readonly Population[] = [
	{ 7: 0.4, 6: 0.25, 5: 0.15, 4: 0.08, 3: 0.05, 2: 0.04, 1: 0.03 },
	{ 7: 0.2, 6: 0.25, 5: 0.2, 4: 0.15, 3: 0.1, 2: 0.06, 1: 0.04 },
	{ 7: 0.1, 6: 0.15, 5: 0.2, 4: 0.2, 3: 0.15, 2: 0.1, 1: 0.1 },
	{ 7: 0.5, 6: 0.1, 5: 0.05, 4: 0.05, 3: 0.05, 2: 0.1, 1: 0.15 },
];

/** Shares of the satisfied, from few to nearly all. */
export const SATISFIED = [0.05, 0.15, 0.3, 0.5, 0.65, 0.75, 0.85, 0.92, 0.97, 0.995].map((p) => ({ 5: p, 1: 1 - p }));
