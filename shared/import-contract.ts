import * as z from "zod";
import { segmentKey, surveySlug } from "./identifier-contract.ts";
import { count } from "./score-contract.ts";

/** Where an import's lines come from: any CSV, our own export, or another tool's as it is. */
export const IMPORT_SOURCES = ["csv", "ndjson", "delighted", "formbricks"] as const;

export type ImportSource = (typeof IMPORT_SOURCES)[number];

/** Lines of one part, and bytes of its body. */
export const PART_LINES = 5_000;
export const PART_BYTES = 4 * 1024 * 1024;

/** Columns that a file may have. */
export const IMPORT_COLUMNS = 300;

const columnName = z.string().max(300);

/** What may stand in a column, beside segments. */
export const IMPORT_FIELDS = {
	score: "An integer of the survey's scale. The one column that there must be, beside the date.",
	answered_at:
		"When it was answered: ISO 8601, Unix seconds or milliseconds, or a date as people write it. Without a zone it is the site's local time, without a time the day alone.",
	id: "What the source calls the answer. Without it the lines of a file are told by their numbers.",
	comment: "Cleaned and cut like any comment.",
	customer: "The customer in the merchant's books; claimed, never verified.",
	transaction: "The order's number.",
	drivers: "Reasons, by id or by their words, with a comma, semicolon, | or space between them.",
	locale: "The language it was asked in, as a language tag.",
	device: "phone, tablet or desktop; mobile is a phone.",
	page: "The page's address; kept as origin and path only.",
	survey: "The survey of a line, where the import names none.",
	version: "The version of that survey; without it the latest.",
	metric: "nps, csat or ces, or Delighted's `survey_type`: a line that asked something else is refused.",
	day: "The local day it counts in, where it was one other than that of `answered_at`; our own export has it.",
	delay: "1h, 1d, 3d or later: how long after the showing it was answered.",
	commented: "true where there was a comment that is gone.",
	erased: "true where its customer was erased.",
} as const;

export type ImportField = keyof typeof IMPORT_FIELDS;

const fields = Object.fromEntries(
	Object.entries(IMPORT_FIELDS).map(([name, description]) => [name, columnName.optional().describe(description)]),
) as Record<ImportField, z.ZodOptional<z.ZodString>>;

/** Which column holds what. In lines of JSON a column is a key, with dots into objects: `person_properties.plan`. */
export const importMapping = z
	.strictObject({
		...fields,
		segments: z.record(segmentKey, columnName).optional().describe("Declared segments, each with its column."),
		dates: z
			.enum(["dmy", "mdy"])
			.optional()
			.describe("What 02/03/2026 means: 2 March (dmy) or February 3 (mdy). Without it such dates are refused."),
	})
	.meta({ id: "ImportMapping" });

export type ImportMapping = z.infer<typeof importMapping>;

const columns = z
	.array(columnName)
	.min(1)
	.max(IMPORT_COLUMNS)
	.describe("The header of a CSV, cell by cell. Lines of JSON have none.");

/** What a new import is told. */
export const newImport = z
	.strictObject({
		source: z.enum(IMPORT_SOURCES),
		columns: columns.optional(),
		survey: surveySlug
			.optional()
			.describe("The survey that all lines answer, at its latest version. Without it each line names its own."),
		name: z
			.string()
			.trim()
			.max(120)
			.optional()
			.describe(
				"Where it comes from, such as a tool's name. Of `csv`, ids count within it: 17 of one tool is not 17 of another.",
			),
		fingerprint: z
			.string()
			.regex(/^[\x21-\x7e]{1,100}$/, "must be 1 to 100 plain characters")
			.optional()
			.describe("Tells the file again: an import of the same file that is not finished goes on, in place of a new one."),
		mapping: importMapping.optional().describe("Without it, what is guessed from the names of the columns."),
	})
	.meta({ id: "NewImport", examples: [{ source: "csv", survey: "nps", columns: ["Rating", "Date"], name: "Our spreadsheet" }] });

/** Characters of a file that a guess looks at. */
export const SAMPLE_CHARS = 100_000;

/** What a guess rests on. */
export const importSample = z
	.strictObject({
		text: z.string().max(SAMPLE_CHARS).describe("How the file begins, with its header."),
		whole: z.boolean().default(true).describe("false where the text may end within a line: that line is passed over."),
		source: z.enum(IMPORT_SOURCES).optional().describe("Without it, that is guessed too."),
		survey: surveySlug.optional(),
		mapping: importMapping.optional().describe("One of your own, for its preview."),
	})
	.meta({ id: "ImportSample", examples: [{ text: "Rating,Date\n9,2026-01-31\n", survey: "nps" }] });

export const importGuess = z
	.object({
		source: z.enum(IMPORT_SOURCES),
		delimiter: z.string().nullable().describe("What separates the cells; null for lines of JSON."),
		columns: z.array(z.string()).describe("The header of a CSV; of lines of JSON the keys, with dots into objects."),
		mapping: importMapping,
		preview: z
			.array(
				z.object({
					line: z.int(),
					fields: z.record(z.string(), z.string()).describe("What would be kept, by field; `segments.` before segments."),
					dropped: z.array(z.string()).describe("Fields that would be left out or counted as `other`."),
					refused: z.string().nullable().describe("Why the line would be refused."),
				}),
			)
			.describe("The first five lines as they would be read."),
		candidates: z
			.array(
				z.object({
					key: segmentKey,
					column: z.string(),
					values: z.array(z.string()).describe("Those seen, the most frequent first; at most 20."),
					undeclared: z.array(z.string()).describe("Those of them that the site does not declare."),
				}),
			)
			.describe("Columns with few values that may be segments. What the site does not declare is not kept."),
	})
	.meta({ id: "ImportGuess" });

export type ImportGuess = z.infer<typeof importGuess>;

/** An import and how far it is. */
export const importView = z
	.object({
		id: z.string(),
		source: z.enum(IMPORT_SOURCES),
		name: z.string(),
		survey: surveySlug.nullable(),
		fingerprint: z.string().nullable(),
		columns: z.array(z.string()).nullable(),
		mapping: importMapping,
		state: z
			.enum(["open", "finished", "undoing", "undone"])
			.describe("open takes lines; undone: its answers were taken out again."),
		next_line: z.int().describe("The first line that was not taken yet: where to go on. The header of a CSV is line 1."),
		read: count.describe("Lines taken: stored, counted, duplicate, refused and blank."),
		stored: count.describe("Answers kept."),
		counted: count.describe("Answers of days that retention has passed: in the scores for ever, and not kept one by one."),
		duplicate: count.describe("Answers that were here already, or were deleted here."),
		refused: count,
		blank: count,
		dropped: z.record(z.string(), count).describe("Values left out or counted as `other`, by field."),
		undone: count.describe("Answers taken out again."),
		created_at: z.iso.datetime(),
		updated_at: z.iso.datetime(),
	})
	.meta({ id: "Import" });

export type ImportView = z.infer<typeof importView>;

export const importsReply = z.object({ imports: z.array(importView) }).meta({ id: "Imports" });

/** One line that was refused. */
export const refusedLine = z
	.object({
		line: z.int().describe("As a spreadsheet numbers rows: the header is 1, a cell of several lines is in one."),
		field: z.string(),
		detail: z.string(),
	})
	.meta({ id: "RefusedLine" });

export type RefusedLine = z.infer<typeof refusedLine>;

export const refusedReply = z
	.object({ refused: z.array(refusedLine), next: z.int().nullable().describe("Pass as `after`; null at the end.") })
	.meta({ id: "RefusedLines" });

export type RefusedReply = z.infer<typeof refusedReply>;
