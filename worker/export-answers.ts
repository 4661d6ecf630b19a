import type { ResponseView } from "../shared/response-contract.ts";
import { answerView } from "./answer-view.ts";
import { csvLine } from "./csv.ts";
import type { Position } from "./db/answers.ts";
import { type Found, findAnswers, type Wanted } from "./find-answers.ts";
import type { Site } from "./site.ts";

/** Answers read at a time: few enough for memory, and so many that 100,000 take fewer queries than a request may ask on the free plan. */
const PAGE = 2_500;

/** One way to write answers as text. */
export interface Format {
	readonly type: string;
	readonly head: string;
	line(answer: ResponseView): string;
}

/** One JSON object a line. */
export const ndjson: Format = {
	type: "application/x-ndjson; charset=utf-8",
	head: "",
	line: (answer) => `${JSON.stringify(answer)}\n`,
};

/** CSV for a spreadsheet, with a byte-order mark so that it reads the text as UTF-8, and a column for each segment of the site. */
export function csv(site: Site): Format {
	const segments = ["channel", "locale", "device", ...Object.keys(site.segments)];
	const columns: readonly (readonly [string, (answer: ResponseView) => string | number | boolean | null])[] = [
		["id", ({ id }) => id],
		["survey", ({ survey }) => survey],
		["version", ({ version }) => version],
		["metric", ({ metric }) => metric],
		["score", ({ score }) => score],
		["group", ({ group }) => group],
		["drivers", ({ drivers }) => drivers.join(" ")],
		["comment", ({ comment }) => comment],
		...segments.map(
			(key) =>
				[
					`segment ${key}`,
					(answer: ResponseView) => (Object.hasOwn(answer.segments, key) ? (answer.segments[key] ?? null) : null),
				] as const,
		),
		["transaction", ({ transaction }) => transaction],
		["customer", ({ customer }) => customer],
		["claimed_customer", ({ claimed_customer }) => claimed_customer],
		["verified", ({ verified }) => verified],
		["page", ({ page }) => page],
		["day", ({ day }) => day],
		["shown_at", ({ shown_at }) => shown_at],
		["updated_at", ({ updated_at }) => updated_at],
		["delay", ({ delay }) => delay],
		["commented", ({ commented }) => commented],
		["erased", ({ erased }) => erased],
	];
	return {
		type: "text/csv; charset=utf-8",
		head: `\uFEFF${csvLine(columns.map(([name]) => name))}`,
		line: (answer) => csvLine(columns.map(([, read]) => read(answer))),
	};
}

/** Streams every answer that is wanted, newest first, a page of the database at a time: memory does not grow with their number. */
export function exportAnswers(db: D1Database, site: Site, wanted: Wanted, format: Format): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let after: Position | null = null;
	return new ReadableStream({
		start: (controller) => controller.enqueue(encoder.encode(format.head)),
		async pull(controller) {
			const { rows, next }: Found = await findAnswers(db, site.id, wanted, after, PAGE);
			if (rows.length > 0) controller.enqueue(encoder.encode(rows.map((row) => format.line(answerView(row))).join("")));
			if (next === null) controller.close();
			after = next;
		},
	});
}
