import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { makeEndpoint } from "../harness/endpoint.ts";
import { startTarget, type Target } from "../harness/target.ts";

/** Milliseconds after which an answer that nobody touched is told. */
const RESTED = 91_000;

let collector: TestCollector;
let target: Target;
beforeAll(async () => {
	collector = await startCollector({ vars: { AFTERWORD_LOOPBACK_TARGETS: "1" } });
});
beforeEach(async () => {
	target = await startTarget();
});
afterEach(async () => {
	await collector.db.prepare("DELETE FROM endpoint").run();
	await collector.db.prepare("DELETE FROM event_due").run();
	await target.stop();
});
afterAll(() => collector.stop());

const rows = async <Row>(sql: string) => (await collector.db.prepare(sql).all<Row>()).results;
const deliveries = () =>
	rows<{ id: string; type: string; state: string; tries: number }>(
		"SELECT id, type, state, tries FROM delivery ORDER BY type, id",
	);

test("a low answer and its case are told once, signed, with score and comment in one", async () => {
	const { secret } = await makeEndpoint(collector, target.url, { comments: true });
	const tap = collector.ask({ score: 2, customer: "someone-else", segments: { channel: "page" } as never });
	await collector.send(tap);
	await collector.send({ ...tap, rev: 2, drivers: ["delivery"] });
	await collector.send({ ...tap, rev: 3, drivers: ["delivery"], comment: "Late." });
	await collector.minute(Date.now());
	expect(await deliveries()).toEqual([]);
	await collector.minute(Date.now() + RESTED);
	await collector.minute(Date.now() + RESTED);

	await target.until(2);
	const told = target.verified(secret);
	expect(told.map(({ type }) => type).sort()).toEqual(["answer.scored", "case.opened"]);
	for (const { data } of told)
		expect(data).toMatchObject({
			survey: "nps",
			score: 2,
			group: "detractors",
			drivers: ["delivery"],
			comment: "Late.",
			customer: null,
		});
	await expect
		.poll(deliveries)
		.toEqual([
			expect.objectContaining({ type: "answer.scored", state: "delivered", tries: 1 }),
			expect.objectContaining({ type: "case.opened", state: "delivered", tries: 1 }),
		]);
	await collector.send({ ...tap, rev: 4, score: 3, drivers: ["delivery"], comment: "Late." });
	await collector.minute(Date.now() + 3 * RESTED);
	await target.until(3);
	expect(target.verified(secret).at(-1)).toMatchObject({ type: "answer.updated", data: { score: 3 } });
});
