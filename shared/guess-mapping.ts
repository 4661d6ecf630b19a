import { segmentKey, segmentValue } from "./identifier-contract.ts";
import type { ImportField, ImportMapping, ImportSource } from "./import-contract.ts";
import { orderOf, readDate } from "./import-date.ts";
import { METRICS, type MetricName } from "./metrics.ts";
import { RESERVED_KEYS } from "./segments.ts";

/** A file as far as it was looked at: what its columns are called, and some of its lines. */
export interface Sample {
	readonly source: ImportSource;
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
	/** What the survey asks; null where each line says. */
	readonly metric: MetricName | null;
	/** Keys of the segments that the site declares. */
	readonly segments: readonly string[];
}

/** How columns are called elsewhere, in small letters with spaces between the words; the first that is there is taken. */
const CALLED: Partial<Record<ImportField, readonly string[]>> = {
	score: ["score", "rating", "nps score", "nps", "csat score", "csat", "ces score", "ces", "value", "note", "punteggio"],
	answered_at: [
		...[
			"answered at",
			"shown at",
			"responded at",
			"response created at",
			"survey response created at",
			"created at",
			"submitted at",
		],
		...["completed at", "response date", "timestamp", "submit date utc", "date", "time", "data"],
	],
	id: ["id", "response id", "survey response id", "responseid", "token"],
	comment: ["comment", "comments", "feedback", "verbatim", "response comment", "answer text", "commento"],
	customer: [
		...[
			"customer",
			"customer id",
			"person email",
			"person properties customer id",
			"email",
			"email address",
			"user id",
			"userid",
		],
		...["contact email", "person id", "person"],
	],
	transaction: ["transaction", "order id", "order number", "order", "transaction id", "person properties order id", "order name"],
	drivers: ["drivers", "reasons"],
	locale: ["segments locale", "segment locale", "locale", "language", "person properties locale", "person properties language"],
	device: ["segments device", "segment device", "device", "user agent device", "device type"],
	page: ["page", "url", "page url", "person properties delighted page url"],
	metric: ["metric", "survey type"],
	day: ["day"],
	delay: ["delay"],
	commented: ["commented"],
	erased: ["erased"],
};

/** What a column's name is compared as. */
const plain = (name: string) =>
	name
		.replace(/([a-z])([A-Z])/g, "$1 $2")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim();

/** Which column probably holds what, by the names and then by what stands in the first lines. A guess: the owner sees and corrects it. */
export function guessMapping(sample: Sample): ImportMapping {
	const { columns, rows, metric } = sample;
	const names = columns.map(plain);
	const mapping: ImportMapping = {};
	for (const [field, called] of Object.entries(CALLED)) {
		const found = called.map((name) => names.indexOf(name)).find((place) => place >= 0);
		if (found !== undefined) mapping[field as ImportField] = columns[found];
	}
	// Each line names its survey only where the import names none.
	if (metric === null) for (const field of ["survey", "version"] as const) if (columns.includes(field)) mapping[field] = field;
	if (sample.source === "formbricks" || !areScores(valuesIn(sample, mapping.score), metric, rows.length > 0 ? HALF : 0))
		delete mapping.score;
	mapping.score ??= columns.find((column) => askedIn(sample, column) && areScores(valuesIn(sample, column), metric, MOST));
	if (sample.source === "formbricks" || mapping.comment === undefined)
		mapping.comment = wordiest(sample, mapping) ?? mapping.comment;
	mapping.answered_at ??= columns.find((column) => areDates(valuesIn(sample, column)));
	const order = orderOf(valuesIn(sample, mapping.answered_at));
	if (order) mapping.dates = order;
	const segments = candidatesIn(sample, mapping).filter(({ key }) => sample.segments.includes(key));
	if (segments.length > 0) mapping.segments = Object.fromEntries(segments.map(({ key, column }) => [key, column]));
	for (const [name, value] of Object.entries(mapping)) if (value === undefined) delete mapping[name as ImportField];
	return mapping;
}

/** A column that may be a segment. */
export interface Candidate {
	readonly key: string;
	readonly column: string;
	/** Those seen, the most frequent first. */
	readonly values: readonly string[];
}

/** Values a candidate may have in the lines that were looked at. */
const FEW = 20;

/** Columns of every file of these tools that describe the answer and not the customer. */
const NEVER = new Set([
	...[
		"no",
		"finished",
		"survey id",
		"formbricks id internal",
		"notes",
		"tags",
		"permalink",
		"updated at",
		"person id",
		"person",
		"name",
	],
	...[
		"group",
		"verified",
		"claimed customer",
		"survey",
		"version",
		"metric",
		"day",
		"survey type",
		"source",
		"quotas",
		"response id",
	],
]);

/** Columns not mapped yet that have few values, all of which a segment could have. Ours say themselves that they are segments. */
export function candidatesIn(sample: Sample, mapping: ImportMapping): Candidate[] {
	const taken = new Set(Object.entries(mapping).flatMap(([, column]) => (typeof column === "string" ? [column] : [])));
	return sample.columns.flatMap((column) => {
		const own = /^segments?[ .](.+)$/.exec(column)?.[1];
		if (taken.has(column) || (!own && (NEVER.has(plain(column)) || askedIn(sample, column, true)))) return [];
		const key = own ?? keyOf(column);
		const counts = new Map<string, number>();
		for (const value of valuesIn(sample, column)) counts.set(value, (counts.get(value) ?? 0) + 1);
		const values = [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
		const known = sample.segments.includes(key);
		if (!segmentKey.safeParse(key).success || (RESERVED_KEYS as readonly string[]).includes(key)) return [];
		if (!known && (values.length === 0 || values.length > FEW)) return [];
		if (!known && !values.every((value) => segmentValue.safeParse(value).success)) return [];
		return [{ key, column, values: values.slice(0, FEW) }];
	});
}

/** The key that a column would have as a segment: its name, or the last part of one with dots. */
function keyOf(column: string): string {
	const last = column.split(".").at(-1) ?? column;
	return plain(last).replaceAll(" ", "_").slice(0, 32);
}

/** Whether a column may hold what was asked. Formbricks numbers its questions, and adds a column of ids to some. */
function askedIn({ source }: Sample, column: string, certainly = false): boolean {
	if (source === "formbricks") return /^\d+\. /.test(column) && (certainly || !column.endsWith(" - Option ID"));
	return !certainly && !/\b(?:id|no|zip|phone|quantity|total|amount)\b/.test(plain(column));
}

function isScore(text: string, metric: MetricName | null): boolean {
	const { min, max } = METRICS[metric ?? "nps"];
	return /^\d{1,2}(?:\.0+)?$/.test(text) && Number(text) >= min && Number(text) <= max;
}

/** What share of a column must be scores: of one that is called so, and of any other. */
const HALF = 0.5;
const MOST = 0.9;

/** Whether at least such a share of values is, and there is any; a share of 0 asks for nothing. */
function areScores(values: readonly string[], metric: MetricName | null, share: number): boolean {
	const scores = values.filter((text) => isScore(text, metric)).length;
	return share === 0 || (scores > 0 && scores >= share * values.length);
}

/** Whether nearly all values are dates, and there is any. */
function areDates(values: readonly string[]): boolean {
	const dates = values.filter(isDate);
	return dates.length > 0 && dates.length >= MOST * values.length;
}

/** Whether a text is a date. A number alone could be anything. */
function isDate(text: string): boolean {
	return !/^\d+$/.test(text) && (readDate(text, "UTC", "dmy") ?? readDate(text, "UTC", "mdy")) !== null;
}

/** Whether the first line of a CSV is an answer and no header: the column of the dates would be named by one. */
export function lacksHeader({ answered_at = "" }: ImportMapping): boolean {
	return isDate(answered_at);
}

function valuesIn({ columns, rows }: Sample, column: string | undefined): string[] {
	const place = column === undefined ? -1 : columns.indexOf(column);
	return place < 0 ? [] : rows.map((row) => row[place]?.trim() ?? "").filter(Boolean);
}

/** The column of a question that was answered in the most words; undefined where none was. */
function wordiest(sample: Sample, mapping: ImportMapping): string | undefined {
	if (sample.source !== "formbricks") return undefined;
	const lengths = sample.columns
		.filter((column) => askedIn(sample, column) && column !== mapping.score)
		.map((column) => {
			const values = valuesIn(sample, column).filter((text) => /[\p{L}]/u.test(text));
			return [column, values.reduce((sum, text) => sum + text.length, 0) / Math.max(1, values.length)] as const;
		});
	const [longest] = lengths.filter(([, length]) => length > 0).sort(([, a], [, b]) => b - a);
	return longest?.[0];
}
