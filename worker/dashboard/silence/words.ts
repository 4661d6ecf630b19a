const customers = (n: string) => (n === "1" ? "1 customer" : `${n} customers`);
const before = (days: number) => (days === 1 ? "the day before" : `the ${days} days before`);

/** What the room of silence says. */
export const words = {
	title: "Silence",
	lead: "What customers do not say: who was asked and did not answer, and what that could mean for the score. Imported answers are left out, as nobody was silent there; e-mail has a line of its own, as nobody hears of a mail that is only read.",
	none: "–",
	tooFew: "too few",
	fromFive: "shown from 5 on",

	funnel: "From asked to commented",
	stages: {
		shown: "Shown",
		answered: "Answered",
		dismissed: "Dismissed",
		ignored: "Ignored",
		reasoned: "Gave a reason",
		commented: "Commented",
	},
	ofShown: (share: string) => `${share} of those shown`,
	ofAnswered: (share: string) => `${share} of those answered`,
	ofAllAnswered: (share: string, n: string) => `${share} of all ${n} answered, by e-mail too`,
	funnelNote: "Shown is seen: half of the question for a second. Every question shown is answered, dismissed or ignored.",
	withoutEmail: "E-mail is left out; only reasons are not counted by channel.",

	rate: "Response rate",
	byChannel: "By channel",
	ofBase: (n: string, base: "shown" | "opened") => (base === "shown" ? `of ${n} shown` : `of ${n} who followed a score’s link`),
	interval: (low: string, high: string) => `95% interval ${low} to ${high}`,
	openedNote:
		"An e-mail counts once somebody follows a score’s link in it, and nearly all of them answer. So it is in no rate but its own.",
	against: (share: string, shown: string, days: number) => `${share} of ${shown} in ${before(days)}`,
	fewBefore: (shown: string, days: number) => `${shown} shown in ${before(days)}`,
	verdicts: {
		too_few: "too few to compare",
		no_detectable_change: "no detectable change",
		likely_changed: "likely changed",
		changed: "changed",
	},
	dismissal: "Dismissal rate",

	tipping: "If the silent had answered",
	noGoal: "No goal is set, so there is nothing for the silent to tip.",
	setGoal: "Set a goal",
	value: (goal: string, point: string) =>
		`The goal of ${goal} would fail if those who did not answer came to less than ${point}.`,
	cannotFail: (goal: string) =>
		`The goal of ${goal} cannot fail: it would hold even if all who did not answer gave the lowest score.`,
	alreadyFails: (goal: string) =>
		`The goal of ${goal} already fails: it would even if all who did not answer gave the highest score.`,
	tooFewToTip: (n: string) => `Too few answers to weigh the goal against the silence: ${n}, and it takes 30.`,
	nobodySilent: (goal: string) => `Nobody was silent, so only the answers decide about the goal of ${goal}.`,
	beside: "This stands beside the score's 95% interval, which is about chance alone.",

	silent: "Who is more silent",
	nobodyMore: "No group can be told to be more silent than the rest.",
	silentOf: (rate: string, shown: string, rest: string) => `${rate} of ${customers(shown)} answered, ${rest} of the rest`,
	silentBounds: (rate: string, shown: string, rest: string) =>
		`at most ${rate} of ${customers(shown)} answered, at least ${rest} of the rest`,
	boundsNote: "At most and at least: who was asked by e-mail is left out, and which of them are in a group is not counted.",
	silentNote: "Likely less often than the rest, all groups compared together.",

	comments: "Who comments",
	commentsOf: (commented: string, responses: string) => `${commented} of ${responses}`,
	commentsHidden: "By score from 5 answers on.",

	delay: "Early and late answers",
	delayNote: "Those who answer late resemble the silent more than those who answer at once.",
	answers: (n: string) => (n === "1" ? "1 answer" : `${n} answers`),
	late: (change: string, low: string, high: string, verdict: string) =>
		`Answers after the first hour minus those within it: ${change} (95% interval ${low} to ${high}), ${verdict}.`,
	differences: {
		too_few: "too few to compare",
		no_detectable_change: "no detectable difference",
		likely_changed: "likely different",
		changed: "different",
	},
	lateTooFew: "Too few early or late answers to compare; it takes 30 of each.",
	lateByEmail:
		"Not compared: some answered by e-mail, and their time begins with the click, so that they are early ones of another kind.",
	early: "early",

	/** `signed` where signed orders alone count. */
	empty: (signed: boolean) => (signed ? "No signed order was asked about in these days." : "Nobody was asked in these days."),
	emptyNext: "Choose more days, or see whether the tag is in place.",
	setUp: "To the set-up",
};
