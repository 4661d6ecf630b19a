import type { Verdict } from "../../../shared/compare.ts";
import type { Day } from "../../../shared/day.ts";
import type { Drivers, EpisodeView, Silence } from "../../../shared/insight-contract.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";

/** What the API says of one survey over one window. */
export interface Findings {
	readonly score: SurveyScore;
	readonly drivers: Drivers;
	/** The alerts that are open, of all surveys. */
	readonly alerts: readonly EpisodeView[];
	readonly silence: Silence;
}

/** A verdict that says something moved. */
export type Moved = Extract<Verdict, "likely_changed" | "changed">;

/** A share in percent, and the asks it is of. */
interface RateOf {
	readonly value: number;
	readonly shown: number;
}

/** One thing to know about a survey. Figures in the unit of its score, at full precision; shares in percent. */
export type Statement =
	| { readonly kind: "unasked" }
	| { readonly kind: "unanswered"; readonly shown: number }
	| { readonly kind: "hidden"; readonly responses: number }
	| { readonly kind: "early"; readonly value: number; readonly low: number; readonly high: number; readonly responses: number }
	| { readonly kind: "incomparable" | "steady"; readonly value: number; readonly low: number; readonly high: number }
	| { readonly kind: "moved"; readonly value: number; readonly change: number; readonly verdict: Moved }
	| { readonly kind: "alert"; readonly direction: "up" | "down"; readonly since: Day }
	| { readonly kind: "segment_alerts"; readonly count: number }
	| { readonly kind: "driver"; readonly id: string; readonly impact: number }
	| { readonly kind: "goal"; readonly target: number; readonly verdict: "met" | "missed" }
	| { readonly kind: "baseline"; readonly change: number; readonly verdict: Moved }
	| { readonly kind: "response_rate"; readonly now: RateOf; readonly before: RateOf; readonly verdict: Moved }
	| {
			readonly kind: "silent";
			readonly key: string;
			readonly name: string;
			readonly rate: number;
			readonly rest: number;
			readonly bounds: boolean;
	  };

/** More than this nobody takes from one line. */
const MOST = 3;

/**
 * What an owner should take from a survey, the most important first: how the score stands against the window before; then what asks for
 * something to be done, before what is only good to know. Nothing that the answers cannot tell: verdicts as METRICS' rules give them,
 * reasons only where they survive Benjamini–Hochberg, no score below 5 answers and no judgement of it below 30.
 */
export function statementsOf({ score, drivers, alerts, silence }: Findings): Statement[] {
	const mine = alerts.filter(
		({ survey, version, cleared_on, opened_on }) =>
			survey === score.survey && version === score.version && !cleared_on && opened_on <= score.window.to,
	);
	const [whole] = mine.filter(({ segment }) => segment === null);
	const inSegments = mine.filter(({ segment }) => segment !== null).length;
	const survivors = drivers.drivers.filter(({ verdict, impact }) => verdict === "likely_changed" && impact !== null);
	const worst = largest(survivors, (impact) => impact < 0);
	const best = largest(survivors, (impact) => impact > 0);
	const { goal } = score;
	const [silent] = silence.silent_segments;
	const found: (Statement | null)[] = [
		standing(score),
		whole ? { kind: "alert", direction: whole.direction, since: whole.opened_on } : null,
		worst,
		goal?.verdict === "missed" ? { kind: "goal", target: goal.target, verdict: "missed" } : null,
		inSegments > 0 ? { kind: "segment_alerts", count: inSegments } : null,
		againstBaseline(score),
		fallenRate(silence),
		silent && silent.response_rate.value !== null && silent.rest.value !== null
			? {
					kind: "silent",
					key: silent.key,
					name: silent.name,
					rate: silent.response_rate.value,
					rest: silent.rest.value,
					bounds: silent.bounds,
				}
			: null,
		goal?.verdict === "met" ? { kind: "goal", target: goal.target, verdict: "met" } : null,
		worst ? null : best,
	];
	return found.filter((statement) => statement !== null).slice(0, MOST);
}

/** How a score stands: by its tier first, then against the window before. */
export function standing({ value, interval, tier, responses, previous, funnel }: SurveyScore): Statement {
	if (funnel.shown === 0 && responses === 0) return { kind: "unasked" };
	if (responses === 0) return { kind: "unanswered", shown: funnel.shown };
	if (tier === "hidden" || value === null || interval === null) return { kind: "hidden", responses };
	const { low, high } = interval;
	if (tier === "early") return { kind: "early", value, low, high, responses };
	const { change, verdict } = previous;
	if (verdict === "too_few" || change === null) return { kind: "incomparable", value, low, high };
	return verdict === "no_detectable_change" ? { kind: "steady", value, low, high } : { kind: "moved", value, change, verdict };
}

function againstBaseline({ tier, baseline }: SurveyScore): Statement | null {
	if (tier === "hidden" || tier === "early" || !baseline || baseline.change === null) return null;
	const { verdict, change } = baseline;
	return verdict === "likely_changed" || verdict === "changed" ? { kind: "baseline", change, verdict } : null;
}

/** A response rate that fell; one that rose asks for nothing. */
function fallenRate({ response_rate: { now, before, verdict } }: Silence): Statement | null {
	if (verdict !== "likely_changed" && verdict !== "changed") return null;
	if (now.value === null || before.value === null || now.value >= before.value) return null;
	return {
		kind: "response_rate",
		now: { value: now.value, shown: now.shown },
		before: { value: before.value, shown: before.shown },
		verdict,
	};
}

function largest(survivors: Drivers["drivers"], on: (impact: number) => boolean): Statement | null {
	const [found] = survivors
		.filter(({ impact }) => on(impact ?? 0))
		.sort((a, b) => Math.abs(b.impact ?? 0) - Math.abs(a.impact ?? 0));
	return found ? { kind: "driver", id: found.id, impact: found.impact ?? 0 } : null;
}
