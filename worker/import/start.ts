import type * as z from "zod";
import { guessMapping, lacksHeader } from "../../shared/guess-mapping.ts";
import type { ImportMapping, newImport } from "../../shared/import-contract.ts";
import { ApiError, type Fault } from "../api-error.ts";
import type { ImportRow } from "../db/imports.ts";
import { knownSurvey } from "../known-survey.ts";
import type { Site } from "../site.ts";

/** How an import begins. */
export type Start = Pick<ImportRow, "source" | "name" | "survey" | "fingerprint" | "columns" | "mapping" | "next_line">;

/** The keys that lines of JSON have: our own export's, and those of Delighted's API. */
const KEYS = {
	ndjson: [
		...["id", "survey", "version", "metric", "score", "drivers", "comment", "transaction", "customer", "page", "day", "shown_at"],
		...["delay", "commented", "erased", "segments.locale", "segments.device"],
	],
	delighted: ["id", "person", "survey_type", "score", "comment", "created_at"],
} as const;

/**
 * Reads how an import is to begin.
 * @throws ApiError that names what is missing or not among the columns, or the survey that there is not
 */
export async function startOf(db: D1Database, site: Site, given: z.output<typeof newImport>): Promise<Start> {
	const { source, columns, survey: slug, name = "", fingerprint = null } = given;
	if (columns && source === "ndjson") throw ApiError.invalid("columns", "must be left out for lines of JSON");
	if (!columns && (source === "csv" || source === "formbricks"))
		throw ApiError.invalid("columns", "must be the header of the CSV");
	const survey = slug === undefined ? null : await knownSurvey(db, site.id, slug);
	const known: readonly string[] = columns ?? (source === "ndjson" || source === "delighted" ? KEYS[source] : []);
	const sample = { source, columns: known, rows: [], metric: survey?.metric ?? null, segments: Object.keys(site.segments) };
	const mapping = given.mapping ?? guessMapping(sample);
	if (columns && lacksHeader(mapping)) throw ApiError.invalid("columns", NO_HEADER);
	const faults = [...missing(mapping), ...strange(mapping, columns), ...(survey || mapping.survey ? [] : [NO_SURVEY])];
	if (faults.length > 0) throw new ApiError("invalid_request", { faults });
	return {
		source,
		name,
		survey: survey?.slug ?? null,
		fingerprint,
		columns: columns ? JSON.stringify(columns) : null,
		mapping: JSON.stringify(mapping),
		next_line: columns ? 2 : 1,
	};
}

/** Said of a CSV whose first line would be lost, for it would name the columns. */
export const NO_HEADER = "must begin with a line that names the columns: its first is an answer";

const NO_SURVEY: Fault = { field: "survey", detail: "must be there, or have a column" };

function missing(mapping: ImportMapping): Fault[] {
	const needed = ["score", "answered_at"] as const;
	return needed.flatMap((field) =>
		mapping[field] ? [] : [{ field: `mapping.${field}`, detail: "must name the column that holds it" }],
	);
}

/** Columns that a CSV does not have. */
function strange({ segments = {}, dates: _, ...fields }: ImportMapping, columns: readonly string[] | undefined): Fault[] {
	if (!columns) return [];
	const named = [
		...Object.entries(fields),
		...Object.entries(segments).map(([key, column]) => [`segments.${key}`, column] as const),
	];
	return named.flatMap(([field, column]) =>
		columns.includes(column ?? "") ? [] : [{ field: `mapping.${field}`, detail: "must be one of the columns" }],
	);
}
