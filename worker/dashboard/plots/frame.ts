/** The room a plot has, in units of its viewBox: its size, and what is kept free around the marks. */
export interface Frame {
	/** Where it is shown. */
	readonly name: "phone" | "wide" | "either";
	readonly width: number;
	readonly height: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly left: number;
}

/** About as many units as a phone has pixels, so that text keeps its size there. */
export const PHONE: Frame = { name: "phone", width: 340, height: 230, top: 14, right: 62, bottom: 28, left: 38 };

/** For a card on a large screen. */
export const WIDE: Frame = { name: "wide", width: 800, height: 270, top: 14, right: 96, bottom: 28, left: 44 };

/** For a plot that is as large on every screen: the style keeps it as narrow as a column. */
export const COLUMN: Frame = { name: "either", width: 340, height: 190, top: 18, right: 8, bottom: 62, left: 8 };

/** Where the marks begin and end. */
export function insideOf({ width, height, top, right, bottom, left }: Frame) {
	return { x0: left, x1: width - right, y0: height - bottom, y1: top };
}

/** A position as it is written into the markup: a tenth of a unit is finer than any screen. */
export function at(position: number): number {
	return Math.round(position * 10) / 10;
}
