import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { loadAsks } from "../../local/load-asks.ts";
import { OPERATOR_KEY, startCollector, type TestCollector } from "../harness/collector.ts";
import { madeUpAsks } from "../harness/made-up-asks.ts";
import { count, fail, placesOf } from "../harness/sharded.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ shards: 3, entry: "faulty" });
});
afterEach(() => fail(collector, { kind: "none" }));
afterAll(() => collector.stop());

const make = () =>
	collector.fetch("/v1/sites", {
		method: "POST",
		headers: { authorization: `Bearer ${OPERATOR_KEY}`, "content-type": "application/json" },
		body: JSON.stringify({ name: "New", origins: ["https://shop.example"] }),
	});

/** Sites per shard, as the directory has them. */
async function spread(): Promise<Record<string, number>> {
	const counts: Record<string, number> = { DB: 0, DB_2: 0, DB_3: 0 };
	for (const shard of (await placesOf(collector)).values()) counts[shard] = (counts[shard] ?? 0) + 1;
	return counts;
}

/** Makes a site, and gives the shard it lives in. */
async function shardOfNew(): Promise<string | undefined> {
	const { id } = await collector.makeSite();
	return (await placesOf(collector)).get(id);
}

/** Everything that the directory could find a site by. */
const findable = async () => [await count(collector, "DB", "place"), await count(collector, "DB", "api_key")];

/** The sites of a shard that the directory does not name: id and public key. */
async function unnamed(shard: string): Promise<{ id: string; public_key: string }[]> {
	const places = await placesOf(collector);
	const { results } = await Object(collector.shards.get(shard)).prepare("SELECT id, public_key FROM site").all();
	return results.filter(({ id }: { id: string }) => !places.has(id));
}

test("each new site goes where the fewest are", async () => {
	for (let i = 1; i < 6; i++) await collector.makeSite();
	expect(await spread()).toEqual({ DB: 2, DB_2: 2, DB_3: 2 });
});

test("among equals it goes where the database is smallest", async () => {
	for (const [shard, asks] of [
		["DB", 1_000],
		["DB_2", 3_000],
		["DB_3", 2_000],
	] as const) {
		const { id } = Object(await collector.shards.get(shard)?.prepare("SELECT id FROM site LIMIT 1").first());
		await loadAsks(await collector.dbOf(id), { id, timezone: "UTC" }, madeUpAsks(asks, 30, 1, Date.now()));
	}
	for (const shard of ["DB", "DB_3", "DB_2"]) expect(await shardOfNew()).toBe(shard);
});

test("a shard that does not answer is no reason not to make one in another", async () => {
	await fail(collector, { kind: "overloaded", shard: "DB", sql: "SELECT 1" });
	expect(await shardOfNew()).toBe("DB_3");
	await fail(collector, { kind: "none" });
	await collector.makeSite();
	await collector.makeSite();
	expect(await spread()).toEqual({ DB: 4, DB_2: 4, DB_3: 4 });
});

test("a fault between its two databases leaves nothing that serves, and to try again makes another site", async () => {
	const [before, spreadBefore] = [await findable(), await spread()];
	await fail(collector, { kind: "lost", shard: "DB", sql: "INSERT INTO place" });
	// In the directory's own shard there is one write, and it is the whole site or none.
	await collector.db
		.prepare("INSERT INTO place (site, public_key, shard, created_at) VALUES ('filler', 'filler', 'DB', 0)")
		.run();
	expect((await make()).status).toBe(503);
	await collector.db.prepare("DELETE FROM place WHERE site = 'filler'").run();
	expect(await findable()).toEqual(before);
	const halves = [...(await unnamed("DB_2")), ...(await unnamed("DB_3"))];
	expect(halves).toHaveLength(1);
	const [{ id, public_key: key } = { id: "", public_key: "" }] = halves;

	await fail(collector, { kind: "none" });
	expect((await collector.send({ ...collector.ask(), site: key })).status).toBe(404);
	for (const path of [`/w/${key}.js`, `/w/${key}.lazy.js`, `/s/${key}/nps`, `/s/${key}/nps.js`])
		expect([path, (await collector.fetch(path)).status]).toEqual([path, 404]);
	expect(await collector.bring([])).toEqual([]);
	await collector.nightly(Date.now());

	expect((await make()).status).toBe(201);
	expect((await placesOf(collector)).has(id)).toBe(false);
	expect(Object.values(await spread()).reduce((a, b) => a + b)).toBe(Object.values(spreadBefore).reduce((a, b) => a + b) + 1);
});

test("a fault before its own database has it leaves nothing at all", async () => {
	const before = [await findable(), await unnamed("DB"), await unnamed("DB_2"), await unnamed("DB_3")];
	await fail(collector, { kind: "lost", sql: "INSERT INTO site" });
	expect((await make()).status).toBe(503);
	expect([await findable(), await unnamed("DB"), await unnamed("DB_2"), await unnamed("DB_3")]).toEqual(before);
});

test("a directory that loses the connection after it has the site gives one site and a key that opens it", async () => {
	const [places = 0, keys = 0] = await findable();
	const statuses: number[] = [];
	for (let i = 0; i < 4; i++) {
		await fail(collector, { kind: "lost-after-commit", shard: "DB", sql: "INSERT INTO place", times: 2 });
		const response = await make();
		statuses.push(response.status);
		const { site, secret_key } = await response.json();
		const made = { id: site.id, publicKey: site.public_key, secretKey: secret_key };
		expect((await collector.owner("/v1/surveys", {}, made)).status).toBe(200);
		expect((await collector.send({ ...collector.ask(), site: made.publicKey })).status).toBe(201);
	}
	expect(statuses).toEqual([201, 201, 201, 201]);
	expect(await findable()).toEqual([places + 4, keys + 4]);
});

test("sites that are made at the same moment are all whole", async () => {
	const made = await Promise.all(Array.from({ length: 12 }, () => collector.makeSite()));
	for (const site of made) {
		const { surveys } = await (await collector.owner("/v1/surveys", {}, site)).json();
		expect(surveys).toHaveLength(3);
		expect((await collector.fetch(`/w/${site.publicKey}.js`)).status).toBe(200);
	}
	expect(new Set(made.map(({ id }) => id)).size).toBe(12);
});
