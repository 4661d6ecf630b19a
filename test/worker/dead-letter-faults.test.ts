import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { erase } from "../harness/erasures.ts";
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

const letter = ({ id: site }: TestSite, changes: object = {}) => ({ site, revision: queuedRevision(Date.now(), changes) });
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

describe("what was erased or deleted", () => {
	const ANN = { customer: "ann@example.com", comment: "It is Ann.", shownAt: Date.now() - 60 * 60 * 1000 };
	/** What no release of ours can write. */
	const unreadable = { score: "nine" };
	beforeEach(async () => {
		await collector.db.prepare("DELETE FROM dead_letter").run();
	});
	const bodies = async () =>
		(await collector.db.prepare("SELECT body FROM dead_letter").all<{ body: string }>()).results.map(({ body }) => body);
	/** An answer of Ann's in the second shard, and the id it is kept under. */
	const answered = async (): Promise<string> => {
		await collector.send({ ...collector.ask({ customer: ANN.customer, age_ms: 60 * 60 * 1000 }), site: second.publicKey });
		const db = await collector.dbOf(second.id);
		return String((await db.prepare("SELECT id FROM ask WHERE site = ?1").bind(second.id).first())?.["id"]);
	};
	const remove = async (id: string) => (await collector.owner(`/v1/responses/${id}`, { method: "DELETE" }, second)).status;

	test("is known before its letters are gone through: one that comes between is kept without a name, and the count is right", async () => {
		await answered();
		await fail(collector, { kind: "overloaded", sql: "UPDATE dead_letter", times: 1 });
		expect((await erase(collector, "customer", ANN.customer, second))[0]).toBe(503);
		expect(await brought([letter(second, { ...ANN, ...unreadable })])).toEqual([0]);
		expect(await bodies()).toEqual([expect.not.stringContaining("Ann")]);
		expect(await erase(collector, "customer", ANN.customer, second)).toEqual([200, { erased: 1 }]);
	});

	test("leaves no letter where its first try ended before it had come to them", async () => {
		const id = await answered();
		await brought([letter(second, { ...ANN, ...unreadable, id }), letter(second, unreadable)]);
		await fail(collector, { kind: "overloaded", sql: "DELETE FROM dead_letter", times: 1 });
		expect(await remove(id)).toBe(503);
		expect((await bodies()).filter((body) => body.includes("Ann"))).toHaveLength(1);
		expect(await remove(id)).toBe(404);
		expect(await bodies()).toEqual([expect.not.stringContaining("Ann")]);
	});

	test("is known by the list outside the databases where the site's own does not answer", async () => {
		const [erased, deleted] = [await answered(), "d".repeat(32)];
		const db = await collector.dbOf(second.id);
		await db.prepare("UPDATE ask SET id = ?2, customer = NULL WHERE site = ?1").bind(second.id, deleted).run();
		expect(await remove(deleted)).toBe(204);
		await erase(collector, "customer", ANN.customer, second);
		await fail(collector, { kind: "overloaded", shard: "DB_2", sql: "" });
		const later = { shownAt: Date.now() + 1_000, comment: "Back again." };
		await brought([
			letter(second, { ...ANN, id: erased }),
			letter(second, { id: deleted }),
			letter(second, { ...ANN, ...later }),
		]);
		expect((await bodies()).map((body) => JSON.parse(body).revision.comment).toSorted()).toEqual(["Back again.", null]);
	});
});
