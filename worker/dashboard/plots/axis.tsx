import { at, type Frame, insideOf } from "./frame.ts";

/** A place on an axis and what it is called. */
export interface Tick {
	readonly position: number;
	readonly label: string;
}

interface AxisProps {
	readonly frame: Frame;
	readonly ticks: readonly Tick[];
	/** Leaves the lines away, for an axis of names. */
	readonly bare?: boolean;
}

/** The vertical axis: a line across the plot for each value, and its name at the left. */
export function LeftAxis({ frame, ticks, bare = false }: AxisProps) {
	const { x0, x1 } = insideOf(frame);
	return (
		<g class="axis">
			{ticks.map(({ position, label }) => (
				<>
					{bare ? null : <line class="grid" x1={x0} x2={x1} y1={at(position)} y2={at(position)} />}
					<text x={x0 - 6} y={at(position)} dy="0.35em" text-anchor="end">
						{label}
					</text>
				</>
			))}
		</g>
	);
}

/** The horizontal axis: a short mark for each place below the plot, and its name under it; names at the ends stay within the frame. */
export function BottomAxis({ frame, ticks, bare = false }: AxisProps) {
	const { x0, x1, y0 } = insideOf(frame);
	return (
		<g class="axis">
			{bare ? null : <line class="base" x1={x0} x2={x1} y1={y0} y2={y0} />}
			{ticks.map(({ position, label }) => (
				<>
					{bare ? null : <line class="base" x1={at(position)} x2={at(position)} y1={y0} y2={y0 + 4} />}
					<text x={at(position)} y={y0 + 18} text-anchor={anchorOf(position, label, frame)}>
						{label}
					</text>
				</>
			))}
		</g>
	);
}

/** Units a character takes at most, about. */
const CHARACTER = 7;

/** How a label stands to its place, so that it does not reach out of the frame. */
export function anchorOf(position: number, label: string, { width }: Frame): "start" | "middle" | "end" {
	const half = (label.length * CHARACTER) / 2;
	if (position - half < 0) return "start";
	return position + half > width ? "end" : "middle";
}
