import Papa from "papaparse";

/** One line of an import, as far as it can be read. `cells` gives what stands in a column, as text; empty where nothing does. */
export interface Line {
	/** As a spreadsheet numbers rows, from 1. */
	readonly line: number;
	/** Whether there is nothing in it at all. */
	readonly blank: boolean;
	/** What is wrong with it as a whole, or null. */
	readonly fault: string | null;
	cell(column: string): string;
	/** The keys under a name that holds an object, as `segments` of our own export does; of the empty name, those of the line. */
	keysOf(name: string): readonly string[];
}

/** What the lines of one text have in common. */
interface Form {
	/** The number of its first line. */
	readonly first: number;
	/** The header of a CSV; null for lines of JSON. */
	readonly columns: readonly string[] | null;
}

/** Reads records of CSV (RFC 4180, and what spreadsheets make of it). A byte-order mark is passed over. */
export function csvRecords(text: string, delimiter?: string): { rows: string[][]; delimiter: string } {
	const plain = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
	const { data, meta } = Papa.parse<string[]>(plain, { delimiter: delimiter ?? "", newline: "\n" });
	// What follows the last line break is no line.
	if (plain.endsWith("\n") || plain === "") data.pop();
	return { rows: data, delimiter: meta.delimiter };
}

/** The lines of a CSV, the cells of each in the order of the columns. */
export function csvLines(rows: readonly (readonly string[])[], { first, columns }: Form): Line[] {
	return rows.map((row, i) => lineOfCells(row, first + i, columns ?? []));
}

/** Lines of JSON: objects, or lists of cells where there are columns. */
export function jsonLines(text: string, { first, columns }: Form): Line[] {
	const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
	if (lines.at(-1) === "") lines.pop();
	return lines.map((json, i) => jsonLine(json, first + i, columns));
}

function jsonLine(json: string, line: number, columns: readonly string[] | null): Line {
	if (json.trim() === "") return broken(line, null);
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		return broken(line, "must be JSON");
	}
	if (Array.isArray(value))
		return columns ? lineOfCells(value.map(textOf), line, columns) : broken(line, "must be an object, for there are no columns");
	if (typeof value !== "object" || value === null) return broken(line, "must be an object or a list of cells");
	const object = value;
	const found = (name: string) => at(object, name);
	return {
		line,
		blank: false,
		fault: null,
		cell: (column) => textOf(found(column)).trim(),
		keysOf: (name) => {
			const inner = name === "" ? object : found(name);
			return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? Object.keys(inner) : [];
		},
	};
}

function lineOfCells(row: readonly string[], line: number, columns: readonly string[]): Line {
	return {
		line,
		blank: row.every((cell) => cell.trim() === ""),
		fault:
			row.length > columns.length && row.slice(columns.length).some((cell) => cell.trim() !== "")
				? "has more cells than the header"
				: null,
		cell: (column) => disarmed(row[columns.indexOf(column)] ?? "").trim(),
		keysOf: () => [],
	};
}

/** A line that cannot be read; without a fault an empty one. */
function broken(line: number, fault: string | null): Line {
	return { line, blank: fault === null, fault, cell: () => "", keysOf: () => [] };
}

/** A value in an object by its name, or by the names on the way to it with dots between them. */
function at(object: object, name: string): unknown {
	if (Object.hasOwn(object, name)) return Reflect.get(object, name);
	const dot = name.indexOf(".");
	if (dot < 1 || !Object.hasOwn(object, name.slice(0, dot))) return undefined;
	const inner: unknown = Reflect.get(object, name.slice(0, dot));
	return typeof inner === "object" && inner !== null ? at(inner, name.slice(dot + 1)) : undefined;
}

/** A value of JSON as the cell of a table; what has a `text` is called by it. */
function textOf(value: unknown): string {
	if (typeof value === "string") return value;
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(", ");
	if (typeof value === "object" && value !== null && "text" in value) return textOf(value.text);
	return "";
}

/** Text as it was before it was disarmed for spreadsheets: see csv.ts. */
function disarmed(cell: string): string {
	return /^'\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? cell.slice(1) : cell;
}
