import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../shared/outcome.ts";
import { delayOf, pairsOf } from "../../shared/tally-pairs.ts";

const counted = {
	status: "answered",
	drivers: ["price", "delivery"],
	segments: { channel: "page", plan: "gold" },
	delay: "1h",
	verified: null,
} as const;

describe("an ask counts", () => {
	test("for everybody, for each segment, and as an answer for its delay and its reasons", () => {
		expect(pairsOf(counted)).toEqual([
			["", ""],
			["channel", "page"],
			["plan", "gold"],
			["delay", "1h"],
			["driver", "*"],
			["driver", "price"],
			["driver", "delivery"],
		]);
	});

	test("without reasons for no reason at all", () => {
		expect(pairsOf({ ...counted, drivers: [] }).some(([key]) => key === "driver")).toBe(false);
	});

	test("as shown for neither delay nor reasons", () => {
		expect(pairsOf({ ...counted, status: "shown" })).toEqual([
			["", ""],
			["channel", "page"],
			["plan", "gold"],
		]);
	});

	test("as verified or not only in a site that signs", () => {
		expect(pairsOf({ ...counted, verified: false })).toEqual([...pairsOf(counted), ["verified", "no"]]);
		expect(pairsOf({ ...counted, verified: true })).toContainEqual(["verified", "yes"]);
	});

	test("where it is verified under keys of its own, so that unsigned answers can be left out of every score", () => {
		const pairs = pairsOf({ ...counted, verified: true });
		expect(pairs).toContainEqual(["", ""]);
		expect(pairs).toContainEqual(["verified:channel", "page"]);
		expect(pairs).toContainEqual(["verified:driver", "*"]);
		expect(pairs.some(([key]) => key === "channel" || key === "driver")).toBe(false);
	});

	test("where it was imported under keys of its own, so that response rates can leave it out", () => {
		const pairs = pairsOf({ ...counted, segments: { channel: "import", plan: "gold" } });
		expect(pairs).toContainEqual(["import:channel", "import"]);
		expect(pairs).toContainEqual(["import:plan", "gold"]);
		expect(pairs).toContainEqual(["", ""]);
	});

	test("in exactly one outcome", () => {
		expect([outcomeOf("answered", 0), outcomeOf("dismissed", null), outcomeOf("shown", null)]).toEqual([
			"0",
			"dismissed",
			"ignored",
		]);
	});
});

test("a delay is named by its upper end", () => {
	const hour = 3_600_000;
	expect([0, hour, hour + 1, 24 * hour, 72 * hour, 72 * hour + 1].map(delayOf)).toEqual(["1h", "1h", "1d", "1d", "3d", "later"]);
});
