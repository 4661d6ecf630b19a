import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addDays, dayOf } from "../../shared/day.ts";
import { METRIC_NAMES, METRICS, valuesOf } from "../../shared/metrics.ts";
import { type CaseDesk, openCases } from "../harness/case-desk.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const ZONE = "Europe/Rome";

let desk: CaseDesk;
beforeAll(async () => {
	desk = await openCases();
});
beforeEach(() => desk.begin());
afterAll(() => desk.stop());

/** The scheduled run, so many seconds from now. */
const run = (seconds = 91) => desk.collector.nightly(Date.now() + seconds * 1000);
const waiting = async () =>
	(await desk.collector.db.prepare("SELECT * FROM case_due WHERE site = ?1").bind(desk.site.id).all()).results.length;

describe("a low score", () => {
	test("opens a case 90 seconds after its last revision, once, and no sooner", async () => {
		const ask = await desk.answer({ score: 2, comment: "Late." });
		await run(60);
		expect([await desk.cases(), await waiting()]).toEqual([[], 1]);
		await run();
		await run();
		const [opened, ...others] = await desk.cases();
		expect(others).toEqual([]);
		expect(opened).toMatchObject({
			response: { score: 2, comment: "Late." },
			score_at_opening: 2,
			state: "open",
			opened_by: null,
			assignee: null,
			overdue: false,
			contacted_at: null,
			resolved_at: null,
			next: null,
		});
		expect(opened?.due_on).toBe(addDays(dayOf(Date.now() + 91_000, ZONE), 2));
		expect(await waiting()).toBe(0);
		await desk.collector.send({ ...ask, rev: 2, comment: "Late, and cold." });
		await run();
		expect((await desk.cases()).map(({ response }) => response.comment)).toEqual(["Late, and cold."]);
	});

	test("is low by each metric's own bound, and by no other", async () => {
		for (const survey of METRIC_NAMES) for (const score of valuesOf(survey)) await desk.answer({ survey, score });
		const low = METRIC_NAMES.flatMap((survey) =>
			valuesOf(survey)
				.filter((score) => score <= METRICS[survey].low)
				.map((score) => `${survey} ${score}`),
		);
		expect(await waiting()).toBe(low.length);
		await run();
		const opened = (await desk.cases("state=all&limit=200")).map(({ response }) => `${response.metric} ${response.score}`);
		expect(opened.sort()).toEqual(low.sort());
	});

	test("that is raised in time opens none; afterwards the case stays and shows both", async () => {
		const early = await desk.answer({ score: 3 });
		await desk.collector.send({ ...early, rev: 2, score: 9 });
		await run();
		expect([await desk.cases(), await waiting()]).toEqual([[], 0]);
		const late = await desk.answer({ score: 3 });
		await run();
		await desk.collector.send({ ...late, rev: 2, score: 8 });
		await run(300);
		expect(await desk.cases()).toMatchObject([{ score_at_opening: 3, response: { score: 8 } }]);
	});

	test("that is edited while it waits is judged 90 seconds after that", async () => {
		const ask = await desk.answer({ score: 1 });
		await desk.collector.db.prepare("UPDATE ask SET updated_at = updated_at - 80000 WHERE site = ?1").bind(desk.site.id).run();
		await desk.collector.db.prepare("UPDATE case_due SET due_at = due_at - 80000 WHERE site = ?1").bind(desk.site.id).run();
		await desk.collector.send({ ...ask, rev: 2, score: 2 });
		await run(20);
		expect(await desk.cases()).toEqual([]);
		await run();
		expect(await desk.cases()).toMatchObject([{ score_at_opening: 2 }]);
		expect(await waiting()).toBe(0);
	});

	test("that a good answer becomes, or a dismissal, opens one too", async () => {
		const good = await desk.answer({ score: 10 });
		expect(await waiting()).toBe(0);
		await desk.collector.send({ ...good, rev: 2, score: 0 });
		const id = randomUUID();
		await desk.collector.send({ ...desk.collector.ask({ id, rev: 1, status: "dismissed" }), site: desk.site.publicKey });
		await desk.collector.send({ ...desk.collector.ask({ id, rev: 2, score: 5 }), site: desk.site.publicKey });
		await run();
		expect((await desk.cases()).map(({ response }) => response.score).sort()).toEqual([0, 5]);
	});

	test("opens none where the survey says so, and answers given meanwhile stay without", async () => {
		await desk.said("PATCH", "/v1/surveys/nps", { open_cases: false });
		expect(await desk.said("GET", "/v1/surveys/nps")).toMatchObject({ open_cases: false });
		await desk.answer({ score: 0 });
		await desk.answer({ survey: "csat", score: 1 });
		await run();
		expect((await desk.cases()).map(({ response }) => response.survey)).toEqual(["csat"]);
		await desk.answer({ survey: "csat", score: 2 });
		await desk.said("PATCH", "/v1/surveys/csat", { open_cases: false });
		await run();
		expect(await desk.cases()).toHaveLength(1);
	});

	test("of long ago opens none, and so does one that is imported", async () => {
		await desk.answer({ score: 0 });
		await desk.age(15 * DAY_MS);
		await desk.collector.db
			.prepare(
				`INSERT INTO ask (site, id, rev, survey, version, status, outcome, score, drivers, commented, segments, pairs, day, shown_at, updated_at)
				VALUES (?1, ?2, 1, 'nps', 1, 'answered', '0', 0, '[]', 0, '{"channel":"import"}', '[["",""]]', '2026-01-01', ?3, ?3)`,
			)
			.bind(desk.site.id, "0".repeat(32), Date.now())
			.run();
		expect(await waiting()).toBe(1);
		await run();
		expect([await desk.cases(), await waiting()]).toEqual([[], 0]);
	});

	test("whose customer is erased in time, or which is deleted, opens none", async () => {
		await desk.answer({ score: 0, customer: "ann" });
		await desk.call("DELETE", "/v1/customers/ann");
		await desk.answer({ score: 1 });
		await desk.call("DELETE", `/v1/responses/${await desk.newest()}`);
		await run();
		expect([await desk.cases(), await waiting()]).toEqual([[], 0]);
	});

	test("among hundreds is judged in the run of its minute, and in two at once no differently", async () => {
		await desk.collector.db
			.prepare(
				`INSERT INTO ask (site, id, rev, survey, version, status, outcome, score, drivers, commented, segments, pairs, day, shown_at, updated_at)
				WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 599)
				SELECT ?1, printf('%032x', n), 1, 'nps', 1, 'answered', '0', 0, '[]', 0, '{}', '[["",""]]', '2026-01-01', ?2 + n, ?2 + n FROM i`,
			)
			.bind(desk.site.id, Date.now() - HOUR_MS)
			.run();
		await Promise.all([run(), run()]);
		expect(await waiting()).toBe(0);
		expect(await desk.said("GET", "/v1/cases/summary")).toMatchObject({ unresolved: 600, opened: 600, complete: true });
	});
});
