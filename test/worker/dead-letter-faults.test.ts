import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { queuedRevision } from "../harness/queued-revision.ts";
import { count, fail, siteIn } from "../harness/sharded.ts";

let collector: TestCollector;
/** A site in the first shard, which is the directory too, and one in the second. */
let first: TestSite;
let second: TestSite;
beforeAll(async () => {
	collector = await startCollector({ entry: "faulty", shards: 2 });
});
beforeEach(async () => {
	[first, second] = [await siteIn(collector, "DB"), await siteIn(collector, "DB_2")];
});
afterEach(() => fail(collector, { kind: "none" }));
afterAll(() => collector.stop());

const letter = ({ id: site }: TestSite) => ({ site, revision: queuedRevision(Date.now()) });
const brought = (bodies: readonly unknown[]) =>
	collector.bring(
		bodies.map((body) => ({ body, attempts: 1 })),
		"afterword-dead",
	);
const asksOf = async ({ id }: TestSite) => {
	const db = await collector.dbOf(id);
	return (await db.prepare("SELECT count(*) AS n FROM ask WHERE site = ?1").bind(id).first<{ n: number }>())?.n;
};
const replay = async (): Promise<unknown> => {
	const response = await collector.operator("/v1/dead-letters/replay", { method: "POST", body: "{}" });
	return [response.status, await response.json()];
};

test("what cannot even be kept as a dead letter is wanted again, and keeps no other from being stored", async () => {
	await fail(collector, { kind: "overloaded", sql: "INSERT INTO dead_letter" });
	expect(await brought([letter(first), "unreadable", letter(second)])).toEqual([0, 2]);
	expect([await asksOf(first), await asksOf(second), await count(collector, "DB", "dead_letter")]).toEqual([1, 1, 0]);
	await fail(collector, { kind: "none" });
	expect(await brought(["unreadable"])).toEqual([0]);
	expect(await count(collector, "DB", "dead_letter")).toBe(1);
	await collector.db.prepare("DELETE FROM dead_letter").run();
});

test("a shard that does not answer keeps no letter of another from being stored, nor its own from being kept", async () => {
	await fail(collector, { kind: "overloaded", shard: "DB_2", sql: "" });
	expect(await brought([letter(second), letter(first)])).toEqual([0, 1]);
	expect([await asksOf(first), await count(collector, "DB", "dead_letter")]).toEqual([1, 1]);

	await collector.deliver("afterword-dead", [letter(first)], Date.now());
	expect(await replay()).toEqual([200, { kept: 0, failed: [{ id: expect.any(String), reason: expect.any(String) }], left: 1 }]);
	await fail(collector, { kind: "none" });
	expect(await replay()).toMatchObject([200, { kept: 1, left: 0 }]);
	expect([await asksOf(second), await collector.drift()]).toEqual([1, []]);
});
