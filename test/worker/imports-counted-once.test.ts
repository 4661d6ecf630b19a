import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { erase, NAMELESS, rowsOf } from "../harness/erasures.ts";
import { begin, importText, isoDaysAgo, NDJSON, patch, post, read, scoreOf, sendLines } from "../harness/imports.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { logInTo } from "../harness/owner-session.ts";

const DAY_MS = 86_400_000;
const ZONE = "Europe/Rome";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterEach(async () => expect(await collector.drift()).toEqual([]));
afterAll(() => collector.stop());

const day = (daysAgo: number) => dayOf(Date.now() - daysAgo * DAY_MS, ZONE);

/** Response rates are of those who were asked here: imports have none. */
const withoutRates = (key: string, value: unknown) => (["response_rate", "shown", "emailed"].includes(key) ? undefined : value);

/** What the API says of a site that does not depend on how its answers came. */
async function figuresOf(site: TestSite) {
	const window = `window=${day(100)}..${day(0)}&versions=all`;
	const of = (path: string) => read(collector, `${path}${path.includes("?") ? "&" : "?"}${window}&verified=all`, site);
	const { scores } = await of("/v1/scores");
	const segments = await Promise.all(["plan", "locale", "device", "delay"].map((key) => of(`/v1/segments?key=${key}`)));
	const series = await Promise.all(["nps", "csat", "ces"].map((survey) => of(`/v1/scores/series?survey=${survey}`)));
	const answersOnly = ({ funnel, ...rest }: { funnel: { answered: number; commented: number } }) => [
		rest,
		funnel.answered,
		funnel.commented,
	];
	return {
		scores: scores.map(answersOnly),
		segments: JSON.parse(JSON.stringify(segments, withoutRates)),
		series,
		drivers: await of("/v1/drivers"),
	};
}

/** The settings that answers are kept by: segments, reasons, and a second version. */
async function setUp(site: TestSite) {
	await patch(collector, { segments: { plan: ["free", "gold"] } }, site);
	const drivers = ["price", "delivery", "payment"].map((id) => ({ id }));
	for (const survey of ["nps", "csat", "ces"]) await patch(collector, { drivers }, site, `/v1/surveys/${survey}`);
	await patch(collector, { wording: { en: { question: "Would you come back?" } } }, site, "/v1/surveys/nps");
}

test("a whole site, exported and imported into another, has the same figures: scores by day, reasons, segments, comments", async () => {
	const [from, to] = [await collector.makeSite(), await collector.makeSite()];
	for (const site of [from, to]) await setUp(site);
	const now = Date.now();
	await loadAsks(collector.db, { id: from.id, timezone: ZONE }, madeUpAsks(2_000, 60, 3, now));
	const second = { version: 2, site: from.publicKey, survey: "nps", comment: "Version two.", segments: { plan: "gold" } };
	for (const [i, customer] of ["ann", "bob", "bob"].entries())
		await collector.send({ ...collector.ask({ score: 2 * i, customer, transaction: `T-${i}`, drivers: ["price"] }), ...second });
	await erase(collector, "customer", "bob", from);
	const expected = await figuresOf(from);
	expect(expected.scores.flat().filter(Number).length).toBeGreaterThan(5);

	const file = await (await collector.owner("/v1/responses.ndjson", {}, from)).text();
	const job = await importText(collector, file, {}, to);
	expect(job).toMatchObject({ source: "ndjson", survey: null, refused: 0, duplicate: 0 });
	expect(job.dropped).toEqual({});
	expect(job.stored).toBe(file.trim().split("\n").length);
	expect(await figuresOf(to)).toEqual(expected);
	const named = (await rowsOf(collector, to)).filter(({ comment, erased }) => comment === "Version two." || erased);
	expect(named.toSorted((a, b) => Number(a.erased) - Number(b.erased))).toMatchObject([
		{ customer: "ann", transaction: "T-0", commented: 1 },
		NAMELESS,
		NAMELESS,
	]);

	// And as CSV, where a spreadsheet was kept from running what was said.
	const third = await collector.makeSite();
	await setUp(third);
	const csv = await (await collector.owner("/v1/responses.csv", {}, from)).text();
	const table = await importText(collector, csv, {}, third);
	expect([table.source, table.stored, table.refused, table.dropped]).toEqual(["csv", job.stored, 0, {}]);
	expect(await figuresOf(third)).toEqual(expected);

	// In the site that it comes from, everything is there already; what was deleted does not come back.
	const { responses } = await read(collector, "/v1/responses?limit=1", from);
	await collector.owner(`/v1/responses/${responses[0].id}`, { method: "DELETE" }, from);
	const after = await scoreOf(collector, from);
	expect(await importText(collector, file, {}, from)).toMatchObject({ stored: 0, counted: 0, duplicate: job.stored });
	expect(await scoreOf(collector, from)).toEqual(after);
});

test("a part may come twice, cut otherwise, and from two senders at once: each line changes something once", async () => {
	const site = await collector.makeSite();
	const job = await begin(collector, { ...NDJSON, fingerprint: "a-file" }, site);
	const lines = Array.from({ length: 900 }, (_, i) =>
		i === 7 ? "{" : i === 8 ? "" : { score: i % 11, shown_at: isoDaysAgo(i % 90), comment: `No. ${i}` },
	);
	expect((await sendLines(collector, job, 5, lines.slice(4, 9), site))[0]).toBe(409);
	const sent = await Promise.all([
		sendLines(collector, job, 1, lines.slice(0, 600), site),
		sendLines(collector, job, 1, lines.slice(0, 600), site),
		sendLines(collector, job, 1, lines.slice(0, 500), site),
	]);
	expect(sent.map(([status]) => status)).toEqual([200, 200, 200]);
	const [, whole] = await sendLines(collector, job, 300, lines.slice(299), site);
	expect(whole).toMatchObject({ next_line: 901, read: 900, stored: 898, refused: 1, blank: 1, duplicate: 0 });
	expect(await sendLines(collector, job, 1, lines, site)).toEqual([200, whole]);
	expect((await scoreOf(collector, site)).responses).toBe(898);

	expect(await post(collector, "/v1/imports", { ...NDJSON, fingerprint: "a-file" }, site)).toEqual([200, whole]);
	const [, finished] = await post(collector, `/v1/imports/${job.id}/finish`, {}, site);
	expect(finished.state).toBe("finished");
	expect((await sendLines(collector, job, 901, [{ score: 1, shown_at: isoDaysAgo(1) }], site))[0]).toBe(409);
	// The same file, known by its fingerprint, has nothing new; another has.
	const again = await begin(collector, { ...NDJSON, fingerprint: "a-file" }, site);
	expect((await sendLines(collector, again, 1, lines, site))[1]).toMatchObject({ stored: 0, duplicate: 898 });
	const other = await begin(collector, { ...NDJSON, fingerprint: "another" }, site);
	expect((await sendLines(collector, other, 1, lines.slice(0, 3), site))[1]).toMatchObject({ stored: 3 });
});

test("an import taken back leaves the numbers as they were, and may come again", async () => {
	const site = await collector.makeSite();
	await collector.send({ ...collector.ask({ score: 3, comment: "Ours." }), site: site.publicKey });
	const before = await scoreOf(collector, site);
	const lines = Array.from({ length: 2_300 }, (_, i) => ({
		id: `x${i}`,
		score: i % 11,
		shown_at: isoDaysAgo(i % 50),
		drivers: ["price"],
	}));
	const job = await begin(collector, NDJSON, site);
	await sendLines(collector, job, 1, lines, site);
	expect((await scoreOf(collector, site)).responses).toBe(2_301);
	let state = "";
	let steps = 0;
	for (; state !== "undone"; steps++) {
		const [status, step] = await post(collector, `/v1/imports/${job.id}/undo`, {}, site);
		expect(status).toBe(200);
		({ state } = step);
		expect(step.undone).toBe(Math.min(2_300, (steps + 1) * 1_000));
	}
	expect(await scoreOf(collector, site)).toEqual(before);
	const again = await begin(collector, NDJSON, site);
	expect((await sendLines(collector, again, 1, lines, site))[1]).toMatchObject({ stored: 2_300, duplicate: 0 });
});

test("the page of an import says how far its taking back is, and what came of it", async () => {
	const site = await collector.makeSite();
	const job = await begin(collector, NDJSON, site);
	const lines = Array.from({ length: 1_100 }, (_, i) => ({ id: `x${i}`, score: i % 11, shown_at: isoDaysAgo(i % 50) }));
	await sendLines(collector, job, 1, lines, site);
	await post(collector, `/v1/imports/${job.id}/undo`, {}, site);
	const owner = await logInTo(collector, site);
	const shown = async () => (await owner.get(`/app/import/${job.id}`)).text();
	expect(await shown()).toContain("1,000 of 1,100 answers are taken out so far.");
	expect((await owner.post(`/app/import/${job.id}/undo`)).status).toBe(303);
	expect(await shown()).toContain("This import is taken back: 1,100 of its answers were taken out of the scores.");
	expect(await shown()).not.toContain("Go on taking it back");
});
