import * as z from "zod";
import { day } from "./identifier-contract.ts";
import { response } from "./response-contract.ts";

/** How far a case has come. */
export const CASE_STATES = ["open", "contacted", "resolved"] as const;

export type CaseState = (typeof CASE_STATES)[number];

/** Characters of a note. */
const NOTE_CHARS = 2_000;

/** Notes one case takes. */
export const MOST_NOTES = 200;

const moment = z.iso.datetime();
const who = z.string().describe("The name of the key it was done with.");

const assignee = z
	.string()
	.trim()
	.min(1)
	.max(80)
	.regex(/^[^\p{C}]*$/u, "must be printable characters")
	.describe("Who sees to it, in the merchant's own words.");

const caseFields = {
	id: z.string().describe("That of its answer."),
	response,
	score_at_opening: z.int().describe("The answer's own score may have been edited since."),
	state: z.enum(CASE_STATES),
	opened_at: moment,
	opened_by: z.string().nullable().describe("The name of a key; null where a low score or a request to be contacted opened it."),
	assignee: z.string().nullable(),
	due_on: z.iso.date().nullable().describe("A day local to the site; two days after the opening unless somebody says otherwise."),
	overdue: z.boolean().describe("Not resolved, and due before today."),
	contacted_at: moment.nullable().describe("The first contact."),
	resolved_at: moment.nullable(),
	callback: z
		.object({ contact: z.string(), asked_at: moment })
		.nullable()
		.describe(
			"Where the shopper asked to be contacted, as the page says: anybody could have typed it. Goes when they are erased.",
		),
	next: z
		.object({ response: z.string(), score: z.int(), day: z.iso.date() })
		.nullable()
		.describe("The same customer's next answer on the same scale; only where both were signed."),
};

/** One answer that is followed up. */
export const caseItem = z.object(caseFields).meta({ id: "CaseItem" });

export type CaseItem = z.infer<typeof caseItem>;

const note = z.object({ id: z.string(), at: moment, by: who, text: z.string() }).meta({ id: "CaseNote" });

export type CaseNote = z.infer<typeof note>;

/** The same with everything that was done and said about it. */
export const caseView = z
	.object({
		...caseFields,
		steps: z
			.array(
				z.object({
					step: z.enum(["opened", "callback_requested", "contacted", "resolved", "reopened"]),
					at: moment,
					by: who.nullable(),
				}),
			)
			.describe("In order; the opening is the first. `by` is null for what happened by itself."),
		notes: z.array(note).describe("In order. They are append-only, and go when the customer is erased."),
	})
	.meta({ id: "Case" });

export type CaseView = z.infer<typeof caseView>;

export const casesReply = z
	.object({
		cases: z.array(caseItem),
		next: z.string().nullable().describe("Pass as `cursor` for those that follow; null at the end."),
	})
	.meta({ id: "Cases" });

export const newCase = z
	.strictObject({ response: z.string().min(1).max(64).describe("The id of one of the site's answers.") })
	.meta({ id: "NewCase", examples: [{ response: "4b1d9b6de2f84c5f9d2c8a7e1f0b3c6d" }] });

export const casePatch = z
	.strictObject({ state: z.enum(CASE_STATES), assignee: assignee.nullable(), due_on: day.nullable() })
	.partial()
	.meta({ id: "CasePatch", examples: [{ state: "contacted", assignee: "Ann", due_on: "2026-11-24" }] });

export type CasePatch = z.infer<typeof casePatch>;

export const newNote = z
	.strictObject({ text: z.string().trim().min(1).max(NOTE_CHARS) })
	.meta({ id: "NewCaseNote", examples: [{ text: "Called; a new parcel is on its way." }] });

export const newNoteReply = note;

const count = z.int();

/** How well the loop is closed. */
export const caseSummary = z
	.object({
		window: z.object({ name: z.string(), from: z.iso.date(), to: z.iso.date(), timezone: z.string() }),
		unresolved: count.describe("All there are, whenever they were opened."),
		overdue: count.describe("Of those, due before today."),
		assignees: z.array(z.string()).describe("Who has unresolved ones, at most 50."),
		opened: count.describe("Opened in the window."),
		contacted: count.describe("Of those opened in the window."),
		resolved: count.describe("Of those opened in the window."),
		share_resolved: z.number().nullable().describe("In percent of those opened in the window."),
		time_to_contact_ms: z
			.number()
			.nullable()
			.describe(
				"The time within which half of those opened in the window were contacted, by Kaplan–Meier: who still waits counts as waiting. Null while less than half were.",
			),
		complete: z
			.boolean()
			.describe(
				"False where more than 10,000 were opened in the window, or more than 10,000 outside of it are not resolved: then so many of them are counted, of the window the newest.",
			),
	})
	.meta({ id: "CaseSummary" });

export type CaseSummary = z.infer<typeof caseSummary>;
