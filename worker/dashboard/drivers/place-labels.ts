/** A circle, in the units of the plot. */
export interface Circle {
	readonly x: number;
	readonly y: number;
	readonly r: number;
}

/** A rectangle by its middle. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A circle, how wide its label is, and how high. */
export interface Labelled extends Circle {
	readonly labelWidth: number;
	readonly labelHeight: number;
}

/** Where labels may stand, and what is there already. */
interface Room {
	readonly x0: number;
	readonly x1: number;
	/** The lower edge. */
	readonly y0: number;
	readonly y1: number;
	/** What no label may lie on. */
	readonly taken?: readonly Box[];
	/** Lines that a label lies on only where no place near its circle is clear of them. */
	readonly lines?: readonly Box[];
}

const GAP = 4;

/** A label farther from its circle than this needs a line to it. */
export const NEAR = 8;

/** How far from its circle a label is looked a place for, and in which steps. */
const FARTHEST = 200;
const STEP = 8;
const DIRECTIONS = 12;

/**
 * Where the label of each circle stands: as near to it as it can without lying on another label, on a circle or on what is taken,
 * within the room; beside a line rather than on it. The largest circles choose first. Null where a label has no place that is free
 * of other labels.
 */
export function placeLabels(circles: readonly Labelled[], room: Room): (Box | null)[] {
	const { taken = [], lines = [] } = room;
	const placed: Box[] = [...taken];
	const found: (Box | null)[] = circles.map(() => null);
	const order = circles.map((circle, index) => ({ circle, index })).sort((a, b) => b.circle.r - a.circle.r);
	for (const { circle, index } of order) {
		const places = [...placesAround(circle, room)].filter((box) => !placed.some((other) => overlap(box, other)));
		const free = places.filter((box) => !circles.some((other) => touches(box, other)));
		const clear = free.find((box) => distanceTo(circle, box) <= NEAR && !lines.some((line) => overlap(box, line)));
		const place = clear ?? free[0] ?? places[0];
		if (!place) continue;
		placed.push(place);
		found[index] = place;
	}
	return found;
}

/** How far a circle's edge is from its label's; 0 where they touch. */
export function distanceTo({ x, y, r }: Circle, box: Box): number {
	const dx = Math.max(0, Math.abs(x - box.x) - box.width / 2);
	const dy = Math.max(0, Math.abs(y - box.y) - box.height / 2);
	return Math.max(0, Math.hypot(dx, dy) - r);
}

/** Places for a label from near to far: at the sides first, then around. Those that reach out of the room are moved into it. */
function* placesAround({ x, y, r, labelWidth: width, labelHeight: height }: Labelled, { x0, x1, y0, y1 }: Room): Generator<Box> {
	const within = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
	for (let away = GAP; away <= FARTHEST; away += STEP)
		for (let i = 0; i < DIRECTIONS; i++) {
			const angle = (SIDES[i] ?? 0) * ((2 * Math.PI) / DIRECTIONS);
			yield {
				x: within(x + Math.cos(angle) * (r + away + width / 2), x0 + width / 2, x1 - width / 2),
				y: within(y + Math.sin(angle) * (r + away + height / 2), y1 + height / 2, y0 - height / 2),
				width,
				height,
			};
		}
}

/** The directions in twelfths of a turn: right, left, above, below, then between them. */
const SIDES = [0, 6, 9, 3, 11, 1, 7, 5, 10, 2, 8, 4];

function overlap(a: Box, b: Box): boolean {
	return Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
}

function touches(box: Box, circle: Circle): boolean {
	return distanceTo({ ...circle, r: 0 }, box) < circle.r;
}
