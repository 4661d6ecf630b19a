import type { GoalVerdict } from "../../../shared/goal.ts";
import type { MetricName } from "../../../shared/metrics.ts";
import type { NotCompared } from "../../../shared/score-contract.ts";

const answers = (n: string) => (n === "1" ? "1 answer" : `${n} answers`);
const before = (days: number) => (days === 1 ? "the day before" : `the ${days} days before`);
const these = (days: number) => (days === 1 ? "on this day" : `in these ${days} days`);
const upOrDown = (up: boolean) => (up ? "Up" : "Down");

/** What the overview says. */
export const words = {
	title: "Overview",
	inShort: "In short",
	openAlertsHeading: "Open alerts",

	// What is taken from a survey
	verdicts: {
		too_few: "too few answers",
		no_detectable_change: "no detectable change",
		likely_changed: "likely changed",
		changed: "changed",
	},
	points: (metric: MetricName, figure: string) => (metric === "ces" ? figure : figure === "1" ? "1 point" : `${figure} points`),
	least: (metric: MetricName) => (metric === "ces" ? "0.1" : "1 point"),
	/** `by` is null where it rounds to nothing. */
	moved: (up: boolean, by: string | null, least: string) => `${upOrDown(up)} ${by ?? `less than ${least}`}`,
	/** `signed` where signed orders alone count. */
	unasked: (days: number, signed: boolean) =>
		`${signed ? "No signed order was asked about" : "Nobody was asked"} ${these(days)}.`,
	unanswered: (shown: string, days: number) =>
		`${shown === "1" ? "One customer was" : `${shown} customers were`} asked ${these(days)}, and none has answered yet.`,
	tooFew: (n: string) => `Too few answers for a score: ${n} so far, and it takes 5.`,
	early: (value: string, low: string, high: string, n: string) =>
		`Early: ${value} from ${answers(n)}, which can be anything from ${low} to ${high}. From 30 answers on a change can be told.`,
	incomparable: (value: string, low: string, high: string, days: number) =>
		`${value} (${low} to ${high}), with too few answers in ${before(days)} to compare.`,
	steady: (value: string, low: string, high: string, days: number) =>
		`${value} (${low} to ${high}), no detectable change against ${before(days)}.`,
	movedTo: (by: string, days: number, value: string, verdict: string) =>
		`${by} against ${before(days)}, to ${value}: ${verdict}.`,
	onBaseline: (by: string, verdict: string) => `${by} against its baseline: ${verdict}.`,
	alertSince: (direction: "up" | "down", day: string) =>
		`An alert for a ${direction === "up" ? "higher" : "lower"} score has been open since ${day}.`,
	segmentAlerts: (n: number) =>
		n === 1 ? "An alert is open for one of its segments." : `${n} alerts are open for its segments.`,
	driver: (name: string, points: string, what: "loss" | "gain") => `${name} goes with the biggest ${what} (${points}).`,
	goalIs: (target: string, verdict: "met" | "missed") => `The goal of ${target} is ${verdict}.`,
	rateFell: (from: string, shownBefore: string, to: string, shown: string, verdict: string) =>
		`The response rate went from ${from} of ${shownBefore} asked to ${to} of ${shown}: ${verdict}.`,
	/** `bounds` where asks by e-mail may be among theirs. */
	silent: (name: string, key: string, rate: string, rest: string, bounds: boolean) =>
		`Customers of “${name}” (${key}) answer less often than the rest: ${bounds ? "at most " : ""}${rate} against ${bounds ? "at least " : ""}${rest}.`,

	// What is taken from the shop
	list: (names: readonly string[]) => new Intl.ListFormat("en", { type: "conjunction" }).format(names),
	surveys: (n: number) => `${n} surveys`,
	isMoved: (name: string, direction: "up" | "down", verdict: string) => `${name} is ${direction} (${verdict})`,
	areSteady: (names: string, n: number) => `${names} ${n === 1 ? "shows" : "show"} no detectable change`,
	areUntold: (names: string, n: number) => `${names} ${n === 1 ? "has" : "have"} too few answers to tell`,
	against: (clauses: string, days: number) => `Against ${before(days)}: ${clauses}.`,
	missGoal: (names: string, n: number) => `${names} ${n === 1 ? "misses its goal" : "miss their goals"}.`,
	openAlerts: (n: number) => (n === 1 ? "One alert is open." : `${n} alerts are open.`),

	// A survey's card
	metrics: {
		nps: { name: "Net Promoter Score", short: "NPS", formula: "promoters minus detractors, −100 to 100" },
		csat: { name: "Satisfaction", short: "CSAT", formula: "share of answers 4 and 5 of 5" },
		ces: { name: "Ease", short: "CES", formula: "mean of 1 to 7, 7 is the easiest" },
	} satisfies Record<MetricName, { name: string; short: string; formula: string }>,
	tiers: { hidden: "too few answers", early: "early", normal: "", stable: "stable" },
	asleep: "not asked at present",
	interval: (low: string, high: string) => `95% interval ${low} to ${high}`,
	agree: (share: string, low: string, high: string) => `${share} agree (${low} to ${high})`,
	mean: (mean: string, max: string) => `mean ${mean} of ${max}`,
	noValue: "–",
	hiddenValue: "Shown from 5 answers on",
	change: "Change",
	changeFrom: (value: string, n: string, days: number) => `from ${value} in ${before(days)} (${answers(n)})`,
	changeLine: (change: string, from: string) => `${change} ${from}`,
	judged: (line: string, verdict: string) => `${line}: ${verdict}`,
	tooFewBefore: (n: string, days: number) => `Too few answers to compare: ${n} in ${before(days)}.`,
	tooFewNow: "Too few answers to compare; it takes 30.",
	goal: "Goal",
	goalVerdicts: { met: "met", missed: "missed", undecided: "undecided" } satisfies Record<GoalVerdict, string>,
	goalEarly: "no verdict yet",
	more: (n: string) => `About ${n} more answers like these would decide it.`,
	never: "No number of answers like these would decide it.",
	tips: (value: string) => `It would fail if those who did not answer came to less than ${value}.`,
	cannotFail: "It would hold even if all who did not answer gave the lowest score.",
	alreadyFails: "It would fail even if all who did not answer gave the highest score.",
	baseline: "Baseline",
	baselineFrom: (value: string, n: string, from: string, to: string) => `${value} (${answers(n)}, ${from} to ${to})`,
	provisional: "provisional",
	notCompared: {
		counts_all: "It counts all answers, this window the signed ones, so the two are not compared.",
		counts_signed: "It counts the signed answers, this window all of them, so the two are not compared.",
		counts_unknown: "Whether it counts all answers or the signed ones was not kept, so the two are not compared.",
		shares_days: "It shares days with this window, so the two are not compared.",
	} satisfies Record<NotCompared, string>,
	setBaseline: "Set a new baseline",
	responses: "Answers",
	responseRate: (rate: string, low: string, high: string, shown: string) =>
		`${rate} of ${shown} asked answered (${low} to ${high})`,
	rateBefore: (rate: string, shown: string, verdict: string) => `before: ${rate} of ${shown}, ${verdict}`,
	/** What a response rate leaves out; null where there is nothing of it. */
	leftOut: (imports: boolean, emails: boolean) =>
		imports && emails ? "imports and e-mails left out" : imports ? "imports left out" : emails ? "e-mails left out" : null,
	reasons: "What goes with it",
	reasonImpact: (points: string) => points,
	noReasons: "No reason can be told apart from the others yet.",
	association: "Points of the score that go with a reason, among answers that name one: association, not cause.",
	line: "Over time",
	distribution: "By score",
	rooms: { answers: "Answers", drivers: "Drivers", segments: "Segments", silence: "Silence" },
	roomsOf: (name: string) => `More about ${name}`,
	neverAsked: (names: string) => `Never asked so far: ${names}.`,

	// Cases
	openCases: (open: string, overdue: string | null) =>
		`${open === "1" ? "1 case" : `${open} cases`} open${overdue === null ? "" : `, ${overdue} overdue`}`,

	// Alerts
	alert: (direction: "up" | "down", since: string) => `${direction} since ${since}`,
	arms: (recent: string, recentN: string, reference: string, referenceN: string) =>
		`${recent} in 28 days (${answers(recentN)}) after ${reference} in the 84 days before (${answers(referenceN)})`,

	// Before the first ask
};
