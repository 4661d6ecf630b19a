import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import type { CaseView } from "../../shared/case-contract.ts";
import { addDays, dayOf } from "../../shared/day.ts";
import { type CaseDesk, openCases } from "../harness/case-desk.ts";

const HOUR_MS = 60 * 60 * 1000;
const ZONE = "Europe/Rome";

let desk: CaseDesk;
beforeAll(async () => {
	desk = await openCases();
});
beforeEach(() => desk.begin());
afterAll(() => desk.stop());

describe("a case", () => {
	const open = async (changes: Partial<Ask> = {}): Promise<CaseView> => {
		await desk.answer({ score: 9, ...changes });
		return desk.said("POST", "/v1/cases", { response: await desk.newest() });
	};

	test("is opened by hand for any answer, once", async () => {
		await desk.answer({ score: 10 });
		const response = await desk.newest();
		const first = await desk.call("POST", "/v1/cases", { response });
		const opened: CaseView = await first.json();
		expect([first.status, opened]).toMatchObject([
			201,
			{ id: response, opened_by: "First key", steps: [{ step: "opened", by: "First key" }], notes: [] },
		]);
		const again = await desk.call("POST", "/v1/cases", { response });
		expect([again.status, await again.json()]).toEqual([200, opened]);
		for (const [body, status, field] of [
			[{ response: "0".repeat(32) }, 404, "response"],
			[{}, 400, "response"],
			[{ response, colour: "red" }, 400, "colour"],
		] as const) {
			const refused = await desk.call("POST", "/v1/cases", body);
			expect([refused.status, (await refused.json()).field]).toEqual([status, field]);
		}
	});

	test("goes from open to contacted to resolved, and may be opened again; every step is kept", async () => {
		const { id } = await open();
		const step = (state: string) => desk.said<CaseView>("PATCH", `/v1/cases/${id}`, { state });
		const contacted = await step("contacted");
		expect(contacted).toMatchObject({ state: "contacted", contacted_at: expect.any(String), resolved_at: null });
		expect(await step("contacted")).toEqual(contacted);
		expect(await step("resolved")).toMatchObject({ resolved_at: expect.any(String), contacted_at: contacted.contacted_at });
		expect(await step("open")).toMatchObject({ state: "open", resolved_at: null, contacted_at: contacted.contacted_at });
		const again = await step("contacted");
		expect(again.contacted_at).toBe(contacted.contacted_at);
		expect(again.steps.map(({ step }) => step)).toEqual(["opened", "contacted", "resolved", "reopened", "contacted"]);
		expect(await desk.said("GET", `/v1/cases/${id}`)).toEqual(again);
	});

	test("is not contacted any more where that is taken back", async () => {
		const { id } = await open();
		await desk.said("PATCH", `/v1/cases/${id}`, { state: "contacted" });
		expect(await desk.said("PATCH", `/v1/cases/${id}`, { state: "open" })).toMatchObject({ state: "open", contacted_at: null });
	});

	test("takes an assignee and a day, and gives them back; what is wrong is named and changes nothing", async () => {
		const { id } = await open();
		const yesterday = addDays(dayOf(Date.now(), ZONE), -1);
		expect(await desk.said("PATCH", `/v1/cases/${id}`, { assignee: " Ann ", due_on: yesterday })).toMatchObject({
			assignee: "Ann",
			due_on: yesterday,
			overdue: true,
			steps: [{ step: "opened" }],
		});
		expect(await desk.said("GET", "/v1/cases/summary")).toMatchObject({ unresolved: 1, overdue: 1, assignees: ["Ann"] });
		for (const [field, wrong] of [
			["assignee", ""],
			["assignee", "x".repeat(81)],
			["due_on", "2026-02-30"],
			["due_on", "soon"],
			["state", "closed"],
			["score", 3],
		] as const) {
			const refused = await desk.call("PATCH", `/v1/cases/${id}`, { [field]: wrong });
			expect([field, refused.status, (await refused.json()).field]).toEqual([field, 400, field]);
		}
		expect(await desk.said("PATCH", `/v1/cases/${id}`, { assignee: null, due_on: null })).toMatchObject({
			assignee: null,
			due_on: null,
			overdue: false,
		});
	});

	test("keeps notes in order, with who and when, and at most 200", async () => {
		const { id } = await open();
		for (const text of ["Called.", "Called again.\n<b>Nobody</b> there."])
			expect((await desk.call("POST", `/v1/cases/${id}/notes`, { text })).status).toBe(201);
		const { notes } = await desk.said<CaseView>("GET", `/v1/cases/${id}`);
		expect(notes).toMatchObject([
			{ text: "Called.", by: "First key", at: expect.any(String) },
			{ text: "Called again.\n<b>Nobody</b> there.", by: "First key" },
		]);
		for (const text of ["", "  ", "x".repeat(2_001)]) {
			const refused = await desk.call("POST", `/v1/cases/${id}/notes`, { text });
			expect([refused.status, (await refused.json()).field]).toEqual([400, "text"]);
		}
		await desk.collector.db
			.prepare(
				`INSERT INTO case_event (site, file, at, id, kind, by_whom, text)
				WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 197) SELECT ?1, ?2, 0, n, 'note', 'x', 'x' FROM i`,
			)
			.bind(desk.site.id, id)
			.run();
		expect((await desk.call("POST", `/v1/cases/${id}/notes`, { text: "One more." })).status).toBe(409);
	});

	test("loses its notes when its customer is erased, keeps its steps, and takes no note any more", async () => {
		const { id } = await open({ score: 1, customer: "ann@shop.example", transaction: "A-7", comment: "It is Ann." });
		await desk.call("POST", `/v1/cases/${id}/notes`, { text: "Ann has moved to Bath." });
		await desk.said("PATCH", `/v1/cases/${id}`, { state: "contacted", assignee: "Bob" });
		await desk.call("DELETE", "/v1/customers/ann@shop.example");
		const erased = await desk.said<CaseView>("GET", `/v1/cases/${id}`);
		expect(erased).toMatchObject({
			state: "contacted",
			assignee: "Bob",
			response: { score: 1, comment: null, claimed_customer: null, transaction: null, erased: true },
			notes: [],
		});
		expect(erased.steps).toHaveLength(2);
		const dump = JSON.stringify(
			(await desk.collector.db.prepare("SELECT * FROM case_event WHERE site = ?1").bind(desk.site.id).all()).results,
		);
		expect(dump).not.toContain("Bath");
		const refused = await desk.call("POST", `/v1/cases/${id}/notes`, { text: "Ann again." });
		expect([refused.status, (await refused.json()).field]).toEqual([409, "text"]);
		expect(await desk.said("PATCH", `/v1/cases/${id}`, { state: "resolved" })).toMatchObject({ state: "resolved" });
		await desk.answer({ score: 1, customer: "zoe" });
		const response = await desk.newest();
		await desk.call("DELETE", "/v1/customers/zoe");
		expect((await desk.call("POST", "/v1/cases", { response })).status).toBe(409);
	});

	test("loses its notes when a later revision says that it is of a customer who was erased", async () => {
		const ask = await desk.answer({ score: 1, age_ms: 60_000 });
		const { id } = await desk.said<CaseView>("POST", "/v1/cases", { response: await desk.newest() });
		await desk.call("POST", `/v1/cases/${id}/notes`, { text: "It was Ann." });
		await desk.call("DELETE", "/v1/customers/ann@shop.example");
		await desk.collector.send({ ...ask, rev: 2, customer: "ann@shop.example" });
		expect(await desk.said<CaseView>("GET", `/v1/cases/${id}`)).toMatchObject({ response: { erased: true }, notes: [] });
	});

	test("loses its notes with what retention takes from its answer, and none with an edit", async () => {
		const ask = await desk.answer({ score: 1, comment: "Slow.", transaction: "A-8" });
		const { id } = await desk.said<CaseView>("POST", "/v1/cases", { response: await desk.newest() });
		await desk.call("POST", `/v1/cases/${id}/notes`, { text: "Lives in Bath." });
		await desk.collector.send({ ...ask, rev: 2, comment: "" });
		expect((await desk.said<CaseView>("GET", `/v1/cases/${id}`)).notes).toHaveLength(1);
		await desk.collector.db
			.prepare('UPDATE ask SET comment = NULL, "transaction" = NULL WHERE site = ?1')
			.bind(desk.site.id)
			.run();
		expect((await desk.said<CaseView>("GET", `/v1/cases/${id}`)).notes).toEqual([]);
	});

	test("goes with its answer", async () => {
		const { id } = await open();
		await desk.call("POST", `/v1/cases/${id}/notes`, { text: "Spam." });
		await desk.call("DELETE", `/v1/responses/${id}`);
		expect((await desk.call("GET", `/v1/cases/${id}`)).status).toBe(404);
		for (const table of ["case_file", "case_event"])
			expect(
				(await desk.collector.db.prepare(`SELECT * FROM ${table} WHERE site = ?1`).bind(desk.site.id).all()).results,
			).toEqual([]);
	});

	test("shows the same customer's next answer on the same scale, where both were signed", async () => {
		const shown = { customer: "zoe" };
		await desk.answer({ ...shown, score: 3, transaction: "Z-1", age_ms: 3 * HOUR_MS });
		const { id } = await desk.said<CaseView>("POST", "/v1/cases", { response: await desk.newest() });
		await desk.answer({ ...shown, survey: "csat", score: 5, transaction: "Z-2", age_ms: 2 * HOUR_MS });
		await desk.answer({ ...shown, score: 8, transaction: "Z-3", age_ms: HOUR_MS });
		await desk.answer({ ...shown, score: 10, transaction: "Z-4" });
		await desk.answer({ score: 9, customer: "ann", transaction: "Z-5", age_ms: HOUR_MS });
		expect((await desk.said<CaseView>("GET", `/v1/cases/${id}`)).next).toBeNull();
		await desk.collector.db.prepare("UPDATE ask SET verified = 1 WHERE site = ?1").bind(desk.site.id).run();
		expect((await desk.said<CaseView>("GET", `/v1/cases/${id}`)).next).toMatchObject({ score: 8 });
		expect((await desk.cases())[0]?.next).toMatchObject({ score: 8 });
	});
});

test("a key that may only read opens, changes and notes nothing", async () => {
	await desk.answer({ score: 1 });
	const response = await desk.newest();
	const { id } = await desk.said<CaseView>("POST", "/v1/cases", { response });
	const made = await desk.said<{ secret_key: string }>("POST", "/v1/keys", { name: "Reader", scopes: ["responses:read"] });
	const reader = { ...desk.site, secretKey: made.secret_key };
	expect((await desk.call("GET", `/v1/cases/${id}`, undefined, reader)).status).toBe(200);
	for (const [method, path, body] of [
		["POST", "/v1/cases", { response }],
		["PATCH", `/v1/cases/${id}`, { state: "resolved" }],
		["POST", `/v1/cases/${id}/notes`, { text: "x" }],
	] as const)
		expect([path, (await desk.call(method, path, body, reader)).status]).toEqual([path, 403]);
});
