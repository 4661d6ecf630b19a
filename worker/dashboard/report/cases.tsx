import type { CaseSummary } from "../../../shared/case-contract.ts";
import type { Reader } from "../reader.ts";
import { words } from "./words.ts";

interface Props {
	readonly summary: CaseSummary | null;
	readonly reader: Pick<Reader, "number">;
}

/** The follow-up of low answers in one line; nothing where it is not known, or nobody waits and nothing was opened in these days. */
export function Cases({ summary, reader }: Props) {
	if (summary === null || summary.unresolved + summary.opened === 0) return null;
	const { unresolved, overdue, opened, resolved, complete } = summary;
	return (
		<section class="cases">
			<h3>{words.cases}</h3>
			<p>
				{words.casesOpen(reader.number(unresolved), reader.number(overdue))}{" "}
				{opened === 0 ? words.noneOpened : words.casesResolved(reader.number(opened), reader.number(resolved))}
				{complete ? null : ` ${words.casesCapped}`}
			</p>
		</section>
	);
}
