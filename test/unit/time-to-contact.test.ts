import fc from "fast-check";
import { expect, test } from "vitest";
import { medianTimeToContact, type Wait } from "../../shared/time-to-contact.ts";

const contacted = (ms: number): Wait => ({ ms, contacted: true });
const waiting = (ms: number): Wait => ({ ms, contacted: false });

test.for([
	["nobody", [], null],
	["one contact", [contacted(7)], 7],
	["one that waits", [waiting(7)], null],
	["an even number, all contacted: the lower one in the middle", [4, 1, 3, 2].map(contacted), 2],
	["an odd number, all contacted: the one in the middle", [5, 1, 3].map(contacted), 3],
	["half contacted at once, half waiting long", [contacted(1), contacted(1), waiting(99), waiting(99)], 1],
	["fewer than half contacted", [contacted(1), waiting(99), waiting(99)], null],
	// Kaplan and Meier by hand: 1 − 1/5 = 0.8; after the two that end at 2 and 3: 0.8 · (1 − 1/2) = 0.4.
	["some that were watched for a while only", [contacted(1), waiting(2), waiting(3), contacted(4), waiting(5)], 4],
	["a contact at the very end of another's watching", [contacted(2), waiting(2)], 2],
] as const)("the median of %s", ([, waits, expected]) => {
	expect(medianTimeToContact(waits)).toBe(expected);
});

test("of contacts alone is the middle one, whatever the order", () => {
	fc.assert(
		fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 }), (times) => {
			const sorted = [...times].sort((a, b) => a - b);
			expect(medianTimeToContact(times.map(contacted))).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
		}),
	);
});

test("never falls when one that waits is added", () => {
	const wait = fc.record({ ms: fc.nat(1_000), contacted: fc.boolean() });
	fc.assert(
		fc.property(fc.array(wait, { maxLength: 40 }), fc.nat(1_000), (waits, ms) => {
			const before = medianTimeToContact(waits) ?? Number.POSITIVE_INFINITY;
			expect(medianTimeToContact([...waits, waiting(ms)]) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(before);
		}),
	);
});
