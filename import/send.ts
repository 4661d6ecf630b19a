import { type ImportView, importView, PART_BYTES, PART_LINES } from "../shared/import-contract.ts";
import { type Api, Refused } from "./api.ts";
import type { FileRecord } from "./records.ts";

/** Tries of one part, and milliseconds before the second; each further wait is twice as long. */
const TRIES = 8;
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Lines below which a part is not cut further. */
const FEWEST = 50;

/** How far it is: the import as the collector has it, and the bytes of the file that were read. */
export type Progress = (job: ImportView, bytes: number) => void;

/**
 * Sends the records of a file that an import has not taken yet, in order, a part at a time, and gives the import after the last. A part
 * that the collector cannot take now is sent again, with fewer lines: it may be all that its plan has time for.
 * @param lines how many at a time, at most
 */
export async function sendRecords(
	api: Api,
	job: ImportView,
	records: AsyncIterable<FileRecord>,
	lines: number,
	progress: Progress,
): Promise<ImportView> {
	let now = job;
	let most = Math.min(lines, PART_LINES);
	let line = 0;
	/** The number of the first line that is held. */
	let first = 1;
	let part: string[] = [];
	let bytes = 0;
	let read = 0;

	/** Sends what is held, until `leave` records or fewer are. */
	const flush = async (leave: number) => {
		while (part.length > leave) {
			const sent = part.slice(0, most);
			[now, most] = await sendPart(api, now, first, sent, most);
			// Whatever was taken, by this part or by one before it that we did not hear of.
			part = part.slice(Math.max(0, now.next_line - first));
			first = Math.max(first, now.next_line);
			bytes = part.reduce((sum, json) => sum + Buffer.byteLength(json) + 1, 0);
			progress(now, read);
		}
	};

	for await (const record of records) {
		line++;
		read = record.bytes;
		if (line < now.next_line) continue;
		const size = Buffer.byteLength(record.json) + 1;
		if (bytes + size > PART_BYTES * 0.9) await flush(0);
		if (part.length === 0) first = line;
		part.push(record.json);
		bytes += size;
		if (part.length >= most) await flush(most - 1);
	}
	await flush(0);
	return now;
}

/** Sends a part, and gives the import after it and how many lines to send at a time from then on. */
async function sendPart(
	api: Api,
	job: ImportView,
	first: number,
	part: readonly string[],
	most: number,
): Promise<[ImportView, number]> {
	let fewer = most;
	for (let tries = 1; ; tries++) {
		try {
			const sent = part.slice(0, fewer).join("\n");
			return [importView.parse(await api("POST", `/v1/imports/${job.id}/lines?line=${first}`, `${sent}\n`)), fewer];
		} catch (error) {
			const lasting = error instanceof Refused && !error.passes;
			if (lasting || tries === TRIES) throw error;
			fewer = Math.max(FEWEST, Math.ceil(fewer / 2));
			const asked = error instanceof Refused ? error.again * 1000 : 0;
			const pause = Math.max(Math.min(asked, LONGEST_PAUSE_MS), Math.min(PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS));
			await new Promise((later) => setTimeout(later, pause));
		}
	}
}
