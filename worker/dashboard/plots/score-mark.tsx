import { boundsOf } from "../../../shared/funnel.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import { figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import { at, type Frame, insideOf } from "./frame.ts";
import { Plot } from "./plot.tsx";
import { baselineBeside } from "./references.ts";
import { spread } from "./spread.ts";
import { wholeScale } from "./value-scale.ts";
import { words } from "./words.ts";

const FRAME: Frame = { name: "either", width: 340, height: 82, top: 8, right: 14, bottom: 8, left: 14 };

/** Where the scale's line lies, and the names of the ticks and of the scale's ends below it. */
const LINE = 24;
const TICK_NAMES = 52;
const SCALE_NAMES = 74;

/** What the name of a tick takes at most. */
const NAME_WIDTH = 92;

/** A score as a mark on its whole scale: the interval as a bar, the score as a dot, goal and baseline as ticks. Nothing where it is hidden. */
export function ScoreMark({ score, reader }: { readonly score: SurveyScore; readonly reader: Reader }) {
	const { metric, value, interval, tier } = score;
	if (value === null || interval === null || tier === "hidden") return null;
	const figures = figuresOf(metric, reader);
	const { x0, x1 } = insideOf(FRAME);
	const scale = wholeScale(metric, [x0, x1]);
	const { min, max } = boundsOf(metric);
	const ticks = ticksOf(score).map(({ name, value }) => ({ at: scale(value), label: `${name} ${figures.value(value)}` }));
	const names = spread(
		ticks.map((tick) => tick.at),
		NAME_WIDTH,
		NAME_WIDTH / 2,
		FRAME.width - NAME_WIDTH / 2,
	);
	return (
		<Plot
			name={words.markName(
				figures.value(value),
				figures.value(interval.low),
				figures.value(interval.high),
				ticks.map(({ label }) => label),
			)}
			frame={FRAME}
		>
			<line class="base" x1={x0} x2={x1} y1={LINE} y2={LINE} />
			{[min, (min + max) / 2, max].map((end) => (
				<g class="axis">
					<line class="base" x1={at(scale(end))} x2={at(scale(end))} y1={LINE - 4} y2={LINE + 4} />
					<text
						x={at(scale(end))}
						y={SCALE_NAMES}
						text-anchor={end === min ? "start" : end === max ? "end" : "middle"}
						dx={end === min ? -8 : end === max ? 8 : 0}
					>
						{figures.value(end)}
					</text>
				</g>
			))}
			<rect
				class={tier === "early" ? "interval early" : "interval"}
				x={at(scale(interval.low))}
				y={LINE - 7}
				width={Math.max(2, at(scale(interval.high) - scale(interval.low)))}
				height={14}
				rx={7}
			/>
			{ticks.map((tick, i) => (
				<g class="reference">
					<line x1={at(tick.at)} x2={at(tick.at)} y1={LINE - 14} y2={LINE + 14} />
					<text x={at(names[i] ?? tick.at)} y={TICK_NAMES} text-anchor="middle">
						{tick.label}
					</text>
				</g>
			))}
			<circle class="dot" cx={at(scale(value))} cy={LINE} r={6} />
		</Plot>
	);
}

function ticksOf(score: SurveyScore): { readonly name: string; readonly value: number }[] {
	const { goal } = score;
	const baseline = baselineBeside(score);
	return [
		...(goal ? [{ name: words.goal, value: goal.target }] : []),
		...(baseline ? [{ name: words.baseline.either, value: baseline.value }] : []),
	];
}
