import type { MetricName } from "../../../shared/metrics.ts";
import type { FilterName } from "./filters.ts";

/** What the groups of each metric are called: one answer of it, and all of them in a choice. */
export const groups: Readonly<Record<MetricName, Readonly<Record<string, readonly [one: string, all: string]>>>> = {
	nps: {
		promoters: ["Promoter", "Promoters (9–10)"],
		passives: ["Passive", "Passives (7–8)"],
		detractors: ["Detractor", "Detractors (0–6)"],
	},
	csat: { satisfied: ["Satisfied", "Satisfied (4–5)"], rest: ["Not satisfied", "The rest (1–3)"] },
	ces: { agree: ["Agrees", "Agree (5–7)"], rest: ["Does not agree", "The rest (1–4)"] },
};

export const metrics: Readonly<Record<MetricName, string>> = { nps: "NPS", csat: "CSAT", ces: "CES" };

export const filters = {
	name: "Find answers",
	more: "More filters",
	set: (n: number) => (n === 1 ? "1 filter set" : `${n} filters set`),
	show: "Show",
	clear: "Show all answers",
	drop: (label: string) => `Without the filter ${label}`,
	all: "All",
	allSurveys: "All surveys",
	anybody: "Signed or not",
	anyComment: "With or without",
	anyScore: "Any score",
	low: "Low scores, due a call back",
	own: "Asked in here",
	otherLanguages: "Other languages",
	chooseSurvey: "must be chosen with this group of scores: several surveys have it",
	labels: {
		q: "Words in the comment",
		survey: "Survey",
		group: "Score",
		commented: "Comment",
		driver: "Reason",
		segment: "Segment",
		locale: "Language",
		verified: "Signed",
		from: "From",
		to: "Until",
	} satisfies Record<FilterName, string>,
	commented: { yes: "With a comment", no: "Without a comment" } as Readonly<Record<string, string>>,
	verified: { yes: "Signed orders", no: "Unsigned" } as Readonly<Record<string, string>>,
};

export const list = {
	title: "Answers",
	order: (size: number) => `Newest first, ${size} a page.`,
	download: "Download these answers:",
	newest: "To the newest",
	older: "Older answers",
	pages: "Pages",
	showNew: "Show them",
	news: (n: number, more: boolean) => `${n.toLocaleString("en")}${more ? " or more" : ""} new ${n === 1 ? "answer" : "answers"}`,
	stopped: (when: string) => `10,000 answers have been looked through, back to ${when}. Older ones have not been looked at yet.`,
	further: "Look further back",
	none: "No answers yet.",
	noneHint: "Each one stands here a moment after it was given. The question has to be on a page first:",
	settings: "the tag to paste is in the settings",
	noneFit: "No answer fits these filters.",
	noneFitYet: "None of those fits these filters.",
	end: "There are no older ones.",
};

export const answer = {
	title: (score: number, max: number) => `Answer: ${score} of ${max}`,
	of: (max: number) => `of ${max}`,
	whole: "Read all of it",
	reasons: "Reasons",
	verified: "Signed",
	claimed: "claimed",
	claimedHint: "The page said so and nobody signed it: anyone could have said it.",
	importedHint: "The file that was imported said so and nobody signed it.",
	erased: "Its words and names were erased.",
	question: "What was asked",
	details: "Details",
	labels: {
		survey: "Survey",
		version: (n: number) => `version ${n}`,
		shown: "Shown",
		updated: "Last changed",
		transaction: "Order",
		customer: "Customer",
		page: "Page",
		id: "Id",
	},
	unknown: "Not said",
	openCase: "Open a case",
	delete: "Delete this answer",
	erase: "Erase what names the customer",
	back: "Back to the answers",
};

export const removal = {
	deleteTitle: "Delete this answer?",
	deleteSays: [
		"The answer leaves the numbers, exactly: every score, count and chart is then as if it had never been given. Only what is counted once and kept still has it: a baseline, and the loyalty of answers that are half a year old.",
		"It cannot be brought back. A browser that sends it again is ignored.",
		"This is for spam and tests. To forget a person and keep the score, erase instead.",
	],
	delete: "Delete the answer",
	deleted: "The answer is deleted, and out of the numbers.",
	eraseCustomer: "Erase a customer?",
	eraseTransaction: "Erase an order?",
	says: [
		"Customer, order number, comment and page go from every answer that names it, signed or only claimed.",
		"The numbers do not change: scores, reasons and segments stay, nameless.",
		"It cannot be undone. The database’s own backups hold what was erased for up to 30 days more.",
	],
	erase: "Erase",
	erased: (n: number) =>
		n === 1
			? "1 answer is nameless now. The numbers are as they were."
			: `${n} answers are nameless now. The numbers are as they were.`,
	nothing:
		"This answer names neither a customer nor an order: there is nothing to erase by. If its comment should not be here, delete the answer.",
	changed: "What this answer names has changed meanwhile. This is what it names now.",
	cancel: "No, go back",
};

export const customer = {
	title: "Customer",
	answers: (n: number) => (n === 1 ? "1 signed answer" : `${n} signed answers`),
	scores: "Scores over time",
	history: "Every answer",
	first500: "The newest 500 are shown.",
	erase: "Erase this customer",
	earlier: "and earlier ones",
};
