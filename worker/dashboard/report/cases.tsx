import type { Reader } from "../reader.ts";
import { words } from "./words.ts";

/** How far the follow-up of low answers has come. */
export interface CaseCounts {
	/** Waiting for somebody. */
	readonly open: number;
	/** Of those, past the time they were due. */
	readonly overdue: number;
	/** Closed within the report's days. */
	readonly closed: number;
}

/** The follow-up of low answers in one line; nothing where it is not known. */
export function Cases({ counts, reader }: { readonly counts: CaseCounts | null; readonly reader: Pick<Reader, "number"> }) {
	if (counts === null) return null;
	const { open, overdue, closed } = counts;
	return (
		<section class="cases">
			<h2>{words.cases}</h2>
			<p>{words.caseCounts(reader.number(open), reader.number(overdue), reader.number(closed))}</p>
		</section>
	);
}
