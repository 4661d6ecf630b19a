import fc from "fast-check";
import { expect, test } from "vitest";
import { placeLabels } from "../../worker/dashboard/drivers/place-labels.ts";
import { cutTo, linesOf, textWidth } from "../../worker/dashboard/drivers/text-width.ts";

const ROOM = { x0: 44, x1: 328, y0: 314, y1: 24 };

const circle = fc.record({
	x: fc.integer({ min: ROOM.x0, max: ROOM.x1 }),
	y: fc.integer({ min: ROOM.y1, max: ROOM.y0 }),
	r: fc.integer({ min: 3, max: 22 }),
	labelWidth: fc.integer({ min: 20, max: 126 }),
	labelHeight: fc.constantFrom(16, 32),
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
	const [free] = placeLabels([{ x: 150, y: 150, r: 10, labelWidth: 60, labelHeight: 16 }], ROOM);
	expect(free).toEqual({ x: 194, y: 150, width: 60, height: 16 });
	const [moved] = placeLabels([{ x: 150, y: 150, r: 10, labelWidth: 60, labelHeight: 16 }], {
		...ROOM,
		taken: [{ x: 194, y: 150, width: 60, height: 16 }],
	});
	expect(moved?.x).toBe(106);
});

test("a label lies on a line only where its circle has no place near it that is clear of lines", () => {
	const circle = { x: 150, y: 150, r: 10, labelWidth: 60, labelHeight: 16 };
	const across = { x: 186, y: 150, width: 284, height: 2 };
	expect(placeLabels([circle], { ...ROOM, lines: [across] })).toEqual([{ x: 150, y: 128, width: 60, height: 16 }]);
	const everywhere = { ...across, height: 300 };
	expect(placeLabels([circle], { ...ROOM, lines: [everywhere] })).toEqual([{ x: 194, y: 150, width: 60, height: 16 }]);
});

test("a label goes on in a second line before it is cut", () => {
	expect(linesOf("Product information", 126, 2)).toEqual(["Product", "information"]);
	expect(linesOf("Price", 126, 2)).toEqual(["Price"]);
	expect(linesOf("Something that is far too long for two lines", 126, 2)).toEqual(["Something that is", "far too long for t…"]);
	expect(linesOf("W".repeat(60), 126, 2)).toEqual([`${"W".repeat(8)}…`]);
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
