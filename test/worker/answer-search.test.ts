import { afterAll, beforeAll, expect, test } from "vitest";
import { type LoadedAsk, loadAsks } from "../../local/load-asks.ts";
import { dayOf } from "../../shared/day.ts";
import type { ResponsesReply } from "../../shared/response-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

const MINUTE_MS = 60_000;
const ANSWERS = 24_000;
/** Answers one request looks through. */
const BOUND = 10_000;
/** Which answers, counted from the newest, say something of a kind. */
const FINDS = [3, 9_999, 10_000, 10_001, 19_500, 23_999];

let collector: TestCollector;
const newest = Date.now() - MINUTE_MS;
const at = (i: number) => newest - i * MINUTE_MS;
beforeAll(async () => {
	collector = await startCollector();
	await loadAsks(collector.db, { id: collector.site.id, timezone: "Europe/Rome" }, large());
}, 180_000);
afterAll(() => collector.stop());

/** Answers a minute apart, every third with a comment, one of them low and with a reason. */
function* large(): Generator<LoadedAsk> {
	for (let i = 0; i < ANSWERS; i++)
		yield {
			survey: "nps",
			status: "answered",
			score: i === 20_500 ? 0 : 9,
			drivers: i === 20_500 ? ["price"] : [],
			comment: FINDS.includes(i) ? `Nr ${i}: der GRÖSSTE Fund` : i % 3 === 0 ? "All good." : null,
			segments: { channel: "page" },
			transaction: null,
			shownAt: at(i),
			answeredAfterMs: 0,
			page: null,
		};
}

interface Read extends ResponsesReply {
	/** Rows the database read for it. */
	readonly rows: number;
}

async function read(query: string): Promise<Read> {
	const response = await collector.owner(`/v1/responses?${query}`);
	expect([query, response.status]).toEqual([query, 200]);
	return { ...(await response.json()), rows: Number(response.headers.get("x-rows-read")) };
}

/** Every page of a list, by its cursors. */
async function pages(query: string): Promise<Read[]> {
	const all: Read[] = [];
	for (let next: string | null = ""; next !== null; next = all.at(-1)?.next ?? null)
		all.push(await read(`${query}${next && `&cursor=${next}`}`));
	return all;
}

test("a search looks through ten thousand answers a request, says where it stopped, and goes on from there", async () => {
	const found = await pages("q=größte");
	const numbers = found.map(({ responses }) => responses.map(({ comment }) => Number(comment?.match(/\d+/)?.[0])));
	expect(numbers).toEqual([[3, 9_999], [10_000, 10_001, 19_500], [23_999]]);
	const stops = [9_999, 19_999].map((i) => new Date(at(i)).toISOString());
	expect(found.map(({ stopped_at }) => stopped_at)).toEqual([...stops, null]);
	for (const { rows } of found) expect(rows).toBeLessThanOrEqual(BOUND + 40);
});

test("a search that fills its page says nothing of stopping, and its pages hold each find once", async () => {
	const found = await pages("q=FUND&limit=2");
	expect(found.filter(({ responses }) => responses.length === 2).every(({ stopped_at }) => stopped_at === null)).toBe(false);
	expect(found[0]).toMatchObject({ stopped_at: expect.any(String) });
	const numbers = found.flatMap(({ responses }) => responses.map(({ comment }) => Number(comment?.match(/\d+/)?.[0])));
	expect(numbers).toEqual(FINDS);
});

test.for(["driver=price", "group=low", "survey=nps&group=detractors", "survey=nps&group=low&driver=price&commented=no"])(
	"%s, which one answer in many passes, reads so many rows a request, and finds it",
	async (query) => {
		const found = await pages(query);
		expect(found.map(({ responses }) => responses.length)).toEqual([0, 0, 1]);
		expect(found.map(({ stopped_at }) => stopped_at !== null)).toEqual([true, true, false]);
		for (const { rows } of found) expect(rows).toBeLessThanOrEqual(2 * BOUND + 40);
	},
);

test.for(["", "commented=no", "segment=channel:page", "survey=nps&group=promoters", "survey=csat&to=2020-01-01"])(
	"a page that is soon full reads what it shows, and those between: ?%s",
	async (query) => {
		const first = await read(`${query}&limit=50`);
		const second = await read(`${query}&limit=50&cursor=${first.next ?? ""}`.replace(/&cursor=$/, ""));
		for (const { rows } of [first, second]) expect(rows).toBeLessThanOrEqual(2 * 80 + 20);
	},
);

test("days reach no further than they are long", async () => {
	const day = dayOf(at(12_000), "Europe/Rome");
	const { responses, stopped_at, rows } = await read(`q=nothing+like+it&from=${day}&to=${day}`);
	expect([responses, stopped_at]).toEqual([[], null]);
	expect(rows).toBeLessThanOrEqual(3 * 24 * 60 + 40);
});

test("answers of one moment cost a page no more than others, and all of them are exported, in that order", async () => {
	const site = await collector.makeSite();
	await collector.db
		.prepare(
			`INSERT INTO ask (site, id, rev, survey, version, status, outcome, score, drivers, commented, segments, pairs, day, shown_at, updated_at)
			WITH RECURSIVE i(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM i WHERE n < 2999)
			SELECT ?1, printf('%032x', n), 1, 'nps', 1, 'answered', '9', 9, '[]', 0, '{}', '[["",""]]', '2026-01-01', 1767268800000, 0 FROM i`,
		)
		.bind(site.id)
		.run();
	let cursor = "";
	const seen = new Set<string>();
	for (let i = 0; i < 15; i++) {
		const response = await collector.owner(`/v1/responses?limit=200${cursor}`, {}, site);
		expect(Number(response.headers.get("x-rows-read"))).toBeLessThanOrEqual(3 * 200 + 20);
		const { responses, next }: ResponsesReply = await response.json();
		for (const { id } of responses) seen.add(id);
		cursor = `&cursor=${next}`;
	}
	expect(seen.size).toBe(3_000);
	const lines = (await (await collector.owner("/v1/responses.ndjson", {}, site)).text()).trim().split("\n");
	expect(lines.map((line) => JSON.parse(line).id)).toEqual([...seen]);
});

test("a count looks at the newest thousand", async () => {
	const count = async (query: string) => {
		const response = await collector.owner(`/v1/responses/count?${query}`);
		return { ...(await response.json()), rows: Number(response.headers.get("x-rows-read")) };
	};
	expect(await count(`since=${new Date(at(4)).toISOString()}`)).toMatchObject({ responses: 5, more: false });
	const all = await count("");
	expect(all).toMatchObject({ responses: 1_000, more: true });
	expect(all.rows).toBeLessThanOrEqual(1_020);
});

test("an export of what is searched holds every find, however far back", async () => {
	const text = await (await collector.owner("/v1/responses.ndjson?q=fund")).text();
	const found: number[] = text.match(/(?<=Nr )\d+/g)?.map(Number) ?? [];
	expect(found).toEqual(FINDS);
});
