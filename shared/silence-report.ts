import { JUDGED, survivors } from "./benjamini-hochberg.ts";
import { type Verdict, verdictOf } from "./compare.ts";
import { type Funnel, NOBODY } from "./funnel.ts";
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
	/** Whether asks by e-mail may be among the value's: then its rate is the most it can be, and the rest's the least. */
	readonly bounds: boolean;
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
 *
 * Asks by e-mail are in the counts of a value of any key but the channel, and how many of them is not known. So such a value is taken for
 * as talkative as it can be: of e-mail's asks it has all that were not answered, and none that were. Who is more silent even then, is.
 * @param everybody without those by e-mail
 * @param byEmail those by e-mail
 */
export function silentSegments(everybody: Funnel, values: readonly SegmentFunnel[], byEmail: Funnel = NOBODY): SilentSegment[] {
	const tested = values.map(({ key, name, funnel }) => {
		const bounds = key !== "channel" && byEmail.shown > 0;
		const { answered } = funnel;
		const shown = funnel.shown - (bounds ? Math.min(silentOf(byEmail), silentOf(funnel)) : 0);
		const others = { shown: everybody.shown - shown, answered: everybody.answered - answered };
		const enough = Math.min(shown, others.shown) >= JUDGED;
		// With more answers than all others together have room for, a value is anything but silent.
		const possible = others.answered >= 0 && others.answered <= others.shown;
		const z = possible ? shareZ(answered, shown, others.answered, others.shown) : Number.POSITIVE_INFINITY;
		// How talkative one is cannot be told by that bound, so that it must not lend weight to the others.
		const p = !enough ? null : bounds && z >= 0 ? 1 : pValue(z);
		return { key, name, shown, answered, others, z, p, bounds };
	});
	const survive = survivors(tested.map(({ p }) => p));
	return tested
		.filter(({ z }, i) => survive[i] && z < 0)
		.map(({ key, name, shown, answered, others, z, bounds }) => ({
			key,
			name,
			shown,
			response_rate: shareOf(answered, shown),
			rest: shareOf(others.answered, others.shown),
			z,
			bounds,
		}))
		.sort((a, b) => a.z - b.z);
}

const silentOf = ({ shown, answered }: Funnel) => shown - answered;
