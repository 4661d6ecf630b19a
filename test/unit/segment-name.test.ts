import { expect, test } from "vitest";
import { LOCALE_CODES } from "../../shared/locales/index.ts";
import { CHANNELS, DEVICES } from "../../shared/segments.ts";
import { DELAYS } from "../../shared/tally-pairs.ts";
import { keyName, segmentName, valueName } from "../../worker/dashboard/segment-name.ts";

test.each([
	["channel", CHANNELS],
	["device", DEVICES],
	["delay", DELAYS],
	["locale", LOCALE_CODES],
] as const)("every value of %s has a name, and no two the same", (key, values) => {
	const names = values.map((value) => valueName(key, value));
	expect(new Set(names).size).toBe(values.length);
	for (const [i, value] of values.entries()) expect(names[i]).not.toBe(value);
	expect(keyName(key)).not.toBe(key);
});

test("a segment is read with the names of both its parts", () => {
	expect(segmentName("device:phone")).toBe("Device: Phone");
	expect(segmentName("locale:pt-BR")).toBe("Language: Brazilian Portuguese");
	expect(segmentName("delay:3d")).toBe("Answered: Within three days");
});

test("an owner's own segment is called as declared, whatever its name", () => {
	expect(segmentName("plan:phone")).toBe("plan: phone");
	expect(segmentName("time:9:30")).toBe("time: 9:30");
	expect(segmentName("constructor:toString")).toBe("constructor: toString");
	expect([keyName("constructor"), valueName("constructor", "x"), valueName("device", "constructor")]).toEqual([
		"constructor",
		"x",
		"constructor",
	]);
});

test("what is no segment, or no value of ours, is shown as it is", () => {
	expect(segmentName("device")).toBe("device");
	expect(segmentName("locale:no tag at all")).toBe("Language: no tag at all");
	expect(segmentName("device:watch")).toBe("Device: watch");
});
