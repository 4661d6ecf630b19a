import fc from "fast-check";
import { expect, test } from "vitest";
import { placeLabels } from "../../worker/dashboard/drivers/place-labels.ts";
import { cutTo, textWidth } from "../../worker/dashboard/drivers/text-width.ts";

const ROOM = { x0: 44, x1: 328, y0: 314, y1: 24 };

const circle = fc.record({
	x: fc.integer({ min: ROOM.x0, max: ROOM.x1 }),
	y: fc.integer({ min: ROOM.y1, max: ROOM.y0 }),
	r: fc.integer({ min: 3, max: 22 }),
	labelWidth: fc.integer({ min: 20, max: 126 }),
});

test("as many reasons as a survey can have are all named on a phone: no two labels collide, and none leaves the plot", () => {
	fc.assert(
		fc.property(fc.array(circle, { maxLength: 10 }), (circles) => {
			const labels = placeLabels(circles, ROOM);
			expect(labels).toHaveLength(circles.length);
			for (const [i, a] of labels.entries()) {
				if (!a) throw new Error(`Circle ${i} has no label.`);
				expect(a.x - a.width / 2).toBeGreaterThanOrEqual(ROOM.x0);
				expect(a.x + a.width / 2).toBeLessThanOrEqual(ROOM.x1);
				expect(a.y - a.height / 2).toBeGreaterThanOrEqual(ROOM.y1);
				expect(a.y + a.height / 2).toBeLessThanOrEqual(ROOM.y0);
				for (const b of labels.slice(i + 1))
					if (b)
						expect(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2).toBe(true);
			}
		}),
	);
});

test("a label that has room beside its circle stands there, clear of it and of what is taken", () => {
	const [free] = placeLabels([{ x: 150, y: 150, r: 10, labelWidth: 60 }], ROOM);
	expect(free).toEqual({ x: 194, y: 150, width: 60, height: 16 });
	const [moved] = placeLabels([{ x: 150, y: 150, r: 10, labelWidth: 60 }], ROOM, [{ x: 194, y: 150, width: 60, height: 16 }]);
	expect(moved?.x).toBe(106);
});

test("a label is cut to its width, in any script, and never within a letter", () => {
	fc.assert(
		fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 30, max: 220 }), (text, width) => {
			const cut = cutTo(text, width);
			expect(textWidth(cut)).toBeLessThanOrEqual(width);
			expect(cut === text || cut.endsWith("…")).toBe(true);
			expect(cut.isWellFormed()).toBe(text.isWellFormed());
		}),
	);
});
