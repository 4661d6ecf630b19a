import {
	type AnswerFilter,
	type AnswerRow,
	answersByIds,
	commentsBefore,
	type LookedAt,
	listAnswers,
	type Position,
	placeBehind,
} from "./db/answers.ts";
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
	if (wanted.words !== null) return findWords(db, siteId, wanted, wanted.words, after, limit);
	const rows = await listAnswers(db, siteId, wanted, after, { among: LOOKED_THROUGH, limit: limit + 1 });
	const last = rows[limit - 1];
	if (last && rows.length > limit) return { rows: rows.slice(0, limit), next: positionOf(last), stopped: false };
	const next = await placeBehind(db, siteId, wanted, after, LOOKED_THROUGH);
	return { rows, next, stopped: next !== null };
}

/** Comments are compared here, folded, and the answers they belong to then read whole. */
async function findWords(
	db: D1Database,
	siteId: SiteId,
	wanted: Wanted,
	words: string,
	after: Position | null,
	limit: number,
): Promise<Found> {
	const folded = fold(words);
	const found: LookedAt[] = [];
	let at = after;
	let [ended, looked] = [false, 0];
	while (found.length <= limit && !ended && looked < LOOKED_THROUGH) {
		const passed = await commentsBefore(db, siteId, wanted, at, READ_AT_ONCE);
		found.push(...passed.filter(({ comment }) => comment !== null && fold(comment).includes(folded)));
		looked += READ_AT_ONCE;
		ended = passed.length < READ_AT_ONCE;
		const last = passed.at(-1);
		if (last) at = positionOf(last);
	}
	const page = found.slice(0, limit);
	const rows = await answersByIds(
		db,
		siteId,
		page.map(({ id }) => id),
	);
	const last = page.at(-1);
	if (last && found.length > limit) return { rows, next: positionOf(last), stopped: false };
	const next = ended || (await commentsBefore(db, siteId, wanted, at, 1)).length === 0 ? null : at;
	return { rows, next, stopped: next !== null };
}

function positionOf({ shown_at, id }: { readonly shown_at: number; readonly id: string }): Position {
	return { shownAt: shown_at, id };
}
