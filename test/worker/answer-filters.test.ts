import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { dayOf } from "../../shared/day.ts";
import type { ResponsesReply, ResponseView } from "../../shared/response-contract.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const now = Date.now();
const day = (ago: number) => dayOf(now - ago * DAY_MS, "Europe/Rome");

let collector: TestCollector;
let stranger: TestSite;
beforeAll(async () => {
	collector = await startCollector();
	stranger = await collector.makeSite({ name: "Stranger" });
	for (const site of [collector.site, stranger]) {
		await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["free", "gold"] } }) }, site);
		await loadAsks(collector.db, { id: site.id, timezone: "Europe/Rome" }, madeUpAsks(2_500, 60, 7, now - 1_000));
	}
	const { db } = collector;
	await db.prepare("UPDATE ask SET verified = 1 WHERE score % 2 = 0").run();
	await db.prepare("UPDATE ask SET segments = json_set(segments, '$.locale', 'he') WHERE score % 3 = 0").run();
	await db.prepare("UPDATE ask SET comment = 'Straße nach İZMİR – ΟΔΟΣ, café' WHERE commented = 1 AND score % 4 = 1").run();
	await db.prepare("UPDATE ask SET comment = NULL, erased_at = ?1 WHERE commented = 1 AND score = 3").bind(now).run();
});
afterAll(() => collector.stop());

/** Every answer of a list, over its pages. */
async function all(query: string, site = collector.site): Promise<ResponseView[]> {
	const found: ResponseView[] = [];
	for (let cursor = ""; ; ) {
		const response = await collector.owner(`/v1/responses?limit=200&${query}${cursor}`, {}, site);
		expect([query, response.status]).toEqual([query, 200]);
		const { responses, next }: ResponsesReply = await response.json();
		found.push(...responses);
		if (next === null) return found;
		cursor = `&cursor=${next}`;
	}
}

/** The ids that a condition finds in the database itself, newest first. */
async function recount(condition: string, site = collector.site): Promise<unknown[]> {
	const { results } = await collector.db
		.prepare(`SELECT id FROM ask WHERE site = ?1 AND status = 'answered' AND (${condition}) ORDER BY shown_at DESC, id DESC`)
		.bind(site.id)
		.all();
	return results.map((row) => row["id"]);
}

const LOW = "survey = 'nps' AND score <= 6 OR survey = 'csat' AND score <= 2 OR survey = 'ces' AND score <= 3";
const FILTERS: readonly (readonly [query: string, condition: string])[] = [
	["", "true"],
	["survey=ces", "survey = 'ces'"],
	["survey=nps&group=promoters", "survey = 'nps' AND score >= 9"],
	["survey=nps&group=passives", "survey = 'nps' AND score IN (7, 8)"],
	["survey=nps&group=detractors", "survey = 'nps' AND score <= 6"],
	["survey=csat&group=satisfied", "survey = 'csat' AND score >= 4"],
	["survey=csat&group=rest", "survey = 'csat' AND score <= 3"],
	["survey=ces&group=agree", "survey = 'ces' AND score >= 5"],
	["survey=ces&group=rest", "survey = 'ces' AND score <= 4"],
	["group=low", LOW],
	["survey=csat&group=low", "survey = 'csat' AND score <= 2"],
	["commented=yes", "comment IS NOT NULL"],
	["commented=no", "comment IS NULL"],
	["verified=yes", "verified = 1"],
	["verified=no", "verified = 0"],
	["segment=plan:gold", "json_extract(segments, '$.plan') = 'gold'"],
	["segment=plan:other", "json_extract(segments, '$.plan') = 'other'"],
	["segment=channel:email", "json_extract(segments, '$.channel') = 'email'"],
	["segment=delay:3d", "delay = '3d'"],
	["locale=he", "json_extract(segments, '$.locale') = 'he'"],
	["locale=fr", "false"],
	["driver=payment", "EXISTS (SELECT 1 FROM json_each(drivers) WHERE value = 'payment')"],
	["driver=pay", "false"],
	[`from=${day(20)}&to=${day(11)}`, `day BETWEEN '${day(20)}' AND '${day(11)}'`],
	[`from=${day(5)}`, `day >= '${day(5)}'`],
	[`to=${day(50)}`, `day <= '${day(50)}'`],
	["q=said", "comment = 'Said.'"],
	[
		`q=said&survey=csat&group=low&verified=yes&segment=device:phone&from=${day(30)}`,
		`comment = 'Said.' AND survey = 'csat' AND score = 2 AND json_extract(segments, '$.device') = 'phone' AND day >= '${day(30)}'`,
	],
];

test.for(FILTERS)("?%s lists what a recount finds, in its order, and exports the same", async ([query, condition]) => {
	const wanted = await recount(condition);
	const found = await all(query);
	expect(found.map(({ id }) => id)).toEqual(wanted);
	const lines = (await (await collector.owner(`/v1/responses.ndjson?${query}`)).text()).split("\n").filter(Boolean);
	expect(lines.map((line) => JSON.parse(line))).toEqual(found);
});

test("the filters that can find something do, and none finds an answer of another site", async () => {
	for (const [query, condition] of FILTERS) {
		if (condition !== "false") expect([query, (await recount(condition)).length > 0]).toEqual([query, true]);
		const mine = new Set((await all(query)).map(({ id }) => id));
		for (const { id } of await all(query, stranger)) expect(mine.has(id)).toBe(false);
	}
});

test("a count counts what the list lists since then", async () => {
	const since = now - 30 * DAY_MS;
	for (const [query, condition] of FILTERS.filter(([query]) => !query.includes("q="))) {
		const response = await collector.owner(`/v1/responses/count?${query}&since=${new Date(since).toISOString()}`);
		const responses = (await recount(`(${condition}) AND shown_at >= ${since}`)).length;
		expect([query, await response.json()]).toEqual([query, { responses, more: false }]);
	}
});

describe("a search", () => {
	test.for(["STRASSE", "straße", "strasse", "izmir", "İzmir", "ızmır", "οδος", "ΟΔΟΣ", "οδοσ", "CAFÉ", "cafe\u0301", "caf"])(
		"for %s finds it in any spelling of capitals",
		async (words) => {
			const found = await all(`q=${encodeURIComponent(words)}`);
			expect(found.map(({ id }) => id)).toEqual(await recount("comment LIKE 'Straße%'"));
			expect(found.length).toBeGreaterThan(5);
		},
	);

	test.for(["%", "_", "cafe", "'", "\\", "*"])("for %s takes it as it stands", async (words) => {
		expect(await all(`q=${encodeURIComponent(words)}`)).toEqual([]);
	});
});

test("the pages of a list hold each answer once while others arrive and go", async () => {
	const before = await recount("true");
	const seen: string[] = [];
	let cursor = "";
	for (let turn = 0; cursor !== "&cursor=null"; turn++) {
		const { responses, next }: ResponsesReply = await (await collector.owner(`/v1/responses?limit=150${cursor}`)).json();
		seen.push(...responses.map(({ id }) => id));
		cursor = `&cursor=${next}`;
		await collector.send(collector.ask({ comment: "Newer." }));
		if (turn === 2) await collector.owner(`/v1/responses/${responses.at(-1)?.id}`, { method: "DELETE" });
	}
	expect(seen).toEqual(before);
});

describe("one answer", () => {
	test("is what the list says of it, with its question and how late it came", async () => {
		const [answer] = await all("survey=ces&segment=delay:1d");
		const details = await (await collector.owner(`/v1/responses/${answer?.id}`)).json();
		expect(details).toMatchObject({ ...answer, delay: "1d", question: { locale: "en" } });
		expect(details.question.text).toContain("made it easy");
	});

	test("of another site is not there, and neither is what was not answered", async () => {
		const [theirs] = await all("", stranger);
		const shown = await collector.db.prepare("SELECT id FROM ask WHERE site = ?1 AND status = 'shown'").bind(collector.site.id);
		for (const id of [theirs?.id, (await shown.first())?.["id"], "x"]) {
			const response = await collector.owner(`/v1/responses/${id}`);
			expect([response.status, (await response.json()).field]).toEqual([404, "id"]);
		}
	});
});

test.for([
	["q=", "q"],
	["q=%20", "q"],
	[`q=${"x".repeat(101)}`, "q"],
	["group=rest", "survey"],
	["group=best", "group"],
	["segment=plan", "segment"],
	["locale=xx", "locale"],
	["driver=Price!", "driver"],
	["verified=1", "verified"],
])("?%s is refused by name", async ([query, field]) => {
	for (const address of ["/v1/responses", "/v1/responses.csv"]) {
		const response = await collector.owner(`${address}?${query}`);
		expect([response.status, (await response.json()).field]).toEqual([400, field]);
	}
});
