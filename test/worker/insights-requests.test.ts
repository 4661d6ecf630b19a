import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestCollector } from "../harness/collector.ts";
import { listOf, startInsights } from "../harness/insights.ts";

let collector: TestCollector;
beforeAll(async () => {
	collector = await startInsights();
});
afterAll(() => collector.stop());

test("several windows come in one call, each as if asked alone", async () => {
	const together = await listOf<object>(collector, "/v1/scores?survey=nps&window=7d,90d", "scores");
	expect(together).toEqual([
		...(await listOf<object>(collector, "/v1/scores?survey=nps&window=7d", "scores")),
		...(await listOf<object>(collector, "/v1/scores?survey=nps&window=90d", "scores")),
	]);
});

test("as CSV a score is a line with the same figures", async () => {
	const json = await listOf<{ survey: string; value: number; responses: number }>(collector, "/v1/scores?window=90d", "scores");
	const response = await collector.owner("/v1/scores?window=90d", { headers: { accept: "text/csv" } });
	expect(response.headers.get("content-type")).toContain("text/csv");
	const [head = "", ...lines] = (await response.text()).trim().split("\r\n");
	const column = (name: string) => head.replace("\uFEFF", "").split(",").indexOf(`"${name}"`);
	for (const [i, { survey, value, responses }] of json.entries()) {
		const cells = lines[i]?.split(",") ?? [];
		expect([cells[column("survey")], Number(cells[column("value")]), Number(cells[column("responses")])]).toEqual([
			`"${survey}"`,
			value,
			responses,
		]);
	}
});

test("an unchanged score is not sent again", async () => {
	for (const path of ["/v1/scores", "/v1/scores/series", "/v1/segments?key=device", "/v1/drivers", "/v1/silence"]) {
		const tag = (await collector.owner(path)).headers.get("etag") ?? "";
		expect((await collector.owner(path, { headers: { "if-none-match": tag } })).status).toBe(304);
	}
});

test.for([
	["/v1/scores?segment=device", 400, "segment"],
	["/v1/scores?segment=colour:red", 404, "segment"],
	["/v1/scores?segment=device:fridge", 404, "segment"],
	["/v1/scores?window=7d,forever", 400, "window"],
	["/v1/scores?verified=some", 400, "verified"],
	["/v1/scores?versions=1", 400, "versions"],
	["/v1/scores/series?window=8d", 400, "window"],
	["/v1/scores/series?from=2026-02-30", 400, "from"],
	["/v1/scores/series?from=2026-02-01&to=2026-01-01", 400, "from"],
	["/v1/scores/series?from=2020-01-01", 400, "from"],
	["/v1/scores/series?step=year", 400, "step"],
	["/v1/segments", 400, "key"],
	["/v1/segments?key=colour", 404, "key"],
	["/v1/segments?key=verified", 404, "key"],
	["/v1/drivers?survey=nothing", 404, "survey"],
	["/v1/drivers?segment=device:phone", 400, "segment"],
	["/v1/silence?window=forever", 400, "window"],
	["/v1/alerts?state=closed", 400, "state"],
	["/v1/alerts?since=never", 400, "since"],
] as const)("%s is refused by name, with what would be taken", async ([path, status, field]) => {
	const response = await collector.owner(path);
	const problem = await response.json();
	expect([response.status, problem.field]).toEqual([status, field]);
	expect(problem.detail).toMatch(/must|known|expected/);
});
