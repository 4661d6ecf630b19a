import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());

const share = (share_score: boolean) =>
	collector.owner("/v1/surveys/csat", { method: "PATCH", body: JSON.stringify({ share_score }) });
const answer = async (score: number) => (await collector.send(collector.ask({ survey: "csat", score }))).json();
const computedTenMinutesAgo = () => collector.db.prepare("UPDATE shared_score SET computed_at = computed_at - 600000").run();

test("a shopper sees the shop's score only where the owner shares it, from 30 answers, rounded, and at most every ten minutes anew", async () => {
	for (let i = 0; i < 30; i++) expect(await answer(i % 3 === 0 ? 2 : 5)).toEqual({ status: "stored" });
	await share(true);
	expect(await answer(5)).toEqual({ status: "stored", score: { metric: "csat", value: 68, responses: 31, window: "30d" } });
	expect((await answer(1)).score).toMatchObject({ value: 68, responses: 31 });
	await computedTenMinutesAgo();
	expect((await answer(1)).score).toMatchObject({ value: 64, responses: 33 });
	await share(false);
	expect(await answer(5)).toEqual({ status: "stored" });
});

test("below 30 answers nothing is shared", async () => {
	await collector.owner("/v1/surveys/ces", { method: "PATCH", body: JSON.stringify({ share_score: true }) });
	expect(await (await collector.send(collector.ask({ survey: "ces", score: 7 }))).json()).toEqual({ status: "stored" });
});

test("what was only shown or dismissed is told no score", async () => {
	await share(true);
	await computedTenMinutesAgo();
	const dismissed = await collector.send(collector.ask({ survey: "csat", status: "dismissed" }));
	expect(await dismissed.json()).toEqual({ status: "stored" });
});
