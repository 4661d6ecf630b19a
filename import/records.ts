import { open } from "node:fs/promises";
import Papa from "papaparse";

/** Characters that one record may have, so that each fits a part: a quote that is never closed would hold the rest of the file. */
const LONGEST = 1024 * 1024;

/** A record of a file as the API takes it, a line of JSON, and how many bytes of the file had been read by then. */
export interface FileRecord {
	readonly json: string;
	readonly bytes: number;
}

/**
 * The records of a file one by one, without ever holding more than a piece of it. Of CSV the header is the first.
 * @param delimiter what separates the cells of a CSV; null for lines of JSON
 * @throws Error where a record does not end
 */
export async function* recordsOf(path: string, delimiter: string | null): AsyncGenerator<FileRecord> {
	const file = await open(path);
	const split = delimiter === null ? splitLines : splitCsv(delimiter);
	let rest = "";
	let bytes = 0;
	try {
		const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
		let begun = false;
		let held = "";
		for await (const chunk of file.createReadStream({ highWaterMark: 256 * 1024, autoClose: false })) {
			bytes += chunk.length;
			let text = held + decoder.decode(chunk, { stream: true });
			if (!begun && text !== "") text = text.replace(/^\uFEFF/, "");
			begun ||= text !== "";
			// A line break of two characters may be cut in two.
			held = text.endsWith("\r") ? "\r" : "";
			rest += (held ? text.slice(0, -1) : text).replace(/\r\n?/g, "\n");
			const { records, used } = split(rest, false);
			for (const json of records) yield { json, bytes };
			rest = rest.slice(used);
			if (rest.length > LONGEST) throw new Error("A record of this file does not end: a quote may be missing");
		}
		for (const json of split(rest + (held ? "\n" : ""), true).records) yield { json, bytes };
	} finally {
		await file.close();
	}
}

/** Takes the whole records from the beginning of a text; the last one only where the text ends there. */
type Split = (text: string, end: boolean) => { readonly records: readonly string[]; readonly used: number };

function splitLines(text: string, end: boolean) {
	const used = end ? text.length : text.lastIndexOf("\n") + 1;
	const records = text.slice(0, used).split("\n");
	if (records.at(-1) === "") records.pop();
	return { records, used };
}

function splitCsv(delimiter: string): Split {
	return (text, end) => {
		const { data, meta } = new Papa.Parser({ delimiter, newline: "\n" }).parse(text, 0, !end);
		if (end && (text === "" || text.endsWith("\n"))) data.pop();
		return { records: data.map((row: string[]) => JSON.stringify(row)), used: meta.cursor };
	};
}
