import type { Child, PropsWithChildren } from "hono/jsx";
import { Table } from "../table.tsx";
import { type Frame, PHONE, WIDE } from "./frame.ts";

interface PlotProps {
	/** What the picture is called where it cannot be seen. */
	readonly name: string;
	readonly frame: Frame;
}

/** A picture of its own: named, and drawn in the frame's units. */
export function Plot({ name, frame, children }: PropsWithChildren<PlotProps>) {
	const { width, height } = frame;
	return (
		<svg class={`plot ${frame.name}`} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={name}>
			{children}
		</svg>
	);
}

interface FigureProps {
	/** What the plot says, in words: it stands below it. */
	readonly caption: Child;
	/** The figures themselves, as a table of something. */
	readonly table?: {
		readonly summary: string;
		readonly of: string;
		readonly head: readonly string[];
		readonly rows: readonly (readonly string[])[];
	};
}

/** A plot with what it says in words, and its figures as a table behind a fold. */
export function PlotFigure({ caption, table, children }: PropsWithChildren<FigureProps>) {
	return (
		<figure class="plot-figure">
			{children}
			<figcaption>{caption}</figcaption>
			{table ? (
				<details>
					<summary>{table.summary}</summary>
					<Table label={`${table.summary}: ${table.of}`} head={table.head.map((name, i) => (i === 0 ? name : { figure: name }))}>
						{table.rows.map(([name, ...cells]) => (
							<tr>
								<th scope="row">{name}</th>
								{cells.map((cell) => (
									<td class="number">{cell}</td>
								))}
							</tr>
						))}
					</Table>
				</details>
			) : null}
		</figure>
	);
}

/** One plot drawn twice, for a phone and for a large screen: the style shows the one that fits, so that text is never tiny or huge. */
export function Both({ draw }: { readonly draw: (frame: Frame) => Child }) {
	return (
		<>
			{draw(PHONE)}
			{draw(WIDE)}
		</>
	);
}
