import { JUDGED, survivors } from "./benjamini-hochberg.ts";
import { type Verdict, verdictOf } from "./compare.ts";
import type { Funnel } from "./funnel.ts";
import { pValue } from "./normal.ts";
import { type Share, shareOf } from "./score.ts";
import { shareZ } from "./share-test.ts";
import { COMPARABLE } from "./tier.ts";

/** A share with the asks it is a share of. */
export interface Rate extends Share {
	readonly shown: number;
}

/** A rate against the one before it. */
export interface Trend {
	readonly now: Rate;
	readonly before: Rate;
	readonly z: number | null;
	readonly verdict: Verdict;
}

/** Compares a share of the asks shown with an earlier one; too few below 30 on either side. */
export function trendOf(now: readonly [yes: number, n: number], before: readonly [yes: number, n: number]): Trend {
	const empty = now[1] === 0 || before[1] === 0;
	const z = empty ? null : shareZ(...now, ...before);
	const few = Math.min(now[1], before[1]) < COMPARABLE;
	return { now: rateOf(...now), before: rateOf(...before), z, verdict: z === null || few ? "too_few" : verdictOf(z) };
}

function rateOf(yes: number, shown: number): Rate {
	return { ...shareOf(yes, shown), shown };
}

/** A value of a segment whose customers answer less often than everybody else does. */
export interface SilentSegment {
	readonly key: string;
	readonly name: string;
	readonly shown: number;
	readonly response_rate: Share;
	/** The response rate of everybody else. */
	readonly rest: Share;
	readonly z: number;
}

/** The asks of one value of one segment. */
export interface SegmentFunnel {
	readonly key: string;
	readonly name: string;
	readonly funnel: Funnel;
}

/**
 * The values that are significantly more silent than the rest, the most silent first: Benjamini–Hochberg over all values of all keys
 * with at least 50 asks on either side, and a lower response rate.
 */
export function silentSegments(everybody: Funnel, values: readonly SegmentFunnel[]): SilentSegment[] {
	const tested = values.map(({ key, name, funnel: { shown, answered } }) => {
		const others = { shown: everybody.shown - shown, answered: everybody.answered - answered };
		const z = shareZ(answered, shown, others.answered, others.shown);
		const enough = Math.min(shown, others.shown) >= JUDGED;
		return { key, name, shown, z, enough, response_rate: shareOf(answered, shown), rest: shareOf(others.answered, others.shown) };
	});
	const survive = survivors(tested.map(({ z, enough }) => (enough ? pValue(z) : null)));
	return tested
		.filter(({ z }, i) => survive[i] && z < 0)
		.map(({ enough: _, ...segment }) => segment)
		.sort((a, b) => a.z - b.z);
}
