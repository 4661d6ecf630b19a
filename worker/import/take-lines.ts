import { PART_LINES } from "../../shared/import-contract.ts";
import { ApiError, type Fault } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { type Part, takePart } from "../db/import-part.ts";
import { type ImportRow, importById } from "../db/imports.ts";
import { surveysOf, versionsOf } from "../db/surveys.ts";
import { hasErased } from "../db/tombstones.ts";
import { withRetries } from "../db/with-retries.ts";
import type { Env } from "../env.ts";
import { sha256Hex } from "../keys/key.ts";
import { type TombstoneIds, tombstoneIdsOf } from "../keys/tombstone-id.ts";
import type { Site } from "../site.ts";
import type { Line } from "./lines.ts";
import { type ImportedAnswer, readAnswer } from "./read-answer.ts";

/**
 * Takes lines of an import. Those taken before are passed over, so that a part may be sent again, whole or cut otherwise.
 * @returns the import as it then is
 * @throws ApiError 409 where the lines are not the next, or the import takes none; 413 where they are too many
 */
export async function takeLines(env: Env, site: Site, job: ImportRow, lines: readonly Line[], now: number): Promise<ImportRow> {
	if (lines.length > PART_LINES) throw tooMuch();
	const [first] = lines;
	if (first && first.line > job.next_line)
		throw new ApiError("conflict", {
			faults: [{ field: "line", detail: `must be ${job.next_line}, the first that was not taken` }],
		});
	const fresh = lines.filter(({ line }) => line >= job.next_line);
	if (fresh.length === 0) return job;
	if (job.state !== "open") throw new ApiError("conflict", { detail: `This import is ${job.state} and takes no more lines` });
	const db = dbFor(env, site);
	const part = await readPart(env, db, site, job, fresh, now);
	try {
		const taken = await withRetries(() => takePart(db, site.id, job.id, part, now));
		return taken ?? (await importById(db, site.id, job.id)) ?? job;
	} catch (error) {
		if (error instanceof RangeError) throw tooMuch();
		throw error;
	}
}

const NOBODY: TombstoneIds = [null, null];

async function readPart(
	env: Env,
	db: D1Database,
	site: Site,
	job: ImportRow,
	lines: readonly Line[],
	now: number,
): Promise<Part> {
	const [surveys, versions, erased] = await Promise.all([
		surveysOf(db, site.id),
		versionsOf(db, site.id),
		hasErased(db, site.id),
	]);
	const reading = { source: job.source, mapping: JSON.parse(job.mapping), survey: job.survey, site, surveys, versions, now };
	const dropped: Record<string, number> = JSON.parse(job.dropped);
	const refused: (Fault & { line: number })[] = [];
	const answers: ImportedAnswer[] = [];
	let blank = 0;
	for (const line of lines) {
		if (line.blank) {
			blank++;
			continue;
		}
		const read = readAnswer(line, reading);
		if ("refused" in read) {
			refused.push({ line: line.line, ...read.refused });
			continue;
		}
		for (const field of read.dropped) dropped[field] = (dropped[field] ?? 0) + 1;
		answers.push(read.answer);
	}
	return {
		first: job.next_line,
		next: job.next_line + lines.length,
		answers: await Promise.all(
			answers.map(async (answer) => ({
				line: answer.line,
				revision: [
					revisionOf(site, answer, await idOf(site, job, answer)),
					erased ? await tombstoneIdsOf(env, site.id, answer) : NOBODY,
				] as const,
				commented: answer.commented,
				erasedAt: answer.erased ? now : null,
			})),
		),
		refused,
		blank,
		dropped,
	};
}

/** An import proves nothing of anybody: its answers are never verified. */
function revisionOf(site: Site, answer: ImportedAnswer, id: string) {
	const { at, ...rest } = answer;
	const verified = site.tokenMode === "off" ? null : false;
	return { ...rest, id, rev: 1, status: "answered" as const, verified, callback: null, shownAt: at, receivedAt: at };
}

/** Ids that exports of ours have, which stand for the same answer wherever it goes. */
const OURS = /^[0-9a-f]{32}$/;

/**
 * The id that an answer is kept under: the same whenever the same line comes again. One that an export of ours has given it stays as it is,
 * so that what is here already, or was deleted, is known. Without any, it is the file's and the line's.
 */
async function idOf(site: Site, job: ImportRow, { sourceId, line, survey }: ImportedAnswer): Promise<string> {
	const own = job.source === "csv" || job.source === "ndjson";
	if (own && sourceId !== null && OURS.test(sourceId)) return sourceId;
	const within = job.source === "csv" ? job.name.toLowerCase() : "";
	const which = sourceId === null ? ["file", job.fingerprint ?? job.id, line] : ["id", within, sourceId];
	return (await sha256Hex(JSON.stringify([site.id, "import", job.source, survey, ...which]))).slice(0, 32);
}

function tooMuch(): ApiError {
	return new ApiError("payload_too_large", {
		faults: [{ field: "body", detail: `must be at most ${PART_LINES} lines; send fewer at a time` }],
	});
}
