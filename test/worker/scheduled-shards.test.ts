import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { fail, placesOf } from "../harness/sharded.ts";

const RUN_MS = 5 * 60 * 1000;

/** More shards than sites are evaluated in one run. */
const SHARDS = 10;
const SITES_A_RUN = 8;

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector({ shards: SHARDS, entry: "faulty", vars: { D1_CALLS: "900" } });
	for (let made = 1; made < 3 * SHARDS; made++) await collector.makeSite();
	// Whose turn it is, is what is looked at here; a site without a survey is evaluated at once.
	for (const db of collector.shards.values()) await db.prepare("DELETE FROM survey").run();
});
afterEach(() => fail(collector, { kind: "none" }));
afterAll(() => collector.stop());

/** Makes every site due, those of the first shards for the longest time. */
async function allDue(shards = [...collector.shards.keys()]): Promise<void> {
	for (const [name, db] of collector.shards)
		await db
			.prepare("UPDATE site SET evaluate_at = ?1")
			.bind(shards.includes(name) ? shards.indexOf(name) : 9e15)
			.run();
}

/** Sites of each shard whose turn has come since, by the shard's name. */
async function done(): Promise<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const [name, db] of collector.shards) {
		const query = db.prepare("SELECT count(*) AS n FROM site WHERE evaluate_at > 1000 AND evaluate_at < 9e15");
		const row = await query.first<{ n: number }>();
		if (row?.n) counts[name] = row.n;
	}
	return counts;
}

test("sites are spread over ten shards", async () => {
	const shards = [...(await placesOf(collector)).values()];
	for (const name of collector.shards.keys()) expect(shards.filter((each) => each === name)).toHaveLength(3);
});

test("a run does as many in one shard as in another, however long those of one have waited", async () => {
	await allDue(["DB", "DB_2", "DB_3"]);
	await collector.nightly(Date.now());
	expect(Object.values(await done()).sort()).toEqual([2, 3, 3]);
	await collector.nightly(Date.now() + RUN_MS);
	expect(await done()).toEqual({ DB: 3, DB_2: 3, DB_3: 3 });
});

test("where there are more shards than one run does sites, no shard waits for another that always has some due", async () => {
	const now = Date.now();
	const seen = new Map<string, number>();
	for (let run = 0; run < SHARDS; run++) {
		await allDue();
		await collector.nightly(now + run * RUN_MS);
		const counts = await done();
		expect(Object.values(counts)).toEqual(Array.from({ length: SITES_A_RUN }, () => 1));
		for (const name of Object.keys(counts)) seen.set(name, (seen.get(name) ?? 0) + 1);
	}
	expect([...seen.values()]).toEqual(Array.from({ length: SHARDS }, () => SITES_A_RUN));
});

test.for([
	["cannot say what is due", "UPDATE site SET evaluate_at"],
	["cannot be read", "SELECT .* FROM survey"],
	["cannot be written", "UPDATE site"],
] as const)("a shard that %s keeps none waiting", async ([, sql]) => {
	await allDue(["DB", "DB_2"]);
	await fail(collector, { kind: "overloaded", shard: "DB_2", sql });
	for (let run = 0; run < 3; run++) await collector.nightly(Date.now() + run * RUN_MS);
	expect(await done()).toMatchObject({ DB: 3 });
});
