import type { Mood } from "./choose-comments.ts";

/** What the report says. */
export const words = {
	title: "Report",
	print: "Prints to one sheet of A4, for the whole staff. Who answered is not on it.",
	subtitle: (from: string, to: string) => `What customers said, ${from} to ${to}`,
	answers: (n: string) => (n === "1" ? "1 answer" : `${n} answers`),
	change: (line: string) => `Change: ${line}`,
	more: (n: number) => (n === 1 ? "One more survey is in the overview." : `${n} more surveys are in the overview.`),
	/** `signed` where signed orders alone count. */
	nothing: (signed: boolean) => (signed ? "No signed order was asked about in these days." : "Nobody was asked in these days."),
	comments: (survey: string) => `In their own words (${survey})`,
	moods: { low: "Low", middle: "In between", high: "High" } satisfies Record<Mood, string>,
	score: (mood: string, score: number, max: number) => `${mood}: ${score} of ${max}`,
	rule: "The latest comment with a low, a middling and a high score; long ones are cut.",
	noComments: "Nobody wrote a comment in these days.",
	cases: "Follow-up",
	casesOpen: (open: string, overdue: string) => (open === "0" ? "No case is open." : `${open} open, ${overdue} of them overdue.`),
	casesResolved: (opened: string, resolved: string) => `Opened in these days: ${opened}, of them resolved: ${resolved}.`,
	noneOpened: "None was opened in these days.",
	casesCapped: "At most 10,000 of a kind are counted.",
	method:
		"In brackets the 95% interval. “No detectable change” is not “no change”: the answers cannot tell. Reasons are association, not cause.",
};
