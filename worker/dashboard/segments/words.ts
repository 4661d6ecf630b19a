const answers = (n: string) => (n === "1" ? "1 answer" : `${n} answers`);

/** What the room of segments says. */
export const words = {
	title: "Segments",
	lead: "How the score differs between customers. A difference is named only where it survives the comparison of all values together.",
	key: "Segment",
	everybodyIs: (value: string, n: string) => `All answers: ${value} (${n}), the dotted line.`,
	everybodyHidden: (n: string) => `All answers: ${answers(n)}; a score is shown from 5 on.`,
	scale: (low: string, high: string) =>
		`Every mark lies on the same scale, from ${low} to ${high}: the dot is the score, the bar its 95% interval.`,
	earlyIs: "Early values, from fewer than 30 answers, are dashed and stand last, in no order.",
	values: "Values by score",
	answers,
	hidden: "too few",
	hiddenSaid: "shown from 5 answers on",
	higher: "likely higher than the rest",
	lower: "likely lower than the rest",
	verdicts: { no_detectable_change: "no detectable difference from the rest", too_few: "too few answers to compare" },

	table: "The values as a table",
	head: ["Value", "Score", "95% interval", "Answers", "Asked", "Response rate", "Against the rest", "What the answers tell"],
	none: "–",
	comparison:
		"Against the rest: the score of these customers minus that of all others. It takes 50 answers on either side to be judged.",

	byEmail:
		"E-mail: asked is who followed a score’s link, and nearly all of them answer. So it is in no response rate but its own.",
	withEmail:
		"No response rate: some were asked by e-mail, of whom nearly all answer, and which of them have a value is not counted.",

	empty: "Nobody answered in these days.",
	emptyNext: "Choose more days: the figures appear with the first answers.",
	unknownValues: "No answer of these days has a value of this segment.",
	unknownValuesNext: "A shop sends its own segments with the question; channel, language and device come by themselves.",
	toSettings: "To the settings of segments",
};
