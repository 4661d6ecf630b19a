import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { dayOf } from "../../shared/day.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { begin, importText, isoDaysAgo, NDJSON, patch, read, refusedOf, scoreOf, sendLines } from "../harness/imports.ts";

const DAY_MS = 86_400_000;

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterEach(async () => expect(await collector.drift()).toEqual([]));
afterAll(() => collector.stop());

test("Delighted's API replies and a CSV of its columns come as they are, the survey's own scale alone", async () => {
	const site = await collector.makeSite();
	await patch(collector, { segments: { country: ["USA", "Italy"] } }, site);
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
	expect(await scoreOf(collector, site)).toMatchObject({ responses: 3, distribution: { 0: 1, 9: 1, 10: 1 } });
	const { responses } = await read(collector, "/v1/responses", site);
	expect(responses[1]).toMatchObject({
		claimed_customer: "10",
		customer: null,
		verified: false,
		day: dayOf(Date.now() - 5 * DAY_MS, "Europe/Rome"),
	});
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
	const { responses } = await read(collector, "/v1/responses", site);
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

test("dates stay on their day, by the site's clock: with a zone, without one, and as people write them", async () => {
	const site = await collector.makeSite({ timezone: "Pacific/Auckland" });
	const dates = ["2026-01-31T23:30:00Z", "2026-01-31 23:30", "2026-01-31", "31/01/2026", "Jan 31, 2026 11:30 PM", "1769902200"];
	const csv = ["Rating,Answered At", ...dates.map((date) => `9,"${date}"`)].join("\r\n");
	const job = await importText(collector, csv, { survey: "nps", mapping: { dates: "dmy" } }, site);
	expect(job).toMatchObject({ stored: 6, mapping: { score: "Rating" } });
	const { responses } = await read(collector, "/v1/responses", site);
	const days = responses.map((answer: { day: string }) => answer.day).toSorted();
	expect(days).toEqual(["2026-01-31", "2026-01-31", "2026-01-31", "2026-01-31", "2026-02-01", "2026-02-01"]);
});

test("what an answer can do without is left out and counted; what it cannot is refused and named", async () => {
	const site = await collector.makeSite();
	await patch(collector, { segments: { plan: ["gold"] } }, site);
	const at = isoDaysAgo(3);
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
		[{ score: 5, shown_at: isoDaysAgo(-2) }, "answered_at must not be in the future"],
		[{ score: 5, shown_at: "1999-01-01" }, "answered_at must be after 1999"],
		[[9, at], "line must be an object"],
	];
	const job = await begin(collector, NDJSON, site);
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
	const { responses } = await read(collector, "/v1/responses", site);
	expect(responses.map(({ segments }: { segments: object }) => segments)).toEqual(
		expect.arrayContaining([
			{ channel: "import", plan: "gold" },
			{ channel: "import", plan: "other" },
			{ channel: "import", locale: "pt-BR", device: "phone" },
		]),
	);
	expect(responses.flatMap(({ drivers }: { drivers: string[] }) => drivers)).toEqual(["price", "price"]);
});
