import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector, type TestCollector } from "../harness/collector.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
	await collector.send(collector.ask({ comment: "Said." }));
	await collector.owner("/v1/site"); // From now on the key's day of use is noted.
});
afterAll(() => collector.stop());

/** What a reply says it cost. */
function costOf(response: Response) {
	const said = response.headers.get("server-timing") ?? "";
	const [, ms, queries, read, written, total] =
		/^db;dur=([\d.]+);desc="(\d+) queries, (\d+) rows read, (\d+) written", total;dur=(\d+)$/.exec(said) ?? [];
	return { ms: Number(ms), queries: Number(queries), read: Number(read), written: Number(written), total: Number(total) };
}

test("every reply to a key says what it cost, as the database itself counts", async () => {
	for (const path of [
		"/v1/site",
		"/v1/surveys",
		"/v1/scores?window=7d,30d",
		"/v1/segments?key=device",
		"/v1/drivers",
		"/v1/silence",
		"/v1/responses",
		"/v1/audit",
	]) {
		const response = await collector.owner(path);
		const cost = costOf(response);
		expect([path, response.status, cost.read, cost.written]).toEqual([
			path,
			200,
			Number(response.headers.get("x-rows-read")),
			Number(response.headers.get("x-rows-written")),
		]);
		expect(cost.queries).toBeGreaterThanOrEqual(2);
		expect([cost.ms >= 0, cost.total >= 0]).toEqual([true, true]);
	}
	const changed = await collector.owner("/v1/site", { method: "PATCH", body: JSON.stringify({ name: "Renamed" }) });
	expect(costOf(changed).written).toBeGreaterThan(0);
	expect(costOf(await collector.operator("/v1/health")).queries).toBeGreaterThan(5);
});

test("a refusal of a known key says it too, and an unchanged reply", async () => {
	expect(costOf(await collector.owner("/v1/scores?window=never"))).toMatchObject({ queries: 2 });
	const etag = (await collector.owner("/v1/scores")).headers.get("etag") ?? "";
	const same = await collector.owner("/v1/scores", { headers: { "if-none-match": etag } });
	expect([same.status, costOf(same).queries > 2]).toEqual([304, true]);
});

test("a stranger learns nothing of it: no page, no wrong key, whatever it sends", async () => {
	const withKey = { authorization: `Bearer ${collector.site.secretKey}` };
	const wrong = `${collector.site.secretKey.slice(0, -1)}${collector.site.secretKey.endsWith("0") ? "1" : "0"}`;
	for (const response of [
		await collector.send(collector.ask()),
		await collector.send(collector.ask(), withKey),
		await collector.send(collector.ask({ score: 99 })),
		await collector.fetch("/v1/scores"),
		await collector.fetch("/v1/scores", { headers: { authorization: `Bearer ${wrong}` } }),
		await collector.fetch("/v1/health", { headers: { authorization: "Bearer guess" } }),
		await collector.fetch("/v1/nothing", { headers: withKey }),
	])
		expect([response.status, response.headers.get("server-timing")]).toEqual([response.status, null]);
});
