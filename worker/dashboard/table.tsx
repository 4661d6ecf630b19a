import type { PropsWithChildren } from "hono/jsx";

/** A column by its heading; `figure` where figures stand in it, null where it needs no heading. */
export type Column = string | { readonly figure: string } | null;

interface TableProps {
	/** What is in it, for who does not see the page. */
	readonly label: string;
	readonly head: readonly Column[];
	/** Said above it, where more is to be said than the label. */
	readonly caption?: string;
	/** A class of its own. */
	readonly kind?: string;
}

/** A table that scrolls by itself where it is wider than the page, by keyboard too. Its children are rows. */
export function Table({ label, head, caption, kind, children }: PropsWithChildren<TableProps>) {
	return (
		<section class={kind ? `scroll ${kind}` : "scroll"} tabindex={0} aria-label={label}>
			<table aria-label={caption === undefined ? label : undefined}>
				{caption === undefined ? null : <caption>{caption}</caption>}
				<thead>
					<tr>{head.map(headingOf)}</tr>
				</thead>
				<tbody>{children}</tbody>
			</table>
		</section>
	);
}

function headingOf(column: Column) {
	if (column === null) return <td />;
	if (typeof column === "string") return <th scope="col">{column}</th>;
	return (
		<th scope="col" class="number">
			{column.figure}
		</th>
	);
}
