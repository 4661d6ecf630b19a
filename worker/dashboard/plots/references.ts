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
export function referencesOf({ goal, baseline, benchmarks }: Pick<SurveyScore, "goal" | "baseline" | "benchmarks">): References {
	const [first, ...others] = benchmarks.map(({ value }: Benchmark): Reference => ({ kind: "benchmark", value }));
	return {
		held: [
			...(goal ? [{ kind: "goal", value: goal.target } as const] : []),
			...(baseline && baseline.value !== null ? [{ kind: "baseline", value: baseline.value } as const] : []),
			...(first ? [first] : []),
		],
		beside: others,
	};
}
