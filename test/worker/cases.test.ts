import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CaseItem, CaseView } from "../../shared/case-contract.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { METRIC_NAMES, METRICS, valuesOf } from "../../shared/metrics.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const ZONE = "Europe/Rome";

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	site = await collector.makeSite();
	// Only cases are looked at here: no site's day has ended.
	await collector.db.prepare("UPDATE site SET evaluate_at = 9e15").run();
});

type Changes = Parameters<TestCollector["ask"]>[0];

/** Sends an answer, and gives the ask as it was sent. */
async function answer(changes: Changes = {}) {
	const ask = { ...collector.ask({ score: 3, ...changes }), site: site.publicKey };
	expect((await collector.send(ask)).status).toBe(201);
	return ask;
}
const call = (method: string, path: string, body?: object, of = site) =>
	collector.owner(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) }, of);
const said = async <Reply>(method: string, path: string, body?: object): Promise<Reply> =>
	(await call(method, path, body)).json() as Promise<Reply>;
const cases = async (query = "state=all"): Promise<CaseItem[]> =>
	(await said<{ cases: CaseItem[] }>("GET", `/v1/cases?${query}`)).cases;
/** The scheduled run, so many seconds from now. */
const run = (seconds = 91) => collector.nightly(Date.now() + seconds * 1000);
const newest = async (): Promise<string> =>
	(await said<{ responses: { id: string }[] }>("GET", "/v1/responses?limit=1")).responses[0]?.id ?? "";
const waiting = async () =>
	(await collector.db.prepare("SELECT * FROM case_due WHERE site = ?1").bind(site.id).all()).results.length;
/** Makes what was asked so much older. */
const age = (ms: number) =>
	collector.db.batch([
		collector.db
			.prepare("UPDATE ask SET shown_at = shown_at - ?2, updated_at = updated_at - ?2 WHERE site = ?1")
			.bind(site.id, ms),
		collector.db
			.prepare(
				"UPDATE case_file SET opened_at = opened_at - ?2, contacted_at = contacted_at - ?2, resolved_at = resolved_at - ?2 WHERE site = ?1",
			)
			.bind(site.id, ms),
	]);

describe("a low score", () => {
	test("opens a case 90 seconds after its last revision, once, and no sooner", async () => {
		const ask = await answer({ score: 2, comment: "Late." });
		await run(60);
		expect([await cases(), await waiting()]).toEqual([[], 1]);
		await run();
		await run();
		const [opened, ...others] = await cases();
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
		await collector.send({ ...ask, rev: 2, comment: "Late, and cold." });
		await run();
		expect((await cases()).map(({ response }) => response.comment)).toEqual(["Late, and cold."]);
	});

	test("is low by each metric's own bound, and by no other", async () => {
		for (const survey of METRIC_NAMES) for (const score of valuesOf(survey)) await answer({ survey, score });
		const low = METRIC_NAMES.flatMap((survey) =>
			valuesOf(survey)
				.filter((score) => score <= METRICS[survey].low)
				.map((score) => `${survey} ${score}`),
		);
		expect(await waiting()).toBe(low.length);
		await run();
		const opened = (await cases("state=all&limit=200")).map(({ response }) => `${response.metric} ${response.score}`);
		expect(opened.sort()).toEqual(low.sort());
	});

	test("that is raised in time opens none; afterwards the case stays and shows both", async () => {
		const early = await answer({ score: 3 });
		await collector.send({ ...early, rev: 2, score: 9 });
		await run();
		expect([await cases(), await waiting()]).toEqual([[], 0]);
		const late = await answer({ score: 3 });
		await run();
		await collector.send({ ...late, rev: 2, score: 8 });
		await run(300);
		expect(await cases()).toMatchObject([{ score_at_opening: 3, response: { score: 8 } }]);
	});

	test("that is edited while it waits is judged 90 seconds after that", async () => {
		const ask = await answer({ score: 1 });
		await collector.db.prepare("UPDATE ask SET updated_at = updated_at - 80000 WHERE site = ?1").bind(site.id).run();
		await collector.db.prepare("UPDATE case_due SET due_at = due_at - 80000 WHERE site = ?1").bind(site.id).run();
		await collector.send({ ...ask, rev: 2, score: 2 });
		await run(20);
		expect(await cases()).toEqual([]);
		await run();
		expect(await cases()).toMatchObject([{ score_at_opening: 2 }]);
		expect(await waiting()).toBe(0);
	});

	test("that a good answer becomes, or a dismissal, opens one too", async () => {
		const good = await answer({ score: 10 });
		expect(await waiting()).toBe(0);
		await collector.send({ ...good, rev: 2, score: 0 });
		const id = randomUUID();
		await collector.send({ ...collector.ask({ id, rev: 1, status: "dismissed" }), site: site.publicKey });
		await collector.send({ ...collector.ask({ id, rev: 2, score: 5 }), site: site.publicKey });
		await run();
		expect((await cases()).map(({ response }) => response.score).sort()).toEqual([0, 5]);
	});

	test("opens none where the survey says so, and answers given meanwhile stay without", async () => {
		await said("PATCH", "/v1/surveys/nps", { open_cases: false });
		expect(await said("GET", "/v1/surveys/nps")).toMatchObject({ open_cases: false });
		await answer({ score: 0 });
		await answer({ survey: "csat", score: 1 });
		await run();
		expect((await cases()).map(({ response }) => response.survey)).toEqual(["csat"]);
		await answer({ survey: "csat", score: 2 });
		await said("PATCH", "/v1/surveys/csat", { open_cases: false });
		await run();
		expect(await cases()).toHaveLength(1);
	});

	test("of long ago opens none, and so does one that is imported", async () => {
		await answer({ score: 0 });
		await age(15 * DAY_MS);
		await collector.db
			.prepare(
				`INSERT INTO ask (site, id, rev, survey, version, status, outcome, score, drivers, commented, segments, pairs, day, shown_at, updated_at)
				VALUES (?1, ?2, 1, 'nps', 1, 'answered', '0', 0, '[]', 0, '{"channel":"import"}', '[["",""]]', '2026-01-01', ?3, ?3)`,
			)
			.bind(site.id, "0".repeat(32), Date.now())
			.run();
		expect(await waiting()).toBe(1);
		await run();
		expect([await cases(), await waiting()]).toEqual([[], 0]);
	});

	test("whose customer is erased in time, or which is deleted, opens none", async () => {
		await answer({ score: 0, customer: "ann" });
		await call("DELETE", "/v1/customers/ann");
		await answer({ score: 1 });
		await call("DELETE", `/v1/responses/${await newest()}`);
		await run();
		expect([await cases(), await waiting()]).toEqual([[], 0]);
	});

	test("of five hundred others does not wait for ever: each run judges so many", async () => {
		await collector.db
			.prepare(
				`INSERT INTO ask (site, id, rev, survey, version, status, outcome, score, drivers, commented, segments, pairs, day, shown_at, updated_at)
				WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 599)
				SELECT ?1, printf('%032x', n), 1, 'nps', 1, 'answered', '0', 0, '[]', 0, '{}', '[["",""]]', '2026-01-01', ?2 + n, ?2 + n FROM i`,
			)
			.bind(site.id, Date.now() - HOUR_MS)
			.run();
		await run();
		expect(await waiting()).toBe(100);
		await Promise.all([run(), run()]);
		expect(await waiting()).toBe(0);
		expect(await said("GET", "/v1/cases/summary")).toMatchObject({ unresolved: 600, opened: 600, complete: true });
	});
});

describe("a case", () => {
	const open = async (changes: Changes = {}): Promise<CaseView> => {
		await answer({ score: 9, ...changes });
		return said("POST", "/v1/cases", { response: await newest() });
	};

	test("is opened by hand for any answer, once", async () => {
		await answer({ score: 10 });
		const response = await newest();
		const first = await call("POST", "/v1/cases", { response });
		const opened: CaseView = await first.json();
		expect([first.status, opened]).toMatchObject([
			201,
			{ id: response, opened_by: "First key", steps: [{ step: "opened", by: "First key" }], notes: [] },
		]);
		const again = await call("POST", "/v1/cases", { response });
		expect([again.status, await again.json()]).toEqual([200, opened]);
		for (const [body, status, field] of [
			[{ response: "0".repeat(32) }, 404, "response"],
			[{}, 400, "response"],
			[{ response, colour: "red" }, 400, "colour"],
		] as const) {
			const refused = await call("POST", "/v1/cases", body);
			expect([refused.status, (await refused.json()).field]).toEqual([status, field]);
		}
	});

	test("goes from open to contacted to resolved, and may be opened again; every step is kept", async () => {
		const { id } = await open();
		const step = (state: string) => said<CaseView>("PATCH", `/v1/cases/${id}`, { state });
		const contacted = await step("contacted");
		expect(contacted).toMatchObject({ state: "contacted", contacted_at: expect.any(String), resolved_at: null });
		expect(await step("contacted")).toEqual(contacted);
		expect(await step("resolved")).toMatchObject({ resolved_at: expect.any(String), contacted_at: contacted.contacted_at });
		expect(await step("open")).toMatchObject({ state: "open", resolved_at: null, contacted_at: contacted.contacted_at });
		const again = await step("contacted");
		expect(again.contacted_at).toBe(contacted.contacted_at);
		expect(again.steps.map(({ step }) => step)).toEqual(["opened", "contacted", "resolved", "reopened", "contacted"]);
		expect(await said("GET", `/v1/cases/${id}`)).toEqual(again);
	});

	test("is not contacted any more where that is taken back", async () => {
		const { id } = await open();
		await said("PATCH", `/v1/cases/${id}`, { state: "contacted" });
		expect(await said("PATCH", `/v1/cases/${id}`, { state: "open" })).toMatchObject({ state: "open", contacted_at: null });
	});

	test("takes an assignee and a day, and gives them back; what is wrong is named and changes nothing", async () => {
		const { id } = await open();
		const yesterday = addDays(dayOf(Date.now(), ZONE), -1);
		expect(await said("PATCH", `/v1/cases/${id}`, { assignee: " Ann ", due_on: yesterday })).toMatchObject({
			assignee: "Ann",
			due_on: yesterday,
			overdue: true,
			steps: [{ step: "opened" }],
		});
		expect(await said("GET", "/v1/cases/summary")).toMatchObject({ unresolved: 1, overdue: 1, assignees: ["Ann"] });
		for (const [field, wrong] of [
			["assignee", ""],
			["assignee", "x".repeat(81)],
			["due_on", "2026-02-30"],
			["due_on", "soon"],
			["state", "closed"],
			["score", 3],
		] as const) {
			const refused = await call("PATCH", `/v1/cases/${id}`, { [field]: wrong });
			expect([field, refused.status, (await refused.json()).field]).toEqual([field, 400, field]);
		}
		expect(await said("PATCH", `/v1/cases/${id}`, { assignee: null, due_on: null })).toMatchObject({
			assignee: null,
			due_on: null,
			overdue: false,
		});
	});

	test("keeps notes in order, with who and when, and at most 200", async () => {
		const { id } = await open();
		for (const text of ["Called.", "Called again.\n<b>Nobody</b> there."])
			expect((await call("POST", `/v1/cases/${id}/notes`, { text })).status).toBe(201);
		const { notes } = await said<CaseView>("GET", `/v1/cases/${id}`);
		expect(notes).toMatchObject([
			{ text: "Called.", by: "First key", at: expect.any(String) },
			{ text: "Called again.\n<b>Nobody</b> there.", by: "First key" },
		]);
		for (const text of ["", "  ", "x".repeat(2_001)]) {
			const refused = await call("POST", `/v1/cases/${id}/notes`, { text });
			expect([refused.status, (await refused.json()).field]).toEqual([400, "text"]);
		}
		await collector.db
			.prepare(
				`INSERT INTO case_event (site, file, at, id, kind, by_whom, text)
				WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 197) SELECT ?1, ?2, 0, n, 'note', 'x', 'x' FROM i`,
			)
			.bind(site.id, id)
			.run();
		expect((await call("POST", `/v1/cases/${id}/notes`, { text: "One more." })).status).toBe(409);
	});

	test("loses its notes when its customer is erased, keeps its steps, and takes no note any more", async () => {
		const { id } = await open({ score: 1, customer: "ann@shop.example", transaction: "A-7", comment: "It is Ann." });
		await call("POST", `/v1/cases/${id}/notes`, { text: "Ann has moved to Bath." });
		await said("PATCH", `/v1/cases/${id}`, { state: "contacted", assignee: "Bob" });
		await call("DELETE", "/v1/customers/ann@shop.example");
		const erased = await said<CaseView>("GET", `/v1/cases/${id}`);
		expect(erased).toMatchObject({
			state: "contacted",
			assignee: "Bob",
			response: { score: 1, comment: null, claimed_customer: null, transaction: null, erased: true },
			notes: [],
		});
		expect(erased.steps).toHaveLength(2);
		const dump = JSON.stringify(
			(await collector.db.prepare("SELECT * FROM case_event WHERE site = ?1").bind(site.id).all()).results,
		);
		expect(dump).not.toContain("Bath");
		const refused = await call("POST", `/v1/cases/${id}/notes`, { text: "Ann again." });
		expect([refused.status, (await refused.json()).field]).toEqual([409, "text"]);
		expect(await said("PATCH", `/v1/cases/${id}`, { state: "resolved" })).toMatchObject({ state: "resolved" });
		await answer({ score: 1, customer: "zoe" });
		const response = await newest();
		await call("DELETE", "/v1/customers/zoe");
		expect((await call("POST", "/v1/cases", { response })).status).toBe(409);
	});

	test("loses its notes with what retention takes from its answer, and none with an edit", async () => {
		const ask = await answer({ score: 1, comment: "Slow.", transaction: "A-8" });
		const { id } = await said<CaseView>("POST", "/v1/cases", { response: await newest() });
		await call("POST", `/v1/cases/${id}/notes`, { text: "Lives in Bath." });
		await collector.send({ ...ask, rev: 2, comment: "" });
		expect((await said<CaseView>("GET", `/v1/cases/${id}`)).notes).toHaveLength(1);
		await collector.db.prepare('UPDATE ask SET comment = NULL, "transaction" = NULL WHERE site = ?1').bind(site.id).run();
		expect((await said<CaseView>("GET", `/v1/cases/${id}`)).notes).toEqual([]);
	});

	test("goes with its answer", async () => {
		const { id } = await open();
		await call("POST", `/v1/cases/${id}/notes`, { text: "Spam." });
		await call("DELETE", `/v1/responses/${id}`);
		expect((await call("GET", `/v1/cases/${id}`)).status).toBe(404);
		for (const table of ["case_file", "case_event"])
			expect((await collector.db.prepare(`SELECT * FROM ${table} WHERE site = ?1`).bind(site.id).all()).results).toEqual([]);
	});

	test("shows the same customer's next answer on the same scale, where both were signed", async () => {
		const shown = { customer: "zoe" };
		await answer({ ...shown, score: 3, transaction: "Z-1", age_ms: 3 * HOUR_MS });
		const { id } = await said<CaseView>("POST", "/v1/cases", { response: await newest() });
		await answer({ ...shown, survey: "csat", score: 5, transaction: "Z-2", age_ms: 2 * HOUR_MS });
		await answer({ ...shown, score: 8, transaction: "Z-3", age_ms: HOUR_MS });
		await answer({ ...shown, score: 10, transaction: "Z-4" });
		await answer({ score: 9, customer: "ann", transaction: "Z-5", age_ms: HOUR_MS });
		expect((await said<CaseView>("GET", `/v1/cases/${id}`)).next).toBeNull();
		await collector.db.prepare("UPDATE ask SET verified = 1 WHERE site = ?1").bind(site.id).run();
		expect((await said<CaseView>("GET", `/v1/cases/${id}`)).next).toMatchObject({ score: 8 });
		expect((await cases())[0]?.next).toMatchObject({ score: 8 });
	});
});

describe("the list", () => {
	test("is by age, in pages, by state and by assignee", async () => {
		const ids: string[] = [];
		for (let i = 0; i < 7; i++) {
			await answer({ score: i });
			const response = await newest();
			await said("POST", "/v1/cases", { response });
			ids.push(response);
			await age(HOUR_MS);
		}
		const paged = async (query: string) => {
			const seen: string[] = [];
			for (let next: string | null = ""; next !== null; ) {
				const reply: { cases: CaseItem[]; next: string | null } = await said(
					"GET",
					`/v1/cases?limit=2&${query}${next && `&cursor=${next}`}`,
				);
				seen.push(...reply.cases.map(({ id }) => id));
				next = reply.next;
			}
			return seen;
		};
		for (const [i, change] of [
			[0, { state: "resolved" }],
			[1, { state: "contacted", assignee: "Ann" }],
			[2, { assignee: "Ann" }],
			[3, { state: "resolved", assignee: "Ann" }],
			[4, { assignee: "Bob" }],
		] as const)
			await said("PATCH", `/v1/cases/${ids[i]}`, change);
		const named = (...which: number[]) => which.map((i) => ids[i]);
		expect(await paged("")).toEqual(named(1, 2, 4, 5, 6));
		expect(await paged("order=newest")).toEqual(named(6, 5, 4, 2, 1));
		expect(await paged("state=all")).toEqual(ids);
		expect(await paged("state=resolved")).toEqual(named(0, 3));
		expect(await paged("state=open")).toEqual(named(2, 4, 5, 6));
		expect(await paged("assignee=Ann")).toEqual(named(1, 2));
		expect(await paged("assignee=Ann&state=all&order=newest")).toEqual(named(3, 2, 1));
		expect(await paged("assignee=")).toEqual(named(5, 6));
		expect(await paged("assignee=Nobody")).toEqual([]);
	});

	test.for([
		["?state=closed", "state"],
		["?cursor=x", "cursor"],
		["?limit=0", "limit"],
		["/summary?window=soon", "window"],
		["?colour=red", "colour"],
	] as const)("refuses %s by name", async ([query, field]) => {
		const response = await call("GET", `/v1/cases${query}`);
		expect([response.status, (await response.json()).field]).toEqual([400, field]);
	});

	test("reads no more rows the more cases are closed", async () => {
		const read = async () => Number((await call("GET", "/v1/cases?limit=2")).headers.get("x-rows-read"));
		for (let i = 0; i < 3; i++) {
			await answer({ score: 0 });
			await said("POST", "/v1/cases", { response: await newest() });
		}
		const before = await read();
		for (let i = 0; i < 30; i++) {
			await answer({ score: 0 });
			const { id } = await said<CaseView>("POST", "/v1/cases", { response: await newest() });
			await said("PATCH", `/v1/cases/${id}`, { state: "resolved" });
			await age(1_000);
		}
		expect(await read()).toBe(before);
	});
});

describe("the summary", () => {
	test("counts what was opened in its window, and how long half of it waited", async () => {
		const opened: string[] = [];
		for (let i = 0; i < 4; i++) {
			await answer({ score: 0 });
			const { id } = await said<CaseView>("POST", "/v1/cases", { response: await newest() });
			opened.push(id);
		}
		const none = await said("GET", "/v1/cases/summary?window=2020-01-01..2020-01-31");
		expect(none).toMatchObject({
			unresolved: 4,
			opened: 0,
			share_resolved: null,
			time_to_contact_ms: null,
			window: { timezone: ZONE },
		});
		expect(await said("GET", "/v1/cases/summary")).toMatchObject({
			opened: 4,
			contacted: 0,
			resolved: 0,
			share_resolved: 0,
			time_to_contact_ms: null,
		});
		await age(5 * HOUR_MS);
		const contact = (id: string | undefined, hours: number) =>
			collector.db
				.prepare("UPDATE case_file SET contacted_at = opened_at + ?2 WHERE id = ?1")
				.bind(id, hours * HOUR_MS)
				.run();
		await contact(opened[0], 1);
		expect(await said("GET", "/v1/cases/summary")).toMatchObject({ contacted: 1, time_to_contact_ms: null });
		await contact(opened[1], 3);
		await said("PATCH", `/v1/cases/${opened[1]}`, { state: "resolved" });
		expect(await said("GET", "/v1/cases/summary")).toMatchObject({
			unresolved: 3,
			contacted: 2,
			resolved: 1,
			share_resolved: 25,
			time_to_contact_ms: 3 * HOUR_MS,
		});
	});
});

test("a key that may only read opens, changes and notes nothing", async () => {
	await answer({ score: 1 });
	const response = await newest();
	const { id } = await said<CaseView>("POST", "/v1/cases", { response });
	const made = await said<{ secret_key: string }>("POST", "/v1/keys", { name: "Reader", scopes: ["responses:read"] });
	const reader = { ...site, secretKey: made.secret_key };
	expect((await call("GET", `/v1/cases/${id}`, undefined, reader)).status).toBe(200);
	for (const [method, path, body] of [
		["POST", "/v1/cases", { response }],
		["PATCH", `/v1/cases/${id}`, { state: "resolved" }],
		["POST", `/v1/cases/${id}/notes`, { text: "x" }],
	] as const)
		expect([path, (await call(method, path, body, reader)).status]).toEqual([path, 403]);
});
