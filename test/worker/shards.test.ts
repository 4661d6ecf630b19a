import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { count, fail, placesOf, siteIn, siteOfEach } from "../harness/sharded.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const SHARDS = ["DB", "DB_2", "DB_3"];

let collector: TestCollector;
let sites: Map<string, TestSite>;
beforeAll(async () => {
	collector = await startCollector({ shards: 3, entry: "faulty" });
	sites = await siteOfEach(collector);
});
afterEach(() => fail(collector, { kind: "none" }));
afterAll(() => collector.stop());

const siteOf = (shard: string): TestSite => {
	const site = sites.get(shard);
	if (!site) throw new Error(`No site in ${shard}`);
	return site;
};

/** A request with a site's key; its JSON where it has some, and its status. */
async function call(site: TestSite, method: string, path: string, body?: object) {
	const response = await collector.owner(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) }, site);
	const text = await response.text();
	return { status: response.status, json: text.startsWith("{") ? JSON.parse(text) : text };
}

const send = (site: TestSite, ask: object) => collector.send({ ...collector.ask(), site: site.publicKey, ...ask });

/** The rows of every shard's table that belong to a site, by the shard's name. */
async function rowsOf(site: TestSite, table: string): Promise<Record<string, number>> {
	const rows: Record<string, number> = {};
	for (const [name, db] of collector.shards) {
		const row = await db.prepare(`SELECT count(*) AS n FROM "${table}" WHERE site = ?1`).bind(site.id).first<{ n: number }>();
		if (row?.n) rows[name] = row.n;
	}
	return rows;
}

test("three sites are spread over three shards, and the directory says which is where", async () => {
	expect([...sites.keys()].sort()).toEqual(SHARDS);
	const places = await placesOf(collector);
	for (const [shard, { id }] of sites) expect(places.get(id)).toBe(shard);
});

describe.each(SHARDS)("a site in %s", (shard) => {
	let site: TestSite;
	beforeAll(async () => {
		site = await siteIn(collector, shard);
	});

	test("is asked, answers, edits and scores", async () => {
		expect((await collector.fetch(`/w/${site.publicKey}.js`)).status).toBe(200);
		expect((await collector.fetch(`/s/${site.publicKey}/nps`)).status).toBe(200);
		const ask = collector.ask({ site: site.publicKey, score: 10, transaction: "KEPT" });
		for (const [revision, status] of [
			[ask, 201],
			[ask, 200],
			[{ ...ask, rev: 2, score: 3, comment: "Late." }, 201],
		] as const)
			expect((await collector.send(revision)).status).toBe(status);
		await send(site, { score: 9 });
		await send(site, { status: "shown", score: undefined, rev: 0 });
		const [nps] = (await call(site, "GET", "/v1/scores?survey=nps&window=30d")).json.scores;
		expect(nps).toMatchObject({ value: 0, responses: 2, funnel: { shown: 3, answered: 2, ignored: 1, commented: 1 } });
		expect(await rowsOf(site, "ask")).toEqual({ [shard]: 3 });
	});

	test("lists, exports, deletes and erases", async () => {
		await send(site, { transaction: "SPAM", comment: "Buy." });
		await send(site, { transaction: "ANN", customer: "ann", comment: "Mine." });
		const { responses } = (await call(site, "GET", "/v1/responses")).json;
		const spam = responses.find(({ transaction }: { transaction: string }) => transaction === "SPAM");
		expect((await call(site, "GET", "/v1/responses.csv")).json).toContain("SPAM");
		expect((await call(site, "DELETE", `/v1/responses/${spam.id}`)).status).toBe(204);
		expect(await call(site, "DELETE", "/v1/customers/ann")).toMatchObject({ status: 200, json: { erased: 1 } });
		expect(JSON.stringify((await call(site, "GET", "/v1/responses")).json)).not.toMatch(/SPAM|Buy|"ann"|Mine/);
		expect(await rowsOf(site, "tombstone")).toEqual({ [shard]: 2 }); // The deleted answer's, and the customer's.
	});

	test("changes its settings, surveys and keys", async () => {
		expect((await call(site, "PATCH", "/v1/site", { name: `Shop of ${shard}` })).json).toMatchObject({
			name: `Shop of ${shard}`,
		});
		expect((await call(site, "POST", "/v1/surveys", { slug: "delivery", metric: "ces" })).status).toBe(201);
		expect((await call(site, "PATCH", "/v1/surveys/delivery", { goal: 6 })).json).toMatchObject({ goal: 6 });
		expect((await send(site, { survey: "delivery", score: 7 })).status).toBe(201);
		const { key, secret_key } = (await call(site, "POST", "/v1/keys", { name: "Second", scopes: ["scores:read"] })).json;
		const second = { ...site, secretKey: secret_key };
		expect((await call(second, "GET", "/v1/site")).json).toMatchObject({ id: site.id, name: `Shop of ${shard}` });
		expect((await call(site, "DELETE", `/v1/keys/${key.id}`)).status).toBe(204);
		expect((await call(second, "GET", "/v1/site")).status).toBe(401);
		const { entries } = (await call(site, "GET", "/v1/audit")).json;
		expect(entries.map(({ action }: { action: string }) => action)).toContain("DELETE /v1/keys/:id");
		expect(await rowsOf(site, "api_key")).toEqual({ DB: 1 });
	});

	test("signs its orders", async () => {
		const { secret, signing_secret } = (await call(site, "POST", "/v1/signing-secrets")).json;
		const signer = { site: site.publicKey, kid: secret.kid, secret: signing_secret };
		expect((await send(site, { token: tokenOf(signer, "SIGNED", "zoe"), score: 10 })).status).toBe(201);
		const again = await send(site, { token: tokenOf(signer, "SIGNED", "zoe"), score: 0 });
		expect(await again.json()).toEqual({ status: "already_answered" });
		expect((await call(site, "GET", "/v1/customers/zoe")).json.responses).toHaveLength(1);
		expect(await rowsOf(site, "signing_secret")).toEqual({ [shard]: 1 });
		await call(site, "PATCH", "/v1/site", { token_mode: "off" });
	});

	test("is evaluated by the scheduled run", async () => {
		const db = await collector.dbOf(site.id);
		const asks = [...madeUpAsks(3_000, 200, 5, Date.now() - 2 * DAY_MS)].filter(({ survey }) => survey === "csat");
		const fallen = asks.map((ask) => (ask.score !== null && Date.now() - ask.shownAt < 28 * DAY_MS ? { ...ask, score: 1 } : ask));
		await loadAsks(db, { id: site.id, timezone: "Europe/Rome" }, fallen);
		await db.prepare("UPDATE site SET evaluate_at = iif(id = ?1, 0, 9e15)").bind(site.id).run();
		await collector.nightly(Date.now());
		expect((await call(site, "GET", "/v1/alerts")).json.alerts.length).toBeGreaterThan(0);
		expect((await call(site, "GET", "/v1/surveys/csat/baselines")).json.baselines).toHaveLength(1);
		expect(Object.keys(await rowsOf(site, "episode"))).toEqual([shard]);
	});

	test("shares its score with shoppers", async () => {
		await call(site, "PATCH", "/v1/surveys/csat", { share_score: true });
		expect((await (await send(site, { survey: "csat", score: 5 })).json()).score).toMatchObject({
			metric: "csat",
			window: "30d",
		});
		expect(await rowsOf(site, "shared_score")).toEqual({ [shard]: 1 });
	});

	test("is written through the queue while its shard has too much to do; the others notice nothing", async () => {
		await fail(collector, { kind: "overloaded", shard });
		for (const [name, other] of sites) expect([name, (await send(other, {})).status]).toEqual([name, name === shard ? 202 : 201]);
		expect((await send(site, { transaction: "QUEUED" })).status).toBe(202);
		await fail(collector, { kind: "none" });
		const stored = async () =>
			(await collector.dbOf(site.id))
				.prepare(`SELECT count(*) AS n FROM ask WHERE site = ?1 AND "transaction" = 'QUEUED'`)
				.bind(site.id)
				.first();
		await expect.poll(stored, { timeout: 120_000, interval: 100 }).toEqual({ n: 1 });
	});

	test("opens nothing of a site in another shard, nor of one in its own", async () => {
		const neighbour = await collector.makeSite();
		const { paths } = await (await collector.fetch("/openapi.json")).json();
		for (const mine of [...sites.values(), neighbour]) {
			await send(mine, { transaction: "MINE-1", comment: "Mine." });
			const { responses } = (await call(mine, "GET", "/v1/responses")).json;
			const { keys } = (await call(mine, "GET", "/v1/keys")).json;
			await call(mine, "POST", "/v1/surveys", { slug: "mine-only", metric: "nps" });
			const names = {
				"{survey}": "mine-only",
				"{customer}": "mine",
				"{transaction}": "MINE-2",
				"{kid}": "abcdef",
				"{id}": responses[0].id,
			};
			for (const [path, item] of Object.entries(paths)) {
				if (!path.startsWith("/v1/") || !path.includes("{")) continue;
				const named = path.startsWith("/v1/keys") ? { ...names, "{id}": keys[0].id } : names;
				const address = path.replace(
					/\{\w+\}/g,
					(name) => Object.entries(named).find(([each]) => each === name)?.[1] ?? "nothing",
				);
				for (const [method, { tags = [] }] of Object.entries<{ tags?: string[] }>(Object(item))) {
					if (tags.includes("Operator")) continue;
					const { status, json } = await call(
						site,
						method.toUpperCase(),
						address,
						method === "patch" || method === "post" ? {} : undefined,
					);
					// To erase a customer nobody has heard of erases nobody.
					if (/^\/v1\/(customers|transactions)\//.test(path) && method === "delete") expect(json).toMatchObject({ erased: 0 });
					else expect([method, path, status]).toEqual([method, path, 404]);
				}
			}
			expect((await call(mine, "GET", "/v1/responses")).json.responses).toHaveLength(responses.length);
		}
	});
});

test("every row of every table lies in its site's shard; keys and places are the directory's", async () => {
	const filled = new Set<string>();
	const places = await placesOf(collector);
	for (const [name, db] of collector.shards) {
		const tables = await db
			.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
			.all();
		for (const table of tables.results.map((row) => String(row["name"]))) {
			const { results } = await db.prepare(`SELECT * FROM "${table}"`).all();
			for (const row of results) {
				const site = table === "site" ? row["id"] : row["site"];
				if (site === undefined) continue;
				const where = ["api_key", "place"].includes(table) ? "DB" : places.get(String(site));
				expect([table, site, name]).toEqual([table, site, where]);
				filled.add(`${name} ${table}`);
			}
		}
	}
	const own = "ask audit baseline episode shared_score signing_secret site survey survey_version tally tombstone".split(" ");
	for (const name of SHARDS) for (const table of own) expect([...filled]).toContain(`${name} ${table}`);
	expect(await count(collector, "DB", "api_key")).toBeGreaterThanOrEqual(places.size);
	expect(await collector.drift()).toEqual([]);
});

test("a site that is known is served while the directory is away", async () => {
	await fail(collector, { kind: "overloaded", shard: "DB", sql: "" });
	for (const shard of ["DB_2", "DB_3"]) {
		expect((await send(siteOf(shard), {})).status).toBe(201);
		expect((await call(siteOf(shard), "GET", "/v1/scores")).status).toBe(503);
	}
});
