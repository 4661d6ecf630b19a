import { afterAll, beforeAll, expect, test } from "vitest";
import { dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

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

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: PLANS } }) });
	// The most that any number of answers can fill: every outcome of every day, for everybody and for every value of a segment.
	const fill = collector.db.prepare(
		`INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented)
		WITH RECURSIVE d(day, i) AS (SELECT ?6, 0 UNION ALL SELECT date(day, '-1 day'), i + 1 FROM d WHERE i < ?7)
		SELECT ?1, ?2, 1, ?3, value.value, d.day, outcome.value, 5, 1 FROM d, json_each(?4) AS value, json_each(?5) AS outcome`,
	);
	const today = dayOf(Date.now(), "Europe/Rome");
	for (const [survey, outcomes] of Object.entries(OUTCOMES)) {
		await fill.bind(collector.site.id, survey, "", '[""]', JSON.stringify(outcomes), today, DAYS - 1).run();
		await fill
			.bind(collector.site.id, survey, "plan", JSON.stringify([...PLANS, "other"]), JSON.stringify(outcomes), today, 179)
			.run();
		for (const [key, values] of Object.entries(BUILT_IN))
			await fill.bind(collector.site.id, survey, key, JSON.stringify(values), JSON.stringify(outcomes), today, 179).run();
		await fill.bind(collector.site.id, survey, "plan", '["gold"]', JSON.stringify(outcomes), today, DAYS - 1).run();
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

test("every other figure reads days × outcomes × values, and nothing twice", async () => {
	const few = 100;
	const day = (survey: string) => OUTCOMES[survey]?.length ?? 0;
	expect(await read("/v1/scores/series?survey=nps&window=30d")).toBeLessThanOrEqual((90 + 29) * day("nps") + few);
	expect(await read("/v1/segments?survey=nps&key=plan&window=90d")).toBeLessThanOrEqual(90 * day("nps") * (1 + 51 + 2) + 3 * few);
	expect(await read("/v1/segments?survey=csat&key=device&window=90d")).toBeLessThanOrEqual(
		90 * day("csat") * (1 + 3 + 2) + 3 * few,
	);
	expect(await read("/v1/drivers?survey=nps&window=90d")).toBeLessThanOrEqual(90 * day("nps") * 7 + few);
	const silent = 51 + 2 + 2 + 3 + 4 + 1; // plan, channel, locale, device, delay, any reason
	expect(await read("/v1/silence?survey=nps&window=90d")).toBeLessThanOrEqual(90 * day("nps") * (silent + 2) + 10 * few);
	expect(await read("/v1/alerts")).toBeLessThanOrEqual(few);
});

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
