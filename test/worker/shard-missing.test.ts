import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { queuedRevision } from "../harness/queued-revision.ts";
import { count, placesOf, siteOfEach } from "../harness/sharded.ts";

let state: string;
let collector: TestCollector;
/** A site in each shard; the third shard is taken from the Worker before each test that needs it gone. */
let first: TestSite;
let second: TestSite;
let third: TestSite;
beforeAll(async () => {
	state = await mkdtemp(join(tmpdir(), "afterword-shards-"));
	collector = await startCollector({ shards: 3, state });
	const sites = await siteOfEach(collector);
	[first, second, third] = ["DB", "DB_2", "DB_3"].map((shard) => sites.get(shard) ?? collector.site) as [
		TestSite,
		TestSite,
		TestSite,
	];
	for (const site of sites.values()) await collector.send({ ...collector.ask({ score: 10 }), site: site.publicKey });
	await collector.restart(2);
});
afterAll(async () => {
	await collector.stop();
	await rm(state, { recursive: true });
});

const asks = async () => [await count(collector, "DB", "ask"), await count(collector, "DB_2", "ask")];

/** A revision as the queue brings it. */
const queued = (site: string) => ({ attempts: 1, body: { site, revision: queuedRevision(Date.now()) } });

test("a site whose shard is not bound is unavailable at every door, and nothing is stored in another", async () => {
	const before = await asks();
	const { paths } = await (await collector.fetch("/openapi.json")).json();
	const said: Response[] = [
		await collector.send({ ...collector.ask(), site: third.publicKey }),
		await collector.fetch(`/w/${third.publicKey}.js`),
		await collector.fetch(`/w/${third.publicKey}.lazy.js`),
		await collector.fetch(`/s/${third.publicKey}/nps`),
		await collector.fetch(`/s/${third.publicKey}/nps.js`),
	];
	for (const [path, item] of Object.entries(paths))
		for (const [name, { tags = [] }] of Object.entries<{ tags?: string[] }>(Object(item))) {
			// The operator's are about no site.
			if (!path.startsWith("/v1/") || tags.includes("Operator") || path === "/v1/responses") continue;
			const method = name.toUpperCase();
			const body = method === "POST" || method === "PATCH" ? { body: "{}" } : {};
			said.push(await collector.owner(path.replace(/\{\w+\}/g, "nps"), { method, ...body }, third));
		}
	expect(said.length).toBeGreaterThan(20);
	for (const response of said) {
		expect([response.url, response.status]).toEqual([response.url, 503]);
		expect(Number(response.headers.get("retry-after"))).toBeGreaterThanOrEqual(30);
		expect(await response.json()).toMatchObject({ code: "unavailable", status: 503 });
	}
	expect(await asks()).toEqual(before);
});

test("the sites of the other shards go on, and a new one is made in one of them", async () => {
	for (const site of [first, second]) {
		expect((await collector.send({ ...collector.ask(), site: site.publicKey })).status).toBe(201);
		expect((await collector.owner("/v1/scores", {}, site)).status).toBe(200);
	}
	const made = await collector.makeSite();
	expect(["DB", "DB_2"]).toContain((await placesOf(collector)).get(made.id));
	await collector.nightly(Date.now());
});

test("what the queue brings for such a site, or for none, is wanted again; the rest is kept", async () => {
	const before = await asks();
	const brought = [third.id, first.id, "nobodysSite1", second.id, third.id].map(queued);
	expect(await collector.bring(brought)).toEqual([1, 3]);
	expect(await asks()).toEqual(before.map((n) => n + 1));
	await collector.restart(3);
	expect(await collector.bring(brought)).toEqual([0, 1, 3, 4]);
	expect(await asks()).toEqual(before.map((n) => n + 1));
	expect(await count(collector, "DB_3", "ask")).toBe(3);
	expect(await collector.drift()).toEqual([]);
});

test("once the shard is bound again everything of the site is there", async () => {
	const [nps] = (await (await collector.owner("/v1/scores?survey=nps", {}, third)).json()).scores;
	expect(nps).toMatchObject({ responses: 3, value: 100 });
	expect((await collector.send({ ...collector.ask(), site: third.publicKey })).status).toBe(201);
});

test("a shard that is bound to a database of others is unavailable: nobody is told that the site is gone", async () => {
	const change = async (sql: string) => (await collector.dbOf(third.id)).prepare(sql).bind(third.id).run();
	await change("UPDATE site SET id = 'others' WHERE id = ?1");
	await collector.restart(3);
	expect((await collector.send({ ...collector.ask(), site: third.publicKey })).status).toBe(503);
	expect((await collector.fetch(`/w/${third.publicKey}.js`)).status).toBe(503);
	expect((await collector.owner("/v1/scores", {}, third)).status).toBe(503);
	await change("UPDATE site SET id = ?1, shard = 'DB_2' WHERE id = 'others'");
	expect((await collector.owner("/v1/scores", {}, third)).status).toBe(503);
});

test("a name in the directory that is no shard's never reaches another binding", async () => {
	for (const shard of ["INGEST", "AFTERWORD_SECRET", "DB_", "DB_2x", "__proto__", ""]) {
		await collector.db.prepare("UPDATE place SET shard = ?2 WHERE site = ?1").bind(second.id, shard).run();
		await collector.restart(3);
		expect([shard, (await collector.owner("/v1/site", {}, second)).status]).toEqual([shard, 503]);
	}
});
