import { candidatesIn, guessMapping, lacksHeader, type Sample } from "../../shared/guess-mapping.ts";
import type { ImportGuess, ImportMapping, ImportSource } from "../../shared/import-contract.ts";
import { OTHER } from "../../shared/segments.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { surveysOf, versionsOf } from "../db/surveys.ts";
import type { Env } from "../env.ts";
import { knownSurvey } from "../known-survey.ts";
import type { Site } from "../site.ts";
import { csvLines, csvRecords, jsonLines, type Line } from "./lines.ts";
import { type ImportedAnswer, type Read, type Reading, readAnswer } from "./read-answer.ts";
import { NO_HEADER } from "./start.ts";

/** How a file begins, and what is known of it. */
export interface Beginning {
	readonly text: string;
	/** Whether the text ends where a line does. */
	readonly whole: boolean;
	readonly source?: ImportSource | undefined;
	readonly survey?: string | undefined;
	readonly mapping?: ImportMapping | undefined;
}

/** Lines that are shown as they would be read. */
const SHOWN = 5;

/** Lines that a guess rests on. */
const LOOKED_AT = 1_000;

/** What a file probably holds, by how it begins, and how its first lines would be read. @throws ApiError 400 of a CSV without a header, 404 of a survey that there is not */
export async function lookAt(env: Env, site: Site, beginning: Beginning, now: number): Promise<ImportGuess> {
	const db = dbFor(env, site);
	const survey = beginning.survey === undefined ? null : await knownSurvey(db, site.id, beginning.survey);
	const table = tableOf(beginning);
	const source = beginning.source ?? sourceOf(table);
	const segments = Object.keys(site.segments);
	const sample: Sample = { source, columns: table.columns, rows: table.rows, metric: survey?.metric ?? null, segments };
	const mapping = beginning.mapping ?? guessMapping(sample);
	if (table.delimiter !== null && lacksHeader(mapping)) throw ApiError.invalid("text", NO_HEADER);
	const [surveys, versions] = await Promise.all([surveysOf(db, site.id), versionsOf(db, site.id)]);
	const reading: Reading = { source, mapping, survey: survey?.slug ?? null, site, surveys, versions, now };
	return {
		source,
		delimiter: table.delimiter,
		columns: [...table.columns],
		mapping,
		preview: table.lines
			.filter(({ blank }) => !blank)
			.slice(0, SHOWN)
			.map((line) => shown(line, readAnswer(line, reading))),
		candidates: candidatesIn(sample, mapping).map(({ key, column, values }) => {
			const declared = site.segments[key] ?? [];
			return {
				key,
				column,
				values: [...values],
				undeclared: values.filter((value) => value !== OTHER && !declared.includes(value)),
			};
		}),
	};
}

/** A file as far as it was looked at. */
interface Table {
	readonly delimiter: string | null;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
	readonly lines: readonly Line[];
}

function tableOf({ text, whole }: Beginning): Table {
	if (/^\uFEFF?\s*\{/.test(text)) {
		const all = jsonLines(whole || text.endsWith("\n") ? text : text.slice(0, text.lastIndexOf("\n") + 1), {
			first: 1,
			columns: null,
		});
		const lines = all.slice(0, LOOKED_AT);
		const columns = [...new Set(lines.flatMap((line) => columnsOf(line)))];
		return { delimiter: null, columns, rows: lines.map((line) => columns.map((column) => line.cell(column))), lines };
	}
	const { rows: all, delimiter } = csvRecords(text);
	const [columns = [], ...rest] = all;
	const rows = (whole ? rest : rest.slice(0, -1)).slice(0, LOOKED_AT);
	return { delimiter, columns, rows, lines: csvLines(rows, { first: 2, columns }) };
}

/** The keys of a line of JSON, with dots into objects, two deep. */
function columnsOf(line: Line, name = "", deep = 0): string[] {
	return line.keysOf(name).flatMap((key) => {
		const full = name === "" ? key : `${name}.${key}`;
		return deep < 2 && line.keysOf(full).length > 0 ? columnsOf(line, full, deep + 1) : [full];
	});
}

/** Which tool a file comes from, by columns that no other has. */
function sourceOf({ columns, delimiter }: Table): ImportSource {
	const has = (...names: string[]) => names.every((name) => columns.includes(name));
	if (has("Formbricks ID (internal)")) return "formbricks";
	if (has("survey_type", "person") || columns.some((name) => /delighted/i.test(name))) return "delighted";
	return delimiter === null ? "ndjson" : "csv";
}

function shown({ line }: Line, read: Read): ImportGuess["preview"][number] {
	if ("refused" in read) return { line, fields: {}, dropped: [], refused: `${read.refused.field} ${read.refused.detail}` };
	return { line, fields: fieldsOf(read.answer), dropped: [...read.dropped], refused: null };
}

function fieldsOf(answer: ImportedAnswer): Record<string, string> {
	const { channel: _, ...segments } = answer.segments;
	const fields: Record<string, string | null> = {
		score: String(answer.score),
		answered_at: new Date(answer.at).toISOString(),
		day: answer.day,
		survey: answer.survey,
		id: answer.sourceId,
		comment: answer.comment,
		customer: answer.customer,
		transaction: answer.transaction,
		drivers: answer.drivers.join(", "),
		page: answer.page,
		delay: answer.delay,
		...Object.fromEntries(Object.entries(segments).map(([key, value]) => [`segments.${key}`, value])),
	};
	return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
