import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { erase, NAMELESS, rowsOf } from "../harness/erasures.ts";
import { begin, importText, post, refusedOf, sendLines } from "../harness/imports.ts";
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

const iso = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString();
const day = (daysAgo: number) => dayOf(Date.now() - daysAgo * DAY_MS, ZONE);
const patch = (site: TestSite, settings: object, path = "/v1/site") =>
	collector.owner(path, { method: "PATCH", body: JSON.stringify(settings) }, site);
const read = async (site: TestSite, path: string) => (await collector.owner(path, {}, site)).json();
const score = async (site: TestSite, window = "365d") => (await read(site, `/v1/scores?survey=nps&window=${window}`)).scores[0];
const ndjson = { source: "ndjson", survey: "nps" };

/** Response rates are of those who were asked here: imports have none. */
const withoutRates = (key: string, value: unknown) => (key === "response_rate" || key === "shown" ? undefined : value);

/** What the API says of a site that does not depend on how its answers came. */
async function figuresOf(site: TestSite) {
	const window = `window=${day(100)}..${day(0)}&versions=all`;
	const of = (path: string) => read(site, `${path}${path.includes("?") ? "&" : "?"}${window}&verified=all`);
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
	await patch(site, { segments: { plan: ["free", "gold"] } });
	const drivers = ["price", "delivery", "payment"].map((id) => ({ id }));
	for (const survey of ["nps", "csat", "ces"]) await patch(site, { drivers }, `/v1/surveys/${survey}`);
	await patch(site, { wording: { en: { question: "Would you come back?" } } }, "/v1/surveys/nps");
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
	const { responses } = await read(from, "/v1/responses?limit=1");
	await collector.owner(`/v1/responses/${responses[0].id}`, { method: "DELETE" }, from);
	const after = await score(from);
	expect(await importText(collector, file, {}, from)).toMatchObject({ stored: 0, counted: 0, duplicate: job.stored });
	expect(await score(from)).toEqual(after);
});

test("Delighted's API replies and a CSV of its columns come as they are, the survey's own scale alone", async () => {
	const site = await collector.makeSite();
	await patch(site, { segments: { country: ["USA", "Italy"] } });
	const reply = (id: string, changes: object) => ({
		id,
		person: "10",
		survey_type: "nps",
		score: 0,
		comment: null,
		permalink: `https://app.delighted.com/r/${id}`,
		created_at: Math.floor(Date.now() / 1000) - 5 * 86_400,
		updated_at: null,
		person_properties: { purchase_experience: "Retail Store", country: "USA" },
		notes: [],
		tags: [],
		additional_answers: [
			{
				id: "4",
				value: { select_many: [{ id: "a", text: "Convenience" }] },
				question: { id: "b", type: "select_many", text: "?" },
			},
		],
		...changes,
	});
	const lines = [
		reply("1", {}),
		reply("2", { score: 9, comment: "Love the concept!", person_properties: { country: "France" } }),
		reply("3", { survey_type: "csat", score: 5 }),
		reply("4", { score: 10, person_properties: null }),
	];
	const text = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
	const job = await importText(collector, text, { survey: "nps" }, site);
	expect(job).toMatchObject({
		source: "delighted",
		mapping: { answered_at: "created_at", metric: "survey_type", segments: { country: "person_properties.country" } },
		stored: 3,
		refused: 1,
		dropped: { "segments.country": 1 },
	});
	expect(await refusedOf(collector, job, site)).toEqual([
		{ line: 3, field: "metric", detail: "must be nps, as the survey asks" },
	]);
	expect(await score(site)).toMatchObject({ responses: 3, distribution: { 0: 1, 9: 1, 10: 1 } });
	const { responses } = await read(site, "/v1/responses");
	expect(responses[1]).toMatchObject({ claimed_customer: "10", customer: null, verified: false, day: day(5) });
	expect(responses.map(({ segments }: { segments: object }) => segments)).toContainEqual({ channel: "import", country: "other" });

	const csv =
		"Response ID,Score,Comment,Person Email,Survey Type,Created At\n2,9,Love,ann@example.com,NPS,2026-01-05 10:00:00 UTC\n77,6,,bob@example.com,nps,2026-01-06 10:00:00 UTC\n";
	const table = await importText(collector, csv, { survey: "nps", source: "delighted" }, site);
	expect(table).toMatchObject({ stored: 1, duplicate: 1, refused: 0 });
	expect(table.mapping).toMatchObject({ id: "Response ID", customer: "Person Email", answered_at: "Created At" });

	const ces = await importText(
		collector,
		`${JSON.stringify(reply("5", { survey_type: "ces", score: 4 }))}\n`,
		{ survey: "ces" },
		site,
	);
	expect((await refusedOf(collector, ces, site))[0]?.detail).toContain("five levels");
});

test("Formbricks' export comes as it is: its question with scores, the words, the customer", async () => {
	const site = await collector.makeSite();
	const head = [
		"No.",
		"Response ID",
		"Timestamp",
		"Finished",
		"Survey ID",
		"Formbricks ID (internal)",
		"User ID",
		"Notes",
		"Tags",
		"url",
	];
	const asked = [
		"userAgent - device",
		"1. How likely are you to recommend us?",
		"2. What did you like?",
		"2. What did you like? - Option ID",
		"3. Anything else?",
	];
	const row = (id: string, score: string, ...rest: string[]) =>
		[
			"1",
			id,
			"2026-01-15 10:30:00",
			score ? "Yes" : "No",
			"s1",
			"c1",
			"user-123",
			"",
			"",
			"https://shop.example/thanks/17?token=x",
			"desktop",
			score,
			...rest,
		]
			.map((cell) => `"${cell}"`)
			.join(",");
	const csv = [
		[...head, ...asked].map((cell) => `"${cell}"`).join(","),
		row("r1", "9", "Price; Range", "a1, a2", "Wonderful, I will come back."),
		row("r2", "", "", "", ""),
		row("r3", "3", "Price", "a1", "Too slow, I am sorry to say."),
	].join("\n");
	const job = await importText(collector, csv, { survey: "nps" }, site);
	expect(job).toMatchObject({
		source: "formbricks",
		mapping: {
			score: asked[1],
			comment: asked[4],
			answered_at: "Timestamp",
			id: "Response ID",
			customer: "User ID",
			page: "url",
			device: asked[0],
		},
		stored: 2,
		refused: 1,
	});
	expect(await refusedOf(collector, job, site)).toEqual([{ line: 3, field: "score", detail: "must be there" }]);
	const { responses } = await read(site, "/v1/responses");
	expect(responses[0]).toMatchObject({
		page: "https://shop.example/thanks/*",
		segments: { device: "desktop" },
		claimed_customer: "user-123",
		day: "2026-01-15",
	});
	expect(responses.map(({ comment }: { comment: string }) => comment).toSorted()).toEqual([
		"Too slow, I am sorry to say.",
		"Wonderful, I will come back.",
	]);
});

test("a part may come twice, cut otherwise, and from two senders at once: each line changes something once", async () => {
	const site = await collector.makeSite();
	const job = await begin(collector, { ...ndjson, fingerprint: "a-file" }, site);
	const lines = Array.from({ length: 900 }, (_, i) =>
		i === 7 ? "{" : i === 8 ? "" : { score: i % 11, shown_at: iso(i % 90), comment: `No. ${i}` },
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
	expect((await score(site)).responses).toBe(898);

	expect(await post(collector, "/v1/imports", { ...ndjson, fingerprint: "a-file" }, site)).toEqual([200, whole]);
	const [, finished] = await post(collector, `/v1/imports/${job.id}/finish`, {}, site);
	expect(finished.state).toBe("finished");
	expect((await sendLines(collector, job, 901, [{ score: 1, shown_at: iso(1) }], site))[0]).toBe(409);
	// The same file, known by its fingerprint, has nothing new; another has.
	const again = await begin(collector, { ...ndjson, fingerprint: "a-file" }, site);
	expect((await sendLines(collector, again, 1, lines, site))[1]).toMatchObject({ stored: 0, duplicate: 898 });
	const other = await begin(collector, { ...ndjson, fingerprint: "another" }, site);
	expect((await sendLines(collector, other, 1, lines.slice(0, 3), site))[1]).toMatchObject({ stored: 3 });
});

test("an import taken back leaves the numbers as they were, and may come again", async () => {
	const site = await collector.makeSite();
	await collector.send({ ...collector.ask({ score: 3, comment: "Ours." }), site: site.publicKey });
	const before = await score(site);
	const lines = Array.from({ length: 2_300 }, (_, i) => ({
		id: `x${i}`,
		score: i % 11,
		shown_at: iso(i % 50),
		drivers: ["price"],
	}));
	const job = await begin(collector, ndjson, site);
	await sendLines(collector, job, 1, lines, site);
	expect((await score(site)).responses).toBe(2_301);
	let state = "";
	let steps = 0;
	for (; state !== "undone"; steps++) {
		const [status, step] = await post(collector, `/v1/imports/${job.id}/undo`, {}, site);
		expect(status).toBe(200);
		({ state } = step);
		expect(step.undone).toBe(Math.min(2_300, (steps + 1) * 1_000));
	}
	expect(await score(site)).toEqual(before);
	const again = await begin(collector, ndjson, site);
	expect((await sendLines(collector, again, 1, lines, site))[1]).toMatchObject({ stored: 2_300, duplicate: 0 });
});

test("the page of an import says how far its taking back is, and what came of it", async () => {
	const site = await collector.makeSite();
	const job = await begin(collector, ndjson, site);
	const lines = Array.from({ length: 1_100 }, (_, i) => ({ id: `x${i}`, score: i % 11, shown_at: iso(i % 50) }));
	await sendLines(collector, job, 1, lines, site);
	await post(collector, `/v1/imports/${job.id}/undo`, {}, site);
	const owner = await logInTo(collector, site);
	const shown = async () => (await owner.get(`/app/import/${job.id}`)).text();
	expect(await shown()).toContain("1,000 of 1,100 answers are taken out so far.");
	expect((await owner.post(`/app/import/${job.id}/undo`)).status).toBe(303);
	expect(await shown()).toContain("This import is taken back: 1,100 of its answers were taken out of the scores.");
	expect(await shown()).not.toContain("Go on taking it back");
});

test("who was erased does not come back with a name; who came after is a new customer", async () => {
	const site = await collector.makeSite();
	await collector.send({ ...collector.ask({ customer: "ann", transaction: "A-1" }), site: site.publicKey });
	await erase(collector, "customer", "ann", site);
	await erase(collector, "transaction", "B-1", site);
	const lines = [
		{ score: 1, shown_at: iso(30), customer: "ann", comment: "Me.", page: "https://shop.example/a" },
		{ score: 2, shown_at: iso(20), customer: "bob", transaction: "B-1", comment: "Me too." },
		{ score: 3, shown_at: iso(10), customer: "carl", comment: "Not me." },
	];
	const job = await begin(collector, ndjson, site);
	expect((await sendLines(collector, job, 1, lines, site))[1]).toMatchObject({ stored: 3 });
	const rows = (await rowsOf(collector, site)).filter(({ score }) => score !== 9);
	expect(rows).toMatchObject([NAMELESS, NAMELESS, { customer: "carl", comment: "Not me." }]);
	expect((await score(site)).funnel.commented).toBe(3);
	expect((await erase(collector, "customer", "carl", site))[1]).toEqual({ erased: 1 });
});

test("what retention has passed is counted and not kept, once, however often it comes; what has lost its names stays nameless", async () => {
	const site = await collector.makeSite();
	await patch(site, { retention: { identities_months: 2, rows_months: 4 } });
	await collector.nightly(Date.now());
	const lines = [
		{ id: "1", score: 10, shown_at: iso(300), comment: "Long ago.", customer: "ann", drivers: ["price"] },
		{ id: "2", score: 9, shown_at: iso(90), comment: "A while ago.", customer: "ann" },
		{ id: "3", score: 0, shown_at: iso(5), comment: "Now.", customer: "ann" },
		{ id: "1", score: 10, shown_at: iso(300) },
	];
	const job = await begin(collector, ndjson, site);
	expect((await sendLines(collector, job, 1, lines, site))[1]).toMatchObject({ stored: 2, counted: 1, duplicate: 1, read: 4 });
	const was = await score(site);
	expect(was).toMatchObject({ responses: 3, distribution: { 0: 1, 9: 1, 10: 1 }, funnel: { commented: 3 } });
	expect(await rowsOf(collector, site)).toMatchObject([
		{ customer: null, comment: null, commented: 1, erased: false },
		{ customer: "ann", comment: "Now." },
	]);
	const reasons = "SELECT value, outcome, n FROM tally WHERE site = ?1 AND key = 'import:driver' ORDER BY value";
	expect((await collector.db.prepare(reasons).bind(site.id).all()).results).toEqual([
		{ value: "*", outcome: "10", n: 1 },
		{ value: "price", outcome: "10", n: 1 },
	]);

	const again = await begin(collector, ndjson, site);
	expect((await sendLines(collector, again, 1, lines, site))[1]).toMatchObject({ stored: 0, counted: 0, duplicate: 4 });
	// Months later the rows are gone: the counts stand, and the file still brings nothing twice.
	await collector.nightly(Date.now() + 60 * DAY_MS);
	const later = await begin(collector, ndjson, site);
	expect((await sendLines(collector, later, 1, lines, site))[1]).toMatchObject({ stored: 0, counted: 0, duplicate: 4 });
	expect(await score(site)).toMatchObject({ responses: 3, distribution: was.distribution });
});

test("imports open no case, are never verified, and count for no one's silence", async () => {
	const site = await collector.makeSite();
	await collector.owner("/v1/signing-secrets", { method: "POST", body: "{}" }, site);
	const lines = Array.from({ length: 40 }, (_, i) => ({
		score: 0,
		shown_at: iso(i % 20),
		verified: true,
		channel: "page",
		segments: { channel: "page" },
	}));
	const job = await begin(collector, ndjson, site);
	expect((await sendLines(collector, job, 1, lines, site))[1]).toMatchObject({ stored: 40, refused: 0 });
	await collector.nightly(Date.now() + 3_600_000);
	expect((await read(site, "/v1/cases?state=all")).cases).toEqual([]);
	expect(await score(site)).toMatchObject({ verified: "only", responses: 0 });
	expect((await read(site, "/v1/scores?survey=nps&window=30d&verified=all")).scores[0].responses).toBe(40);
	const silence = await read(site, "/v1/silence?survey=nps&window=30d&verified=all");
	expect(silence.silence[0].funnel.shown).toBe(0);
});

test("what an answer can do without is left out and counted; what it cannot is refused and named", async () => {
	const site = await collector.makeSite();
	await patch(site, { segments: { plan: ["gold"] } });
	const at = iso(3);
	const lines: [object, string | null][] = [
		[{ score: 7, shown_at: at, segments: { plan: "gold", colour: "red", channel: "page" } }, null],
		[{ score: "7.0", shown_at: at, segments: { plan: "lead" }, drivers: ["price", "nonsense"], customer: "x".repeat(65) }, null],
		[
			{
				score: 7,
				shown_at: at,
				comment: `é${"x".repeat(3_000)}`,
				page: "nowhere",
				delay: "soon",
				segments: { locale: "xx", device: "fridge" },
			},
			null,
		],
		[{ score: 7, shown_at: at, drivers: "Price", segments: { locale: "pt_BR", device: "mobile" } }, null],
		[{ shown_at: at }, "score must be there"],
		[{ score: 11, shown_at: at }, "score must be an integer from 0 to 10 for nps"],
		[{ score: "=9", shown_at: at }, "score must be an integer from 0 to 10 for nps"],
		[{ score: true, shown_at: at }, "score must be an integer from 0 to 10 for nps"],
		[{ score: 5 }, "answered_at must be there"],
		[{ score: 5, shown_at: "02/03/2026" }, "answered_at must be a date"],
		[{ score: 5, shown_at: iso(-2) }, "answered_at must not be in the future"],
		[{ score: 5, shown_at: "1999-01-01" }, "answered_at must be after 1999"],
		[[9, at], "line must be an object"],
	];
	const job = await begin(collector, ndjson, site);
	const [, done] = await sendLines(
		collector,
		job,
		1,
		lines.map(([line]) => line),
		site,
	);
	const refused = lines.flatMap(([, why], i) => (why ? [[i + 1, expect.stringContaining(why)]] : []));
	expect(done).toMatchObject({
		stored: 4,
		refused: refused.length,
		dropped: {
			"segments.colour": 1,
			"segments.plan": 1,
			drivers: 1,
			customer: 1,
			comment: 1,
			device: 1,
			page: 1,
			delay: 1,
			locale: 1,
		},
	});
	expect((await refusedOf(collector, job, site)).map(({ line, field, detail }) => [line, `${field} ${detail}`])).toEqual(refused);
	const csv = await collector.owner(`/v1/imports/${job.id}/refused.csv`, {}, site);
	expect([csv.headers.get("content-type"), (await csv.text()).split("\r\n")[1]]).toEqual([
		"text/csv; charset=utf-8",
		'5,"score","must be there"',
	]);
	const { responses } = await read(site, "/v1/responses");
	expect(responses.map(({ segments }: { segments: object }) => segments)).toEqual(
		expect.arrayContaining([
			{ channel: "import", plan: "gold" },
			{ channel: "import", plan: "other" },
			{ channel: "import", locale: "pt-BR", device: "phone" },
		]),
	);
	expect(responses.flatMap(({ drivers }: { drivers: string[] }) => drivers)).toEqual(["price", "price"]);
});

test("dates stay on their day, by the site's clock: with a zone, without one, and as people write them", async () => {
	const site = await collector.makeSite({ timezone: "Pacific/Auckland" });
	const dates = ["2026-01-31T23:30:00Z", "2026-01-31 23:30", "2026-01-31", "31/01/2026", "Jan 31, 2026 11:30 PM", "1769902200"];
	const csv = ["Rating,Answered At", ...dates.map((date) => `9,"${date}"`)].join("\r\n");
	const job = await importText(collector, csv, { survey: "nps", mapping: { dates: "dmy" } }, site);
	expect(job).toMatchObject({ stored: 6, mapping: { score: "Rating" } });
	const { responses } = await read(site, "/v1/responses");
	const days = responses.map((answer: { day: string }) => answer.day).toSorted();
	expect(days).toEqual(["2026-01-31", "2026-01-31", "2026-01-31", "2026-01-31", "2026-02-01", "2026-02-01"]);
});

test("a job that cannot begin says what is missing; a part that is too large or of another kind is refused, and changes nothing", async () => {
	const site = await collector.makeSite();
	const wrong = async (settings: object) => {
		const [status, { errors = [] }] = await post(collector, "/v1/imports", settings, site);
		return [status, ...errors.map(({ field }: { field: string }) => field)];
	};
	expect(await wrong({ source: "csv" })).toEqual([400, "columns"]);
	expect(await wrong({ source: "csv", columns: ["a", "b"], survey: "nps" })).toEqual([
		400,
		"mapping.score",
		"mapping.answered_at",
	]);
	expect(
		await wrong({ source: "csv", columns: ["score", "date"], survey: "nps", mapping: { score: "x", answered_at: "date" } }),
	).toEqual([400, "mapping.score"]);
	expect(await wrong({ source: "csv", columns: ["score", "date"] })).toEqual([400, "survey"]);
	expect(await wrong({ source: "csv", columns: ["score", "date"], survey: "nothing" })).toEqual([404, "survey"]);
	expect(await wrong({ source: "xml", survey: "nps" })).toEqual([400, "source"]);
	const job = await begin(collector, { source: "csv", survey: "nps", columns: ["score", "date"] }, site);
	const send = async (body: string, type = "text/csv", query = "line=2") => {
		const init = { method: "POST", headers: { "content-type": type }, body };
		return (await collector.owner(`/v1/imports/${job.id}/lines?${query}`, init, site)).status;
	};
	expect(await send("9,2026-01-01", "application/json")).toBe(415);
	expect(await send("9,2026-01-01", "text/csv", "")).toBe(400);
	expect(await send("9,2026-01-01\n".repeat(5_001))).toBe(413);
	expect(await send(`9,"${"x".repeat(4.5 * 1024 * 1024)}"`)).toBe(413);
	expect((await read(site, `/v1/imports/${job.id}`)).read).toBe(0);
	expect(
		await send("\uFEFFscore,date\r\n9,2026-01-01\r\n\r\n8,2026-01-02,,\r\n7,2026-01-02,more\r\n", "text/csv", "line=1"),
	).toBe(200);
	expect(await read(site, `/v1/imports/${job.id}`)).toMatchObject({ next_line: 6, stored: 2, blank: 1, refused: 1 });
	const key = (await post(collector, "/v1/keys", { name: "Reader", scopes: ["responses:read"], expires_at: null }, site))[1]
		.secret_key;
	expect((await collector.owner("/v1/imports", {}, { ...site, secretKey: key })).status).toBe(403);
});

test("a part costs few ways to the database: five thousand lines fit the free plan", async () => {
	const site = await collector.makeSite();
	const job = await begin(collector, ndjson, site);
	const lines = Array.from({ length: 5_000 }, (_, i) =>
		JSON.stringify({ id: `${i}`, score: i % 11, shown_at: iso(i % 80), comment: "x".repeat(600) }),
	);
	const init = { method: "POST", headers: { "content-type": "application/x-ndjson" }, body: lines.join("\n") };
	const response = await collector.owner(`/v1/imports/${job.id}/lines?line=1`, init, site);
	expect([response.status, (await response.json()).stored]).toEqual([200, 5_000]);
	expect(Number(response.headers.get("x-queries"))).toBeLessThanOrEqual(45);
	expect(Number(response.headers.get("x-trips"))).toBeLessThanOrEqual(8);
});
