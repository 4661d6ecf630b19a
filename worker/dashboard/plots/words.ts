import type { MetricName } from "../../../shared/metrics.ts";

/** What plots say. */
export const words = {
	goal: "goal",
	baseline: { phone: "base", wide: "baseline", either: "baseline" },
	benchmark: { phone: "bench", wide: "benchmark", either: "benchmark" },

	markName: (score: string, low: string, high: string, ticks: readonly string[]) =>
		`Score ${score}, with 95% confidence between ${low} and ${high}${ticks.length > 0 ? `; ${ticks.join(", ")}` : ""}`,

	lineName: (from: string, to: string, last: string | null) =>
		`The rolling score from ${from} to ${to}${last === null ? "" : `, at the end ${last}`}`,
	lineCaption: (days: number) => `Each point is the score of the ${days} days up to it; the band is its 95% interval.`,
	lineGaps: "Gaps: fewer than 5 answers.",
	lineEarly: "Thin: fewer than 30 answers.",
	goalIs: (value: string) => `Goal: ${value}.`,
	baselineIs: (value: string, from: string, to: string, responses: string) =>
		`Baseline: ${value} (${from} to ${to}, ${responses} answers).`,
	benchmarks: "Dashed, made by others with other methods: ",
	benchmarkIs: (value: string, source: string, country: string, year: number) => `${value} ${source} (${country} ${year})`,
	lineTable: "The line as a table",
	lineHead: ["Up to", "Score", "95% interval", "Answers"],
	hidden: "too few",
	interval: (low: string, high: string) => `${low} to ${high}`,

	distributionName: (groups: readonly string[]) => `Answers by score: ${groups.join(", ")}`,
	distributionTable: "The answers by score as a table",
	distributionHead: ["Score", "Answers", "Share"],
	distributionCaption: (responses: string) => `Share of the ${responses} answers by score.`,
	groupShare: (group: string, share: string) => `${group} ${share}`,
};

/** What the groups of a metric's scores are called. */
export const GROUP_NAMES: Readonly<Record<MetricName, Readonly<Record<string, string>>>> = {
	nps: { promoters: "Promoters", passives: "Passives", detractors: "Detractors" },
	csat: { satisfied: "Satisfied", rest: "Not satisfied" },
	ces: { agree: "Agree", rest: "Do not agree" },
};
