import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Api, Refused } from "../../import/api.ts";
import { type FileRecord, recordsOf } from "../../import/records.ts";
import { sendRecords } from "../../import/send.ts";
import { guessMapping } from "../../shared/guess-mapping.ts";
import type { ImportView } from "../../shared/import-contract.ts";
import { orderOf, readDate } from "../../shared/import-date.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "afterword-file-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(text: string, delimiter: string | null): Promise<unknown[]> {
	const path = join(folder, "file");
	await writeFile(path, text);
	const records: unknown[] = [];
	for await (const { json } of recordsOf(path, delimiter)) records.push(JSON.parse(json));
	return records;
}

test("records come whole wherever the pieces of a file end: quotes, line breaks of two characters, letters of four bytes", async () => {
	const rows = Array.from({ length: 12_000 }, (_, i) => [`${i}`, `👍 "so"\n${"é".repeat(i % 13)}`, "x,y"]);
	const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
	for (const end of ["\r\n", "\n", "\r"]) {
		const text = `\uFEFF${rows.map((row) => row.map((cell) => quote(cell.replace("\n", end))).join(",")).join(end)}`;
		expect(await read(text, ",")).toEqual(rows);
		expect(await read(text + end, ",")).toEqual(rows);
	}
	const objects = rows.map(([id]) => ({ id }));
	expect(await read(objects.map((each) => JSON.stringify(each)).join("\r\n"), null)).toEqual(objects);
	await expect(read(`"${"a,b\n".repeat(600_000)}`, ",")).rejects.toThrow("a quote may be missing");
});

/** An import that takes lines in order, or not at this moment. */
function takes(most: number) {
	const taken: string[] = [];
	const sizes: number[] = [];
	const job = (): ImportView => ({ ...EMPTY, next_line: taken.length + 1, read: taken.length });
	const api: Api = async (_, path, body) => {
		const lines = String(body).trimEnd().split("\n");
		const first = Number(new URL(path, "http://x").searchParams.get("line"));
		if (lines.length > most) throw new Refused(503, "busy", 0);
		if (first > taken.length + 1) throw new Refused(409, `${first} is not next`, 0);
		sizes.push(Buffer.byteLength(String(body)));
		taken.push(...lines.slice(taken.length + 1 - first));
		return job();
	};
	return { api, taken, sizes, job };
}

const EMPTY: ImportView = {
	id: "a",
	source: "ndjson",
	name: "",
	survey: "nps",
	fingerprint: null,
	columns: null,
	mapping: {},
	state: "open",
	next_line: 1,
	read: 0,
	stored: 0,
	counted: 0,
	duplicate: 0,
	refused: 0,
	blank: 0,
	dropped: {},
	undone: 0,
	created_at: "2026-01-01T00:00:00.000Z",
	updated_at: "2026-01-01T00:00:00.000Z",
};

async function* made(records: readonly string[]): AsyncGenerator<FileRecord> {
	for (const json of records) yield { json, bytes: 0 };
}

test("parts follow each other without a gap, whatever bounds them: lines, bytes, or what the collector has time for", async () => {
	const records = Array.from({ length: 400 }, (_, i) => JSON.stringify({ i, text: "x".repeat(i % 3 === 0 ? 20_000 : 10) }));
	for (const [lines, most] of [
		[5_000, 5_000],
		[100, 5_000],
		[400, 120],
	] as const) {
		const collector = takes(most);
		await sendRecords(collector.api, collector.job(), made(records), lines, () => {});
		expect(collector.taken).toEqual(records);
		expect(Math.max(...collector.sizes)).toBeLessThan(4 * 1024 * 1024);
	}
	const begun = takes(5_000);
	begun.taken.push(...records.slice(0, 123));
	await sendRecords(begun.api, begun.job(), made(records), 50, () => {});
	expect(begun.taken).toEqual(records);
});

test("a date is what it says, in the site's zone where it names none, and none where it does not exist", () => {
	const at = (text: string, order: "dmy" | "mdy" | null = null) => {
		const date = readDate(text, "Europe/Rome", order);
		return date && [new Date(date.at).toISOString(), date.day];
	};
	expect(at("2026-07-03T10:00:00+02:00")).toEqual(["2026-07-03T08:00:00.000Z", null]);
	expect(at("2026-07-03 10:00:00 UTC")).toEqual(["2026-07-03T10:00:00.000Z", null]);
	expect(at("2026-07-03 10:00")).toEqual(["2026-07-03T08:00:00.000Z", null]);
	expect(at("2026-01-03")).toEqual(["2026-01-03T11:00:00.000Z", "2026-01-03"]);
	expect(at("3/1/2026 9:15 pm", "dmy")).toEqual(["2026-01-03T20:15:00.000Z", null]);
	expect(at("1/3/2026", "mdy")).toEqual(["2026-01-03T11:00:00.000Z", "2026-01-03"]);
	expect(at("Mon Jan 15 2024")).toEqual(["2024-01-15T11:00:00.000Z", "2024-01-15"]);
	expect(at("1713418460")).toEqual(["2024-04-18T05:34:20.000Z", null]);
	for (const text of ["2026-02-30", "1/3/2026", "24:00", "soon", "", "9", "2026-13-01", "2026-01-01 25:00"])
		expect([text, at(text)]).toEqual([text, null]);
	expect([
		orderOf(["13/01/2026", "1/2/2026"]),
		orderOf(["1/13/2026"]),
		orderOf(["1/2/2026"]),
		orderOf(["13/1/2026", "1/13/2026"]),
	]).toEqual(["dmy", "mdy", null, null]);
});

test("columns are guessed by their names, then by what stands in them, and never the id for the score", () => {
	const rows = [
		["4", "7", "2026-01-02", "Good."],
		["5", "9", "2026-01-03", ""],
		["6", "x", "2026-01-04", ""],
	];
	const sample = { source: "csv" as const, rows, metric: "nps" as const, segments: [] };
	expect(guessMapping({ ...sample, columns: ["Order no", "NPS", "Given", "Comments"] })).toEqual({
		score: "NPS",
		answered_at: "Given",
		comment: "Comments",
	});
	expect(
		guessMapping({ ...sample, rows: rows.slice(0, 2), columns: ["Customer ID", "How likely?", "Given", "?"] }),
	).toMatchObject({ score: "How likely?", customer: "Customer ID" });
});
