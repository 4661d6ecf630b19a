import { afterAll, beforeAll, expect, test } from "vitest";
import type { SitesReply } from "../../shared/site-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { formIn } from "../harness/form-in.ts";
import { logInTo } from "../harness/owner-session.ts";
import { placesOf } from "../harness/sharded.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ shards: 3 });
	for (let i = 1; i < 7; i++) await collector.makeSite({ name: `Shop ${i}` });
});
afterAll(() => collector.stop());

const list = async (query = ""): Promise<SitesReply> => {
	const response = await collector.operator(`/v1/sites${query}`);
	expect(response.status).toBe(200);
	return response.json();
};

/** Every page from the first on, so many sites a page. */
async function pages(limit: number): Promise<SitesReply["sites"][]> {
	const found: SitesReply["sites"][] = [];
	for (let cursor = ""; found.length === 0 || cursor !== ""; ) {
		const { sites, next } = await list(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
		found.push(sites);
		cursor = next ?? "";
	}
	return found;
}

test("the sites of all shards come page by page, oldest first, each once, also those that were made at the same moment", async () => {
	expect(new Set((await placesOf(collector)).values()).size).toBe(3);
	await collector.db.prepare("UPDATE place SET created_at = 5").run();
	const { sites, next } = await list();
	expect([sites.length, next]).toEqual([7, null]);
	const found = await pages(3);
	expect(found.map((page) => page.length)).toEqual([3, 3, 1]);
	expect(found.flat()).toEqual(sites);
	expect(new Set(sites.map(({ id }) => id)).size).toBe(7);
	expect((await pages(7)).length).toBe(1);
});

test.for([
	["limit=0", "limit"],
	["limit=201", "limit"],
	["cursor=no", "cursor"],
	["cursor=1.x&cursor=%27", "cursor"],
	["page=2", "page"],
])("?%s is refused by name", async ([query, field]) => {
	const response = await collector.operator(`/v1/sites?${query}`);
	expect([response.status, (await response.json()).field]).toEqual([400, field]);
});

test("a page reads the rows of a page, however many sites there are; the operator's page leads to the next, and a name is found on any", async () => {
	const columns = (await collector.db.prepare("SELECT name FROM pragma_table_info('site')").all<{ name: string }>()).results
		.map(({ name }) => name)
		.filter((name) => !["id", "public_key", "name", "created_at", "shard"].includes(name));
	await collector.db
		.prepare(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
			INSERT INTO site (id, public_key, name, created_at, shard, ${columns.join(", ")})
			SELECT printf('copy%05d', i), 'copy' || i, 'Copy ' || i, 1000 + i, 'DB', ${columns.map((name) => `site.${name}`).join(", ")}
			FROM n CROSS JOIN site WHERE site.id = (SELECT min(id) FROM site)`,
		)
		.run();
	const first = await collector.operator("/v1/sites");
	expect(Number(first.headers.get("x-rows-read"))).toBeLessThan(500);
	const { sites, next }: SitesReply = await first.json();
	expect(sites).toHaveLength(50);

	const operator = await logInTo(collector, "operator");
	const page = await (await operator.get("/app/sites")).text();
	const [, path = ""] = /href="(\/app\/sites\?cursor=[^"]+)"/.exec(page) ?? [];
	expect([path, page.includes("Copy 43<"), page.includes("Copy 44<")]).toEqual([`/app/sites?cursor=${next}`, true, false]);
	const second = await (await operator.get(path)).text();
	expect([second.includes("Copy 43<"), second.includes("Copy 44<")]).toEqual([false, true]);

	const form = formIn(await (await operator.get("/app/set-up")).text(), "/app/set-up");
	form.set("name", "Copy 1499");
	const refused = await operator.post("/app/set-up", form);
	expect([refused.status, (await collector.db.prepare("SELECT count(*) AS n FROM place").first())?.["n"]]).toEqual([400, 1507]);
});
