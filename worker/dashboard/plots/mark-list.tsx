import type { ScaleLinear } from "d3-scale";
import type { Child } from "hono/jsx";
import { anchorOf } from "./axis.tsx";
import { at, type Frame } from "./frame.ts";

/** One value of several that are shown on a scale they share. */
export interface Mark {
	readonly name: Child;
	/** Null where it is hidden: then its line has no mark. */
	readonly value: number | null;
	readonly interval: { readonly low: number; readonly high: number } | null;
	readonly early?: boolean;
	/** The value as it is read; nothing where it is hidden. */
	readonly figure: Child;
	/** What else is said of it. */
	readonly said: Child;
}

interface Props {
	readonly label: string;
	readonly marks: readonly Mark[];
	/** The values that the scale has to hold, from its lower to its upper end. */
	readonly scale: ScaleLinear<number, number>;
	readonly write: (value: number) => string;
	/** A line through all marks: the value of everybody. */
	readonly reference?: number | null;
	/** Draws a bar from the scale's beginning instead of a dot with its interval. */
	readonly bars?: boolean;
}

const FRAME: Frame = { name: "either", width: 340, height: 24, top: 0, right: 18, bottom: 0, left: 18 };
const MIDDLE = FRAME.height / 2;

/** Where the marks of a list may lie: the range of its scale. */
export const MARK_RANGE: readonly [from: number, to: number] = [FRAME.left, FRAME.width - FRAME.right];

/** Where bars may lie: as wide as the list. */
export const BAR_RANGE: readonly [from: number, to: number] = [0, FRAME.width];

/** Values one below another, each with its name, its mark on one scale for all of them, and its figures: the marks repeat them, and are not read out. */
export function MarkList({ label, marks, scale, write, reference = null, bars = false }: Props) {
	const [from = 0, to = FRAME.width] = scale.range();
	return (
		<ul class="mark-list" aria-label={label}>
			{marks.map(({ name, value, interval, early = false, figure, said }) => (
				<li>
					<div class="mark-name">{name}</div>
					{value === null ? null : (
						<svg class="plot" viewBox={`0 0 ${FRAME.width} ${FRAME.height}`} aria-hidden="true">
							<line class="rail" x1={from} x2={to} y1={MIDDLE} y2={MIDDLE} />
							{bars ? <rect class="bar" x={from} y={4} width={at(scale(value) - from)} height={16} /> : null}
							{reference === null ? null : (
								<line class="everybody" x1={at(scale(reference))} x2={at(scale(reference))} y1={0} y2={FRAME.height} />
							)}
							{interval === null || bars ? null : (
								<rect
									class={early ? "interval early" : "interval"}
									x={at(scale(interval.low))}
									y={MIDDLE - 5}
									width={Math.max(2, at(scale(interval.high) - scale(interval.low)))}
									height={10}
									rx={5}
								/>
							)}
							{bars ? null : <circle class={early ? "dot early" : "dot"} cx={at(scale(value))} cy={MIDDLE} r={5} />}
						</svg>
					)}
					<div class="mark-figure number">{figure}</div>
					<div class="mark-note">{said}</div>
				</li>
			))}
			{bars || marks.every(({ value }) => value === null) ? null : (
				<li class="scale-line" aria-hidden="true">
					<svg class="plot" viewBox={`0 0 ${FRAME.width} 18`} aria-hidden="true">
						<g class="axis">
							{scale.ticks(4).map((tick) => (
								<text x={at(scale(tick))} y={13} text-anchor={anchorOf(scale(tick), write(tick), FRAME)}>
									{write(tick)}
								</text>
							))}
						</g>
					</svg>
				</li>
			)}
		</ul>
	);
}
