import { WINDOW_FORMS } from "../../../shared/window.ts";

/** Baselines. */
export const baselineWords = {
	title: (survey: string) => `Baselines of ${survey}`,
	intro:
		"Scores are held against a baseline: by rule the first 84 days and 200 answers of a version, provisional from 100 answers. One that counts all answers is not compared with signed ones alone. After a change of your own choosing, such as a new shop or the first signed orders, you may set another.",
	caption: "The newest first; the first of a version is in force",
	empty: "No baseline yet. It comes by itself with 100 answers.",
	version: "Version",
	days: "Days",
	value: "Score",
	answers: "Answers",
	counts: "Counts",
	counted: { all: "all answers", only: "signed answers" },
	countedUnknown: "not known",
	status: "State",
	provisional: "provisional",
	frozen: "frozen",
	by: "Set by",
	rule: "rule",
	owner: "owner",
	at: "Set on",
	add: "Set a new baseline",
	window: "Days to freeze",
	windowHint: "30d, 90d, 365d, or two days such as 2026-09-01..2026-11-30; with at least 30 answers to the present version.",
	noWindow: `must be ${WINDOW_FORMS}`,
	toCome: "must not reach into days to come",
	tooFew: (n: number) => `must hold at least ${n} answers to the present version`,
	next: "Go on",
	confirmTitle: "Set a new baseline?",
	confirm: (n: string, from: string, to: string) =>
		`The ${n} answers from ${from} to ${to} become what later scores are held against. Reports change from now on; the old baseline stays in the list.`,
	yes: "Set the baseline",
	done: "The new baseline is in force.",
} as const;
