import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ask } from "../../shared/ask-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ segments: { plan: ["free", "gold"] } }) });
});
afterAll(() => collector.stop());

const revision = fc.record({
	ask: fc.nat(4),
	rev: fc.nat(5),
	status: fc.constantFrom("shown", "dismissed", "answered"),
	score: fc.integer({ min: 1, max: 5 }),
	drivers: fc.subarray(["price", "delivery", "payment"]),
	comment: fc.option(fc.constantFrom("good", "bad")),
	plan: fc.constantFrom("free", "gold", "silver"),
	device: fc.constantFrom("phone", "desktop"),
	daysAgo: fc.nat(6),
});
const step = fc.oneof(
	{ weight: 12, arbitrary: revision.map((value) => ({ kind: "send" as const, ...value })) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), nth: fc.nat(4) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant("erase" as const), ask: fc.nat(4) }) },
);

test("the tally equals a recount after any asks, retries, edits, erasures and deletes, sent at once", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
			const ids = Array.from({ length: 5 }, () => randomUUID());
			await Promise.all(
				steps.map(async (move) => {
					if (move.kind === "erase") {
						await collector.owner(`/v1/customers/customer-${move.ask}`, { method: "DELETE" });
					} else if (move.kind === "delete") {
						const { responses } = await (await collector.owner("/v1/responses?limit=5")).json();
						const victim = responses[move.nth];
						if (victim) await collector.owner(`/v1/responses/${victim.id}`, { method: "DELETE" });
					} else {
						const answered = move.status === "answered";
						const response = await collector.send({
							...collector.ask({ survey: "csat", id: ids[move.ask] ?? "", rev: move.rev }),
							status: move.status,
							score: answered ? move.score : undefined,
							...(answered ? { drivers: move.drivers, comment: move.comment } : {}),
							customer: `customer-${move.ask}`,
							segments: { plan: move.plan },
							device: move.device,
							age_ms: move.daysAgo * DAY_MS,
						});
						expect(response.status).toBeLessThan(300);
					}
				}),
			);
			expect(await collector.drift()).toEqual([]);
		}),
		{ numRuns: 25, seed: 20_261_122 },
	);
});

test("whatever the order of arrival, the same revisions end in the same answer", async () => {
	const revisions: Partial<Ask>[] = [
		{ rev: 0, status: "shown" },
		{ rev: 1, status: "dismissed" },
		{ rev: 2, status: "answered", score: 2 },
		{ rev: 3, status: "answered", score: 4, comment: "Better." },
		{ rev: 4, status: "dismissed" },
	];
	await fc.assert(
		fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), fc.boolean(), async (order, atOnce) => {
			const base = { survey: "csat", id: randomUUID(), transaction: randomUUID() };
			const asks = order.map((i) => collector.ask({ ...base, ...revisions[i] }));
			if (atOnce) await Promise.all(asks.map((ask) => collector.send(ask)));
			else for (const ask of asks) await collector.send(ask);
			const row = await collector.db
				.prepare('SELECT rev, status, score, comment FROM ask WHERE "transaction" = ?1')
				.bind(base.transaction)
				.first();
			expect(row).toEqual({ rev: 3, status: "answered", score: 4, comment: "Better." });
		}),
		{ numRuns: 20, seed: 7 },
	);
	expect(await collector.drift()).toEqual([]);
});

test("deleting rows whose day retention has passed leaves the daily counts", async () => {
	await collector.send(collector.ask({ survey: "ces", score: 6, age_ms: 5 * DAY_MS }));
	const before = await collector.score("ces");
	await collector.db.prepare("UPDATE site SET raw_from = '2999-01-01' WHERE id = ?1").bind(collector.site.id).run();
	await collector.db.prepare("DELETE FROM ask WHERE site = ?1 AND survey = 'ces'").bind(collector.site.id).run();
	expect(await collector.score("ces")).toEqual(before);
	await collector.db.prepare("UPDATE site SET raw_from = NULL WHERE id = ?1").bind(collector.site.id).run();
});
