import { type AnswerFilter, type AnswerRow, listAnswers, type Position, placeBehind } from "./db/answers.ts";
import { fold } from "./fold.ts";
import type { SiteId } from "./site.ts";

/** Answers that one look goes through at most, whatever passes. */
export const LOOKED_THROUGH = 10_000;

/** Answers whose comments are read at a time: few enough for memory, enough that a look takes few queries. */
const READ_AT_ONCE = 2_500;

/** Which answers are wanted: those a filter lets pass, and of them those whose comment holds `words`; null for all. */
export interface Wanted extends AnswerFilter {
	readonly words: string | null;
}

export interface Found {
	readonly rows: AnswerRow[];
	/** Where to go on; null at the end of the list. */
	readonly next: Position | null;
	/** Whether it ended because so many answers were looked through, and not because the page is full. */
	readonly stopped: boolean;
}

/**
 * At most `limit` wanted answers after a place, newest first. It looks through 10,000 answers of the wanted days and no further: a filter
 * that lets little pass goes on from there with the next call.
 */
export async function findAnswers(
	db: D1Database,
	siteId: SiteId,
	wanted: Wanted,
	after: Position | null,
	limit: number,
): Promise<Found> {
	const words = wanted.words === null ? null : fold(wanted.words);
	const filter = words === null ? wanted : { ...wanted, commented: true };
	const among = words === null ? LOOKED_THROUGH : READ_AT_ONCE;
	const rows: AnswerRow[] = [];
	let at = after;
	for (let looked = 0; looked < LOOKED_THROUGH; looked += among) {
		const passed = await listAnswers(db, siteId, filter, at, { among, limit: words === null ? limit + 1 : among });
		rows.push(...(words === null ? passed : passed.filter(({ comment }) => fold(comment ?? "").includes(words))));
		const last = rows[limit - 1];
		if (last && rows.length > limit)
			return { rows: rows.slice(0, limit), next: { shownAt: last.shown_at, id: last.id }, stopped: false };
		at = await placeBehind(db, siteId, filter, at, among);
		if (at === null) return { rows, next: null, stopped: false };
	}
	return { rows, next: at, stopped: true };
}
