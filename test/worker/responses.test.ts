import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ResponseView } from "../../shared/response-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["gold"] } }) });
	for (let i = 0; i < 23; i++)
		await collector.send(
			collector.ask({
				survey: i % 2 ? "nps" : "csat",
				score: i % 2 ? 10 - (i % 4) : 1 + (i % 5),
				transaction: `order-${i}`,
				age_ms: (22 - i) * 60_000,
				...(i % 3 === 0 ? { comment: `comment ${i}` } : {}),
			}),
		);
	await collector.send(collector.ask({ status: "shown", rev: 0 }));
});
afterAll(() => collector.stop());

const list = async (query = ""): Promise<{ responses: ResponseView[]; next: string | null }> => {
	const response = await collector.owner(`/v1/responses${query}`);
	expect(response.status).toBe(200);
	return response.json();
};

describe("the list", () => {
	test("holds every answer once, newest first, over its pages, and nothing that was not answered", async () => {
		const seen: string[] = [];
		let cursor: string | null = "";
		while (cursor !== null) {
			const page: { responses: ResponseView[]; next: string | null } = await list(`?limit=5${cursor && `&cursor=${cursor}`}`);
			seen.push(...page.responses.map(({ transaction }) => transaction ?? ""));
			cursor = page.next;
		}
		expect(seen).toEqual(Array.from({ length: 23 }, (_, i) => `order-${22 - i}`));
	});

	test("gives an id that is not the client's, and edits nothing", async () => {
		const ask = collector.ask({ transaction: "whose-id" });
		await collector.send(ask);
		const { responses } = await list("?limit=1");
		expect(JSON.stringify(responses)).not.toContain(ask.id);
		expect(await collector.db.prepare("SELECT count(*) AS n FROM ask WHERE id = ?1").bind(ask.id).first()).toEqual({ n: 0 });
		await collector.owner(`/v1/responses/${responses[0]?.id}`, { method: "DELETE" });
	});

	test("can be narrowed to a survey, a group, days and comments", async () => {
		expect((await list("?survey=nps&limit=200")).responses.every(({ survey }) => survey === "nps")).toBe(true);
		expect((await list("?survey=nps&group=promoters")).responses.every(({ score }) => score >= 9)).toBe(true);
		expect((await list("?commented=yes")).responses).toHaveLength(8);
		expect((await list("?commented=no")).responses).toHaveLength(15);
		expect((await list("?to=2020-01-01")).responses).toEqual([]);
	});

	test("of a group leaves out answers to a version of another metric", async () => {
		const site = await collector.makeSite();
		await collector.send({ ...collector.ask({ score: 4 }), site: site.publicKey });
		await collector.owner("/v1/surveys/nps", { method: "PATCH", body: JSON.stringify({ metric: "csat" }) }, site);
		await collector.send({ ...collector.ask({ score: 5, version: 2 }), site: site.publicKey });
		const { responses } = await (await collector.owner("/v1/responses?survey=nps&group=satisfied", {}, site)).json();
		expect(responses).toMatchObject([{ score: 5, metric: "csat", group: "satisfied" }]);
	});

	test.for([
		["?limit=0", "limit"],
		["?limit=201", "limit"],
		["?cursor=x", "cursor"],
		["?group=promoters", "survey"],
		["?survey=nps&group=agree", "group"],
		["?from=yesterday", "from"],
		["?colour=red", "colour"],
	] as const)("refuses %s by name", async ([query, field]) => {
		const response = await collector.owner(`/v1/responses${query}`);
		expect([response.status, (await response.json()).field]).toEqual([400, field]);
	});
});

describe("the exports", () => {
	test("as NDJSON hold what the list holds", async () => {
		const text = await (await collector.owner("/v1/responses.ndjson")).text();
		expect(
			text
				.trim()
				.split("\n")
				.map((line) => JSON.parse(line)),
		).toEqual((await list("?limit=200")).responses);
	});

	test("as CSV disarm every formula, in a browser's text and in a header", async () => {
		const site = await collector.makeSite();
		await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["=1+1"] } }) }, site);
		const comments = [
			'=HYPERLINK("http://x","y")',
			"+1",
			"-1",
			"@SUM(A1)",
			"  =1",
			"＝1",
			'fine, "really"',
			"two\nlines",
			"مرحبا",
		];
		for (const [i, comment] of comments.entries())
			await collector.send({
				...collector.ask({ comment, age_ms: (comments.length - i) * 60_000, customer: "=cmd", segments: { plan: "=1+1" } }),
				site: site.publicKey,
			});
		const response = await collector.owner("/v1/responses.csv", {}, site);
		expect(response.headers.get("content-disposition")).toContain("responses.csv");
		const csv = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer());
		expect(csv.startsWith('\uFEFF"id","survey",')).toBe(true);
		for (const armed of [
			'"\'=HYPERLINK(""http://x"",""y"")"',
			'"\'+1"',
			'"\'-1"',
			'"\'@SUM(A1)"',
			'"\'=1"',
			'"\'＝1"',
			'"\'=cmd"',
			'"\'=1+1"',
		])
			expect(csv).toContain(armed);
		expect(csv).toContain('"fine, ""really"""');
		expect(csv).toContain('"two\nlines"');
		expect(csv).toContain('"مرحبا"');
		expect(csv.split("\r\n")).toHaveLength(comments.length + 2);
	});

	test("stream more answers than one page of the database", async () => {
		const site = await collector.makeSite();
		await collector.db
			.prepare(
				`INSERT INTO ask (site, id, rev, survey, version, status, outcome, score, drivers, commented, segments, pairs, day, shown_at, updated_at)
				WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 1249)
				SELECT ?1, printf('%032x', n), 1, 'nps', 1, 'answered', '9', 9, '[]', 0, '{}', '[["",""]]', '2026-01-01', n / 3, 0 FROM i`,
			)
			.bind(site.id)
			.run();
		const lines = (await (await collector.owner("/v1/responses.ndjson", {}, site)).text()).trim().split("\n");
		expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(1_250);
	});
});

describe("deleting an answer", () => {
	test("takes it out of the numbers, exactly, and for good", async () => {
		const ask = collector.ask({ survey: "ces", score: 1, drivers: ["website"], comment: "spam" });
		await collector.send(ask);
		expect(await collector.score("ces")).toMatchObject({ responses: 1 });
		const { responses } = await list("?survey=ces");
		expect((await collector.owner(`/v1/responses/${responses[0]?.id}`, { method: "DELETE" })).status).toBe(204);
		expect(await collector.score("ces")).toMatchObject({ value: null, responses: 0, funnel: { shown: 0, commented: 0 } });
		const retry = await collector.send({ ...ask, rev: 2 });
		expect([retry.status, await retry.json()]).toEqual([200, { status: "ignored" }]);
		expect(await collector.score("ces")).toMatchObject({ responses: 0 });
		expect(await collector.drift()).toEqual([]);
	});

	test("that is not there is 404", async () => {
		const response = await collector.owner("/v1/responses/0123", { method: "DELETE" });
		expect([response.status, (await response.json()).field]).toEqual([404, "id"]);
	});
});

describe("a customer", () => {
	test("who is erased leaves a nameless score that no late edit can name again", async () => {
		const ask = collector.ask({
			survey: "ces",
			score: 2,
			customer: "ann@shop.example",
			transaction: "A-1",
			comment: "It is Ann.",
			page: "https://shop.example/thanks",
			drivers: ["website"],
		});
		await collector.send(ask);
		const before = await collector.score("ces");
		const erased = await collector.owner("/v1/customers/ann@shop.example", { method: "DELETE" });
		expect([erased.status, await erased.json()]).toEqual([200, { erased: 1 }]);
		expect(await (await collector.send({ ...ask, rev: 2, comment: "Ann again." })).json()).toEqual({ status: "ignored" });
		const [answer] = (await list("?survey=ces")).responses;
		expect(answer).toMatchObject({
			score: 2,
			comment: null,
			transaction: null,
			claimed_customer: null,
			page: null,
			drivers: ["website"],
			erased: true,
		});
		expect(await collector.score("ces")).toEqual(before);
		expect(await collector.drift()).toEqual([]);
		expect(await (await collector.owner("/v1/customers/ann@shop.example", { method: "DELETE" })).json()).toEqual({ erased: 0 });
	});

	test("who is only claimed has no history, but stands beside its answer as claimed", async () => {
		await collector.send(collector.ask({ customer: "bob", transaction: "B-1" }));
		expect((await collector.owner("/v1/customers/bob")).status).toBe(404);
		const answer = (await list("?limit=200")).responses.find(({ transaction }) => transaction === "B-1");
		expect(answer).toMatchObject({ customer: null, claimed_customer: "bob", verified: false });
	});

	test("whose answers were signed has a history", async () => {
		await collector.send(collector.ask({ customer: "zoe", transaction: "Z-1", score: 7 }));
		await collector.db.prepare("UPDATE ask SET verified = 1 WHERE customer = 'zoe'").run();
		const { customer, responses } = await (await collector.owner("/v1/customers/zoe")).json();
		expect(customer).toBe("zoe");
		expect(responses).toMatchObject([{ score: 7, customer: "zoe", claimed_customer: null, verified: true }]);
	});
});
