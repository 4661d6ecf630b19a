import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CaseItem, CaseView } from "../../shared/case-contract.ts";
import { dayOf } from "../../shared/day.ts";
import { type CaseDesk, openCases } from "../harness/case-desk.ts";

const HOUR_MS = 60 * 60 * 1000;
const ZONE = "Europe/Rome";

let desk: CaseDesk;
beforeAll(async () => {
	desk = await openCases();
});
beforeEach(() => desk.begin());
afterAll(() => desk.stop());

describe("the list", () => {
	test("is by age, in pages, by state and by assignee", async () => {
		const ids: string[] = [];
		for (let i = 0; i < 7; i++) {
			await desk.answer({ score: i });
			const response = await desk.newest();
			await desk.said("POST", "/v1/cases", { response });
			ids.push(response);
			await desk.age(HOUR_MS);
		}
		const paged = async (query: string) => {
			const seen: string[] = [];
			for (let next: string | null = ""; next !== null; ) {
				const reply: { cases: CaseItem[]; next: string | null } = await desk.said(
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
			await desk.said("PATCH", `/v1/cases/${ids[i]}`, change);
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
		const response = await desk.call("GET", `/v1/cases${query}`);
		expect([response.status, (await response.json()).field]).toEqual([400, field]);
	});

	test("reads no more rows the more cases are closed", async () => {
		const read = async () => Number((await desk.call("GET", "/v1/cases?limit=2")).headers.get("x-rows-read"));
		for (let i = 0; i < 3; i++) {
			await desk.answer({ score: 0 });
			await desk.said("POST", "/v1/cases", { response: await desk.newest() });
		}
		const before = await read();
		for (let i = 0; i < 30; i++) {
			await desk.answer({ score: 0 });
			const { id } = await desk.said<CaseView>("POST", "/v1/cases", { response: await desk.newest() });
			await desk.said("PATCH", `/v1/cases/${id}`, { state: "resolved" });
			await desk.age(1_000);
		}
		expect(await read()).toBe(before);
	});
});

describe("the summary", () => {
	test("counts what was opened in its window, and how long half of it waited", async () => {
		const opened: string[] = [];
		for (let i = 0; i < 4; i++) {
			await desk.answer({ score: 0 });
			const { id } = await desk.said<CaseView>("POST", "/v1/cases", { response: await desk.newest() });
			opened.push(id);
		}
		const none = await desk.said("GET", "/v1/cases/summary?window=2020-01-01..2020-01-31");
		expect(none).toMatchObject({
			unresolved: 4,
			opened: 0,
			share_resolved: null,
			time_to_contact_ms: null,
			window: { timezone: ZONE },
		});
		expect(await desk.said("GET", "/v1/cases/summary")).toMatchObject({
			opened: 4,
			contacted: 0,
			resolved: 0,
			share_resolved: 0,
			time_to_contact_ms: null,
		});
		await desk.age(5 * HOUR_MS);
		const contact = (id: string | undefined, hours: number) =>
			desk.collector.db
				.prepare("UPDATE case_file SET contacted_at = opened_at + ?2 WHERE id = ?1")
				.bind(id, hours * HOUR_MS)
				.run();
		await contact(opened[0], 1);
		expect(await desk.said("GET", "/v1/cases/summary")).toMatchObject({ contacted: 1, time_to_contact_ms: null });
		await contact(opened[1], 3);
		await desk.said("PATCH", `/v1/cases/${opened[1]}`, { state: "resolved" });
		expect(await desk.said("GET", "/v1/cases/summary")).toMatchObject({
			unresolved: 3,
			contacted: 2,
			resolved: 1,
			share_resolved: 25,
			time_to_contact_ms: 3 * HOUR_MS,
		});
	});

	test("counts what is unresolved outside of its window too, and reads each case once", async () => {
		const open = async (change: object = {}): Promise<string> => {
			await desk.answer({ score: 1 });
			const { id } = await desk.said<CaseView>("POST", "/v1/cases", { response: await desk.newest() });
			if (Object.keys(change).length > 0) await desk.said("PATCH", `/v1/cases/${id}`, change);
			return id;
		};
		const before = [
			await open({ assignee: "Ann", due_on: "2026-01-01" }),
			await open({ state: "contacted", assignee: "Bob" }),
			await open({ state: "resolved", assignee: "Cleo" }),
		];
		await desk.age(50 * 24 * HOUR_MS);
		await open({ assignee: "Dan" });
		await open({ state: "resolved", assignee: "Eve" });
		const opened = await desk.collector.db.prepare("SELECT opened_at FROM case_file WHERE id = ?1").bind(before[0]).first();
		const day = dayOf(Number(opened?.["opened_at"]), ZONE);

		const summary = async (window: string) => {
			const response = await desk.call("GET", `/v1/cases/summary?window=${window}`);
			const { window: _, ...counts } = await response.json();
			return { ...counts, rows: Number(response.headers.get("x-rows-read")) };
		};
		const all = { unresolved: 3, overdue: 1, assignees: ["Ann", "Bob", "Dan"], complete: true };
		const young = await summary("30d");
		expect(young).toMatchObject({ ...all, opened: 2, contacted: 0, resolved: 1 });
		expect(await summary(`${day}..${day}`)).toMatchObject({ ...all, opened: 3, contacted: 1, resolved: 1 });

		for (let i = 0; i < 20; i++) await open();
		const grown = await summary("30d");
		expect(grown).toMatchObject({ unresolved: 23, opened: 22 });
		expect(grown.rows - young.rows).toBe(20);
		await desk.age(50 * 24 * HOUR_MS);
		const old = await summary("30d");
		expect(old).toMatchObject({ unresolved: 23, opened: 0 });
		expect(old.rows - young.rows).toBeLessThanOrEqual(20);
	});
});
