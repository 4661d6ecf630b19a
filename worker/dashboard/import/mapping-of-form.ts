import { IMPORT_FIELDS, type ImportField, type ImportGuess, type ImportMapping } from "../../../shared/import-contract.ts";

export const FIELDS = Object.keys(IMPORT_FIELDS) as ImportField[];

/** A mapping as its form shows it: `map-{field}`, `segment-{key}`, `dates`. */
export function mappingForm({ segments = {}, dates, ...fields }: ImportMapping): URLSearchParams {
	const form = new URLSearchParams();
	for (const [field, column] of Object.entries(fields)) if (column !== undefined) form.set(`map-${field}`, column);
	for (const [key, column] of Object.entries(segments)) form.set(`segment-${key}`, column);
	form.set("dates", dates ?? "");
	return form;
}

/** The mapping that a form says, unchecked. Candidates that are ticked become segments. */
export function mappingOf(form: URLSearchParams): ImportMapping {
	const mapping: Record<string, unknown> = {};
	const segments: Record<string, string> = {};
	for (const [name, value] of form) {
		const [, kind, which = ""] = /^(map|segment)-(.+)$/.exec(name) ?? [];
		if (value === "" || !kind) continue;
		if (kind === "map") mapping[which] = value;
		else segments[which] = value;
	}
	for (const { key, column } of declared(form)) segments[key] = column;
	if (Object.keys(segments).length > 0) mapping["segments"] = segments;
	const dates = form.get("dates");
	if (dates) mapping["dates"] = dates;
	return mapping as ImportMapping;
}

/** A segment that was ticked. */
export type Ticked = Pick<ImportGuess["candidates"][number], "key" | "column" | "values">;

/** What a candidate's box sends. */
export const tickOf = ({ key, column, values }: Ticked) => JSON.stringify([key, column, values]);

/** The candidates that are ticked. */
export function declared(form: URLSearchParams): Ticked[] {
	return form.getAll("declare").flatMap((text) => {
		try {
			const [key, column, values] = JSON.parse(text);
			return typeof key === "string" && typeof column === "string" && Array.isArray(values) ? [{ key, column, values }] : [];
		} catch {
			return [];
		}
	});
}
