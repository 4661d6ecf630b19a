import type { Quadrant } from "../../../shared/driver-impact.ts";
import type { MetricName } from "../../../shared/metrics.ts";

const answers = (n: string) => (n === "1" ? "1 answer" : `${n} answers`);

/** What the room of drivers says. */
export const words = {
	title: "Drivers",
	lead: "Which reasons go with a higher or a lower score. Association, not cause: what customers name beside their score need not be what made it.",
	base: (n: string) => `${answers(n)} that name at least one reason; every figure here is among them.`,
	quadrants: { fix_first: "Fix first", protect: "Protect", watch: "Watch", keep: "Keep" } satisfies Record<Quadrant, string>,
	meanings: {
		fix_first: "named often, by customers who score lower",
		protect: "named often, by customers who score higher",
		watch: "named seldom, by customers who score lower",
		keep: "named seldom, by customers who score higher",
	} satisfies Record<Quadrant, string>,

	plotName: (told: readonly string[], untold: readonly string[]) =>
		[
			"Reasons by contrast and reach.",
			...told.map((each) => `${each}.`),
			...(untold.length > 0 ? [`Not distinguishable: ${untold.join(", ")}.`] : []),
		].join(" "),
	placed: (name: string, quadrant: string) => `${name}: ${quadrant}`,
	contrastAxis: (metric: MetricName) =>
		metric === "ces" ? "Contrast, on the scale of 1 to 7" : "Contrast, in points of the score",
	reachAxis: "Reach",
	caption: "A circle's area is the size of its impact. The line across is the usual reach, the line down no contrast.",
	hollow: "Hollow circles are not distinguishable: the answers cannot tell their contrast from none.",
	noPlot: "No reason has enough answers yet to be weighed: it takes 50 that name it and 50 that do not.",
	fewLeft: (n: number) =>
		n === 1
			? "One reason has too few answers and is only in the table."
			: `${n} reasons have too few answers and are only in the table.`,

	table: "Reasons",
	reason: "Reason",
	mentions: "Mentions",
	reach: "Reach",
	contrast: "Contrast",
	impact: "Impact",
	verdict: "What the answers tell",
	none: "–",
	told: (quadrant: string, higher: boolean) => `${quadrant}: likely goes with a ${higher ? "higher" : "lower"} score`,
	verdicts: { no_detectable_change: "not distinguishable", too_few: "too few answers to tell" },
	terms: [
		["Reach", "the share of these answers that name the reason."],
		["Contrast", "the score of those who name it minus the score of those who do not, with its 95% interval."],
		["Impact", "reach times contrast: what the score gains or loses beside the answers that do not name it."],
		["Likely", "told by all reasons compared together (Benjamini–Hochberg, 10%), which the interval of one alone is not."],
	],

	empty: "Nobody gave a reason in these days.",
	emptyNext: "Choose more days, or look at which reasons the question offers.",
	noReasons: "This survey offers no reasons to choose from.",
	noReasonsNext: "Choose some in its settings; customers then see them after their score.",
	toSettings: "To its settings",
};
