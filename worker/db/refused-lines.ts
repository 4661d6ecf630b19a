import type { RefusedLine } from "../../shared/import-contract.ts";
import type { SiteId } from "../site.ts";

interface RefusalRow {
	last_line: number;
	reasons: string;
	lines: string;
}

/** Parts that are looked at together. */
const PARTS = 10;

/**
 * The next refused lines of an import after a line, in their order: at most `limit`, and those of ten parts at most. `next` is where to go on;
 * null where none is left.
 */
export async function refusedLines(
	db: D1Database,
	siteId: SiteId,
	importId: string,
	after: number,
	limit: number,
): Promise<{ readonly refused: RefusedLine[]; readonly next: number | null }> {
	const { results } = await db
		.prepare(
			`SELECT last_line, reasons, lines FROM import_refusal WHERE site = ?1 AND import = ?2 AND last_line > ?3
			ORDER BY last_line LIMIT ${PARTS + 1}`,
		)
		.bind(siteId, importId, after)
		.all<RefusalRow>();
	const looked = results.slice(0, PARTS);
	const found = looked.flatMap(linesOf).filter(({ line }) => line > after);
	const refused = found.slice(0, limit);
	if (found.length > limit) return { refused, next: refused.at(-1)?.line ?? null };
	return { refused, next: results.length > PARTS ? (looked.at(-1)?.last_line ?? null) : null };
}

function linesOf({ reasons, lines }: RefusalRow): RefusedLine[] {
	const said: [field: string, detail: string][] = JSON.parse(reasons);
	const refused: [line: number, reason: number][] = JSON.parse(lines);
	return refused.map(([line, reason]) => {
		const [field, detail] = said[reason] ?? ["line", "was refused"];
		return { line, field, detail };
	});
}
