/** A cell of CSV. Text is always quoted, and disarmed where a spreadsheet would run it as a formula; numbers stand as they are. */
export function csvCell(value: string | number | boolean | null): string {
	if (value === null) return "";
	if (typeof value !== "string") return String(value);
	const armed = /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(value);
	return `"${armed ? "'" : ""}${value.replaceAll('"', '""')}"`;
}

/** A line of CSV with its CR LF (RFC 4180). */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
	return `${cells.map(csvCell).join(",")}\r\n`;
}
