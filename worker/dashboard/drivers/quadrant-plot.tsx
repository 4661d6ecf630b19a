import { scaleLinear, scaleSqrt } from "d3-scale";
import { boundsOf } from "../../../shared/funnel.ts";
import type { Drivers } from "../../../shared/insight-contract.ts";
import { usualReach } from "../../../shared/usual-reach.ts";
import { isolated } from "../../isolated.ts";
import { figuresOf } from "../figure.ts";
import { BottomAxis, LeftAxis } from "../plots/axis.tsx";
import { at, type Frame, insideOf } from "../plots/frame.ts";
import { Both, Plot } from "../plots/plot.tsx";
import type { Reader } from "../reader.ts";
import { type Box, distanceTo, NEAR, placeLabels } from "./place-labels.ts";
import { linesOf, textWidth } from "./text-width.ts";
import { words } from "./words.ts";

type Driver = Drivers["drivers"][number];

/** A reason that was weighed: whether its contrast can be told from none or not. */
export interface Weighed extends Driver {
	readonly contrast: number;
	readonly impact: number;
}

/** Those with enough answers on either side; the others are only in the table. */
export const isWeighed = (driver: Driver): driver is Weighed =>
	driver.verdict !== "too_few" && driver.contrast !== null && driver.impact !== null;

interface Props {
	readonly figures: Drivers;
	readonly nameOf: (id: string) => string;
	readonly reader: Reader;
}

/** The reasons by contrast and reach, in the four corners that say what to do about them; the area of each is its |impact|. */
export function QuadrantPlot({ figures, nameOf, reader }: Props) {
	const weighed = figures.drivers.filter(isWeighed);
	const name = words.plotName(
		weighed.flatMap(({ id, quadrant }) =>
			quadrant === null ? [] : [words.placed(isolated(nameOf(id)), words.quadrants[quadrant])],
		),
		weighed.filter(({ quadrant }) => quadrant === null).map(({ id }) => isolated(nameOf(id))),
	);
	return (
		<Both
			draw={(frame) => (
				<Bubbles
					name={name}
					frame={{ ...frame, ...MARGINS, height: frame.name === "wide" ? 440 : 360 }}
					{...{ figures, weighed, nameOf, reader }}
				/>
			)}
		/>
	);
}

const MARGINS = { top: 24, right: 12, bottom: 46, left: 44 };

/** Radii in units: the largest circle, and the least that is still seen. */
const LARGEST = { phone: 22, wide: 32, either: 22 };
const LEAST = 3;

/** How wide a line of a label is at most, how high it is, and how many there are before it is cut. */
const LABEL = { phone: 126, wide: 220, either: 126 };
const LINE = 16;
const LINES = 2;

interface BubblesProps extends Props {
	readonly name: string;
	readonly frame: Frame;
	readonly weighed: readonly Weighed[];
}

function Bubbles({ name, frame, figures, weighed, nameOf, reader }: BubblesProps) {
	const write = figuresOf(figures.metric, reader);
	const inside = insideOf(frame);
	const { x0, x1, y0, y1 } = inside;
	const { x, y, r } = scalesOf(figures, weighed, frame);
	const often = usualReach(figures.drivers);
	const corners = cornersOf(frame);
	const bubbles = weighed.map((driver) => {
		const lines = linesOf(nameOf(driver.id), LABEL[frame.name], LINES);
		return {
			driver,
			lines,
			labelWidth: Math.max(...lines.map(textWidth)),
			labelHeight: lines.length * LINE,
			x: x(driver.contrast),
			y: y(driver.reach),
			r: Math.max(LEAST, r(Math.abs(driver.impact))),
		};
	});
	const [zero, usual] = [at(x(0)), at(y(often))];
	const places = placeLabels(bubbles, {
		...inside,
		taken: corners,
		lines: [
			{ x: zero, y: (y0 + y1) / 2, width: 2, height: y0 - y1 },
			{ x: (x0 + x1) / 2, y: usual, width: x1 - x0, height: 2 },
		],
	});
	return (
		<Plot name={name} frame={frame}>
			<LeftAxis frame={frame} ticks={y.ticks(4).map((tick) => ({ position: y(tick), label: reader.percent(tick) }))} />
			<BottomAxis frame={frame} ticks={x.ticks(5).map((tick) => ({ position: x(tick), label: write.change(tick) }))} />
			<text x={x0} y={12} dx={-36}>
				{words.reachAxis}
			</text>
			<text x={x1} y={y0 + 38} text-anchor="end">
				{words.contrastAxis(figures.metric)}
			</text>
			<line class="divide" x1={zero} x2={zero} y1={y0} y2={y1} />
			<line class="divide" x1={x0} x2={x1} y1={usual} y2={usual} />
			{corners.map((corner) => (
				<text class="corner" {...anchored(corner, corner.left)} y={at(corner.y)} dy="0.35em">
					{corner.name}
				</text>
			))}
			{bubbles.map(({ driver, x, y, r }) => (
				<circle class={`bubble ${driver.quadrant ?? "untold"}`} cx={at(x)} cy={at(y)} r={at(r)} />
			))}
			{bubbles.map((bubble, i) => {
				const place = places[i];
				return place ? (
					<Label lines={bubble.lines} bubble={bubble} place={place} quiet={bubble.driver.quadrant === null} />
				) : null;
			})}
		</Plot>
	);
}

interface LabelProps {
	readonly lines: readonly string[];
	readonly bubble: { readonly x: number; readonly y: number; readonly r: number };
	readonly place: Box;
	readonly quiet: boolean;
}

function Label({ lines, bubble, place, quiet }: LabelProps) {
	const end = {
		x: Math.max(place.x - place.width / 2, Math.min(place.x + place.width / 2, bubble.x)),
		y: Math.max(place.y - place.height / 2, Math.min(place.y + place.height / 2, bubble.y)),
	};
	const beside = Math.abs(place.x - bubble.x) < place.width / 2 ? null : place.x > bubble.x;
	const far = distanceTo(bubble, place) > NEAR;
	const share = bubble.r / Math.hypot(end.x - bubble.x, end.y - bubble.y);
	return (
		<>
			{far ? (
				<line
					class="leader"
					x1={at(bubble.x + (end.x - bubble.x) * share)}
					y1={at(bubble.y + (end.y - bubble.y) * share)}
					x2={at(end.x)}
					y2={at(end.y)}
				/>
			) : null}
			{lines.map((line, i) => (
				<text
					class={quiet ? "label" : "label name"}
					{...anchored(place, beside)}
					y={at(place.y + (i - (lines.length - 1) / 2) * LINE)}
					dy="0.35em"
				>
					{isolated(line)}
				</text>
			))}
		</>
	);
}

/** Where the text in a box begins or ends: at the edge that counts, as the box is as wide as the text can be; null: in the middle. */
function anchored({ x, width }: Box, atLeft: boolean | null) {
	if (atLeft === null) return { x: at(x), "text-anchor": "middle" } as const;
	return atLeft
		? ({ x: at(x - width / 2), "text-anchor": "start" } as const)
		: ({ x: at(x + width / 2), "text-anchor": "end" } as const);
}

/** No side is narrower than this share of the other, so that each corner has room for its name. */
const NARROWEST = 0.4;

function scalesOf({ metric, drivers }: Drivers, weighed: readonly Weighed[], frame: Frame) {
	const { x0, x1, y0, y1 } = insideOf(frame);
	const { min, max } = boundsOf(metric);
	const contrasts = weighed.map(({ contrast }) => contrast);
	const far = Math.max((max - min) / 20, ...contrasts.map(Math.abs));
	const side = (farthest: number) => Math.max(farthest, far * NARROWEST) * 1.2;
	const highest = Math.max(0.1, usualReach(drivers), ...weighed.map(({ reach }) => reach));
	return {
		x: scaleLinear([-side(-Math.min(0, ...contrasts)), side(Math.max(0, ...contrasts))], [x0, x1]),
		y: scaleLinear([0, highest * 1.2], [y0, y1]),
		r: scaleSqrt([0, Math.max(Number.MIN_VALUE, ...weighed.map(({ impact }) => Math.abs(impact)))], [0, LARGEST[frame.name]]),
	};
}

/** The names of the corners, each in its own. */
function cornersOf(frame: Frame): (Box & { readonly name: string; readonly left: boolean })[] {
	const { x0, x1, y0, y1 } = insideOf(frame);
	const { fix_first, protect, watch, keep } = words.quadrants;
	const corner = (name: string, left: boolean, upper: boolean) => {
		const width = textWidth(name) + 4;
		return { name, left, width, height: 18, x: left ? x0 + 4 + width / 2 : x1 - 4 - width / 2, y: upper ? y1 + 11 : y0 - 11 };
	};
	return [corner(fix_first, true, true), corner(protect, false, true), corner(watch, true, false), corner(keep, false, false)];
}
