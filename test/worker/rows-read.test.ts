import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays, dayOf, daysIn } from "../../shared/day.ts";
import { LOCALE_CODES } from "../../shared/locales/index.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { night } from "../harness/night.ts";

const DAYS = 800;
const NPS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "dismissed", "ignored"];
const OUTCOMES: Record<string, string[]> = {
	nps: NPS,
	csat: [...NPS.slice(1, 6), ...NPS.slice(11)],
	ces: [...NPS.slice(1, 8), ...NPS.slice(11)],
};
const PLANS = Array.from({ length: 50 }, (_, i) => `plan-${i}`);

const BUILT_IN = {
	channel: ["page", "email"],
	locale: ["en", "ar"],
	device: ["phone", "tablet", "desktop"],
	delay: ["1h", "1d", "3d", "later"],
	driver: ["*", "quality", "price", "range", "delivery", "service", "website"],
};

/** Fills so many days up to today, every outcome of each, for some values of a key. */
const fill = async (survey: string, key: string, values: readonly string[], days: number) =>
	collector.db
		.prepare(
			`INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented)
			WITH RECURSIVE d(day, i) AS (SELECT ?6, 0 UNION ALL SELECT date(day, '-1 day'), i + 1 FROM d WHERE i < ?7)
			SELECT ?1, ?2, 1, ?3, value.value, d.day, outcome.value, 5, 1 FROM d, json_each(?4) AS value, json_each(?5) AS outcome`,
		)
		.bind(
			collector.site.id,
			survey,
			key,
			JSON.stringify(values),
			JSON.stringify(OUTCOMES[survey]),
			dayOf(Date.now(), "Europe/Rome"),
			days - 1,
		)
		.run();

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: PLANS } }) });
	// The most that any number of answers can fill: every outcome of every day, for everybody and for every value of a segment.
	for (const survey of Object.keys(OUTCOMES)) {
		await fill(survey, "", [""], DAYS);
		await fill(survey, "plan", [...PLANS, "other"], 180);
		for (const [key, values] of Object.entries(BUILT_IN)) await fill(survey, key, values, 180);
		await fill(survey, "plan", ["gold"], DAYS);
	}
	await collector.owner("/v1/site", {
		method: "PATCH",
		body: JSON.stringify({ segments: { plan: [...PLANS.slice(1), "gold"] } }),
	});
}, 120_000);
afterAll(() => collector.stop());

async function read(path: string): Promise<number> {
	const response = await collector.owner(path);
	expect([path, response.status]).toEqual([path, 200]);
	return Number(response.headers.get("x-rows-read"));
}

test("a year with the year before reads at most 9,500 rows for one survey and 21,500 for three, also of one segment", async () => {
	expect(await read("/v1/scores?window=365d&survey=nps")).toBeLessThanOrEqual(9_500);
	expect(await read("/v1/scores?window=365d")).toBeLessThanOrEqual(21_500);
	expect(await read("/v1/scores?window=365d&survey=nps&segment=plan:gold")).toBeLessThanOrEqual(9_500);
	expect(await read("/v1/scores?window=365d&segment=plan:gold")).toBeLessThanOrEqual(21_500);
	expect(await read("/v1/scores?window=7d,30d,90d,365d&survey=nps")).toBeLessThanOrEqual(9_500);
});

test("what is packed costs a row for each dekad and value, and every figure stays what it was", async () => {
	// The same segment with signed and with imported answers, every day: each counts under a key of its own.
	for (const survey of Object.keys(OUTCOMES))
		for (const key of ["verified:plan", "import:plan"]) await fill(survey, key, ["gold"], DAYS);
	const today = dayOf(Date.now(), "Europe/Rome");
	const paths = [
		...["7d", "30d", "90d", "365d", "7d,365d", `${addDays(today, -95)}..${addDays(today, -34)}`].map(
			(window) => `/v1/scores?window=${window}`,
		),
		"/v1/scores?window=365d&segment=plan:gold",
		`/v1/scores/series?window=90d&from=${addDays(today, -200)}`,
		"/v1/segments?key=plan&window=90d",
		...["90d", `${addDays(today, -57)}..${addDays(today, -52)}`, `${addDays(today, -64)}..${addDays(today, -21)}`].flatMap(
			(window) => ["segments?key=delay&", "drivers?", "silence?"].map((path) => `/v1/${path}window=${window}`),
		),
	];
	const figures = () => Promise.all(paths.map(async (path) => (await collector.owner(path)).json()));
	const before = await figures();

	const days = await pack();
	expect(days).toBeLessThanOrEqual(21);
	expect(await figures()).toEqual(before);

	const dekads = (of: number) => Math.ceil(of / 10) + 1;
	const outcomes = (survey: string) => OUTCOMES[survey]?.length ?? 0;
	/** Rows of so many values over so many days, with the row behind each of the two ranges. */
	const rows = (survey: string, values: number, of: number) => values * (days * outcomes(survey) + dekads(of) + 2);
	const few = 20;
	for (const survey of ["nps", "csat", "ces"]) {
		expect(await read(`/v1/scores?window=365d&survey=${survey}`)).toBeLessThanOrEqual(rows(survey, 1, 730) + few);
		expect(await read(`/v1/scores?window=365d&survey=${survey}&segment=plan:gold`)).toBeLessThanOrEqual(
			rows(survey, 3, 730) + few,
		);
		expect(await read(`/v1/scores/series?survey=${survey}&window=30d`)).toBeLessThanOrEqual(rows(survey, 1, 90 + 29) + few);
		// A value is sought under three keys (unsigned, signed, imported), and under each among the packed and the others; one is under all three.
		const each = (values: number, absent = 0) => rows(survey, values, 90) + 3 * 5 * (values + absent) + 3 * few;
		expect(await read(`/v1/segments?survey=${survey}&key=plan&window=90d`)).toBeLessThanOrEqual(each(1 + 51 + 2 + 2));
		expect(await read(`/v1/segments?survey=${survey}&key=device&window=90d`)).toBeLessThanOrEqual(each(1 + 3 + 2));
		expect(await read(`/v1/drivers?survey=${survey}&window=90d`)).toBeLessThanOrEqual(each(7));
		const silent = 51 + 2 + 2 + 3 + 4 + 1; // plan, channel, locale, device, delay, any reason
		expect(await read(`/v1/silence?survey=${survey}&window=90d`)).toBeLessThanOrEqual(each(silent + 2 + 2, LOCALE_CODES.length));
	}
	expect(await read("/v1/alerts")).toBeLessThanOrEqual(few);
});

/** Lets the scheduled runs pack all they may, and leave what these tests have written as it is. @returns how many days are not packed */
async function pack(): Promise<number> {
	const today = dayOf(Date.now(), "Europe/Rome");
	const { id } = collector.site;
	await collector.db
		.prepare("UPDATE site SET raw_from = ?2, recount_at = 0, evaluate_at = 9e15, retain_at = 9e15 WHERE id = ?1")
		.bind(id, addDays(today, 1))
		.run();
	await night(collector, Date.now());
	const until = await collector.db.prepare("SELECT day FROM packed_until WHERE site = ?1").bind(id).first<{ day: string }>();
	return daysIn(until?.day ?? "", today);
}

test("a site that is not known here costs three rows to find it and one for each of its surveys and versions; one that is costs none", async () => {
	const sites = [await collector.makeSite(), await collector.makeSite(), await collector.makeSite()];
	for (const site of sites) {
		const tag = async () => Number((await collector.fetch(`/w/${site.publicKey}.js`)).headers.get("x-rows-read"));
		expect(await tag()).toBeLessThanOrEqual(3 + (3 + 1) + (3 + 1)); // A range ends at the row after it, which is read too.
		expect(await tag()).toBe(0);
	}
	const [site] = sites;
	const owner = async () => Number((await collector.owner("/v1/site", {}, site)).headers.get("x-rows-read"));
	expect([await owner(), await owner()]).toEqual([3, 2]); // The key, where its site lives, the site; a site stays where it lives.
});
