import type { Benchmark } from "../../../shared/benchmarks.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";

/** A line to look at a score beside. */
export interface Reference {
	readonly kind: "goal" | "baseline" | "benchmark";
	readonly value: number;
}

/** What a score is held against, in the unit of the score. */
export interface References {
	/** Shown in any case: the plot makes room for them. */
	readonly held: readonly Reference[];
	/** Shown where there is room anyway: further benchmarks, some far from the score. */
	readonly beside: readonly Reference[];
}

/** The goal, the baseline and the benchmarks of a score. The first benchmark, the owner's before a published one, is among those held. */
export function referencesOf({ goal, benchmarks, ...score }: Pick<SurveyScore, "goal" | "baseline" | "benchmarks">): References {
	const [first, ...others] = benchmarks.map(({ value }: Benchmark): Reference => ({ kind: "benchmark", value }));
	const baseline = baselineBeside(score);
	return {
		held: [
			...(goal ? [{ kind: "goal", value: goal.target } as const] : []),
			...(baseline ? [{ kind: "baseline", value: baseline.value } as const] : []),
			...(first ? [first] : []),
		],
		beside: others,
	};
}

/** The baseline a score may be seen beside: one of other answers, all or only the signed, would look like a change. */
export function baselineBeside({ baseline }: Pick<SurveyScore, "baseline">) {
	if (!baseline || baseline.value === null) return null;
	const alike = baseline.not_compared === null || baseline.not_compared === "shares_days";
	return alike ? { ...baseline, value: baseline.value } : null;
}
