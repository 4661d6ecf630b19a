import { METRICS, type MetricName } from "./metrics.ts";
import { type Share, shareOf } from "./score.ts";

/** What became of every ask that was shown. Reasons and comments are parts of the answered. */
export interface Funnel {
	readonly shown: number;
	readonly answered: number;
	readonly dismissed: number;
	readonly ignored: number;
	readonly commented: number;
}

/** The funnel of nobody. */
export const NOBODY: Funnel = { shown: 0, answered: 0, dismissed: 0, ignored: 0, commented: 0 };

/** Answered of shown, in percent with Wilson's interval; null where nothing was shown. */
export function responseRate({ answered, shown }: Funnel): Share {
	return shareOf(answered, shown);
}

/**
 * The score the silent customers would have to have for the goal to fail: `(goal − r·score) / (1 − r)`, r the response rate.
 * `cannot_fail` where not even the lowest score of all the silent would bring it down, `already_fails` where not even the
 * highest would save it; null where there is no score or nobody was silent.
 */
export type TippingPoint = { readonly value: number } | "cannot_fail" | "already_fails" | null;

/** The tipping point of a score against a goal, both in the unit of the score. */
export function tippingPoint(metric: MetricName, score: number | null, goal: number, { answered, shown }: Funnel): TippingPoint {
	if (score === null || shown === 0 || answered === shown) return null;
	const rate = answered / shown;
	const value = (goal - rate * score) / (1 - rate);
	const { min, max } = boundsOf(metric);
	if (value < min) return "cannot_fail";
	return value > max ? "already_fails" : { value };
}

/** The lowest and highest value a metric's score can have. */
export function boundsOf(metric: MetricName): { readonly min: number; readonly max: number } {
	if (metric === "ces") return METRICS.ces;
	return { min: metric === "nps" ? -100 : 0, max: 100 };
}
