import { expect, test } from "vitest";
import type { DecidingSurvey } from "../../shared/widget-settings.ts";
import { isTooRecent } from "../../widget/due.ts";
import { gateOf } from "../../widget/gates.ts";
import type { KeptAsk } from "../../widget/memory.ts";
import { daysAfterAny } from "../../worker/days-after-any.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** An ask that was shown so many days ago; half a minute is left for the test to take. */
const shown = (daysAgo: number, changes: Partial<KeptAsk> = {}): KeptAsk => ({
	id: "a",
	key: 1,
	survey: "nps",
	version: 1,
	status: "answered",
	rev: 1,
	shownAt: Date.now() - daysAgo * DAY_MS + 30_000,
	origin: 0,
	tick: 0,
	...changes,
});

/** Why csat is asked or not, by its settings and one ask that the browser remembers. */
function gate(settings: Omit<DecidingSurvey, "version">, ask: KeptAsk): string {
	const site = { site: "", origin: "", origins: [], survey: "csat", surveys: { csat: { version: 1, ...settings } } };
	const due = gateOf(site, { transaction: "1001" }, 0, () => ({ asks: [ask] }));
	return typeof due === "string" ? due : "due";
}

test.for([
	[undefined, 14],
	[1, 1],
	[60, 60],
	[365, 365],
] as const)("after any other survey, %s chosen, %i days pass, and twice as many after a dismissal", ([chosen, days]) => {
	const settings = { askAgainDays: 30, ...(chosen === undefined ? {} : { askAfterAnyDays: chosen }) };
	const around = (changes: Partial<KeptAsk>, at: number) => [at, at + 1].map((ago) => gate(settings, shown(ago, changes)));
	expect(around({}, days)).toEqual(["recent", "due"]);
	expect(around({ status: "shown" }, days)).toEqual(["recent", "due"]);
	expect(around({ status: "dismissed" }, 2 * days)).toEqual(["recent", "due"]);
	expect(around({ survey: "csat" }, 30)).toEqual(["recent", "due"]);
});

test("either clock is off at 0 days, whatever the other says", () => {
	for (const status of ["shown", "answered", "dismissed"] as const) {
		expect(gate({ askAgainDays: 30, askAfterAnyDays: 0 }, shown(0, { status }))).toBe("due");
		expect(gate({ askAgainDays: 30, askAfterAnyDays: 0 }, shown(1, { status, survey: "csat" }))).toBe("recent");
		expect(gate({ askAgainDays: 0, askAfterAnyDays: 60 }, shown(0, { status, survey: "csat" }))).toBe("due");
		expect(gate({ askAgainDays: 0, askAfterAnyDays: 60 }, shown(60, { status }))).toBe("recent");
	}
});

test("a clock that is off stays off where the device's has been set back since", () => {
	expect([isTooRecent(shown(-0.5), 0, Date.now()), isTooRecent(shown(-0.5), 1, Date.now())]).toEqual([false, true]);
	expect(isTooRecent(shown(-2), 365, Date.now())).toBe(false);
});

test("where nothing is chosen a survey waits 14 days after any other, and one that is asked every time waits for none", () => {
	expect(daysAfterAny({ askAgainDays: 1, askAfterAnyDays: null })).toBe(14);
	expect(daysAfterAny({ askAgainDays: 0, askAfterAnyDays: null })).toBe(0);
	for (const askAgainDays of [0, 90])
		for (const chosen of [0, 14, 60]) expect(daysAfterAny({ askAgainDays, askAfterAnyDays: chosen })).toBe(chosen);
});
