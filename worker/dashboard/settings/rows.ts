/**
 * Lists in forms: rows of controls named `{list}-{number}-{part}`. A row is there once something in it is filled in; rows that are
 * left empty do not count, so that a row is taken away by emptying it.
 */
export interface Row {
	/** Its number in the form. */
	readonly index: number;
	/** What is in it, by part. */
	readonly parts: Readonly<Record<string, string>>;
}

/** The rows of a list that are filled in, in their order; null where the form has no such list. */
export function rowsOf(form: URLSearchParams, list: string, most: number): readonly Row[] | null {
	const rows = Array.from({ length: most }, (_, index) => ({ index, parts: partsOf(form, `${list}-${index}-`) }));
	if (rows.every(({ parts }) => Object.keys(parts).length === 0)) return null;
	return rows.filter(({ parts }) => Object.values(parts).some((text) => text !== ""));
}

/** The numbers of the rows to show: those that are filled in and `spare` empty ones, at most `most`. */
export function rowsToShow(form: URLSearchParams, list: string, most: number, spare: number): number[] {
	const filled = rowsOf(form, list, most)?.map(({ index }) => index) ?? [];
	const last = Math.min(most, Math.max(-1, ...filled) + 1 + spare);
	return Array.from({ length: last }, (_, index) => index);
}

function partsOf(form: URLSearchParams, prefix: string): Record<string, string> {
	const parts: Record<string, string> = {};
	for (const [name, value] of form) if (name.startsWith(prefix)) parts[name.slice(prefix.length)] = value.trim();
	return parts;
}
