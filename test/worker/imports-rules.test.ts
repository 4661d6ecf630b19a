import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PART_BYTES } from "../../shared/import-contract.ts";
import { startCollector, type TestCollector } from "../harness/collector.ts";
import { erase, NAMELESS, rowsOf } from "../harness/erasures.ts";
import { faultIn } from "../harness/form-in.ts";
import { begin, isoDaysAgo, NDJSON, patch, post, read, scoreOf, sendLines } from "../harness/imports.ts";
import { logInTo } from "../harness/owner-session.ts";

const DAY_MS = 86_400_000;

let collector: TestCollector;
beforeAll(async () => {
	collector = await startCollector();
});
afterEach(async () => expect(await collector.drift()).toEqual([]));
afterAll(() => collector.stop());

test("who was erased does not come back with a name; who came after is a new customer", async () => {
	const site = await collector.makeSite();
	await collector.send({ ...collector.ask({ customer: "ann", transaction: "A-1" }), site: site.publicKey });
	await erase(collector, "customer", "ann", site);
	await erase(collector, "transaction", "B-1", site);
	const lines = [
		{ score: 1, shown_at: isoDaysAgo(30), customer: "ann", comment: "Me.", page: "https://shop.example/a" },
		{ score: 2, shown_at: isoDaysAgo(20), customer: "bob", transaction: "B-1", comment: "Me too." },
		{ score: 3, shown_at: isoDaysAgo(10), customer: "carl", comment: "Not me." },
	];
	const job = await begin(collector, NDJSON, site);
	expect((await sendLines(collector, job, 1, lines, site))[1]).toMatchObject({ stored: 3 });
	const rows = (await rowsOf(collector, site)).filter(({ score }) => score !== 9);
	expect(rows).toMatchObject([NAMELESS, NAMELESS, { customer: "carl", comment: "Not me." }]);
	expect((await scoreOf(collector, site)).funnel.commented).toBe(3);
	expect((await erase(collector, "customer", "carl", site))[1]).toEqual({ erased: 1 });
});

test("what retention has passed is counted and not kept, once, however often it comes; what has lost its names stays nameless", async () => {
	const site = await collector.makeSite();
	await patch(collector, { retention: { identities_months: 2, rows_months: 4 } }, site);
	await collector.nightly(Date.now());
	const lines = [
		{ id: "1", score: 10, shown_at: isoDaysAgo(300), comment: "Long ago.", customer: "ann", drivers: ["price"] },
		{ id: "2", score: 9, shown_at: isoDaysAgo(90), comment: "A while ago.", customer: "ann" },
		{ id: "3", score: 0, shown_at: isoDaysAgo(5), comment: "Now.", customer: "ann" },
		{ id: "1", score: 10, shown_at: isoDaysAgo(300) },
	];
	const job = await begin(collector, NDJSON, site);
	expect((await sendLines(collector, job, 1, lines, site))[1]).toMatchObject({ stored: 2, counted: 1, duplicate: 1, read: 4 });
	const was = await scoreOf(collector, site);
	expect(was).toMatchObject({ responses: 3, distribution: { 0: 1, 9: 1, 10: 1 }, funnel: { commented: 3 } });
	expect(await rowsOf(collector, site)).toMatchObject([
		{ customer: null, comment: null, commented: 1, erased: false },
		{ customer: "ann", comment: "Now." },
	]);
	const reasons = "SELECT value, outcome, n FROM tally WHERE site = ?1 AND key = 'import:driver' ORDER BY value";
	expect((await collector.db.prepare(reasons).bind(site.id).all()).results).toEqual([
		{ value: "*", outcome: "10", n: 1 },
		{ value: "price", outcome: "10", n: 1 },
	]);

	const again = await begin(collector, NDJSON, site);
	expect((await sendLines(collector, again, 1, lines, site))[1]).toMatchObject({ stored: 0, counted: 0, duplicate: 4 });
	// Months later the rows are gone: the counts stand, and the file still brings nothing twice.
	await collector.nightly(Date.now() + 60 * DAY_MS);
	const later = await begin(collector, NDJSON, site);
	expect((await sendLines(collector, later, 1, lines, site))[1]).toMatchObject({ stored: 0, counted: 0, duplicate: 4 });
	expect(await scoreOf(collector, site)).toMatchObject({ responses: 3, distribution: was.distribution });
});

test("imports open no case, are never verified, and count for no one's silence", async () => {
	const site = await collector.makeSite();
	await collector.owner("/v1/signing-secrets", { method: "POST", body: "{}" }, site);
	const lines = Array.from({ length: 40 }, (_, i) => ({
		score: 0,
		shown_at: isoDaysAgo(i % 20),
		verified: true,
		channel: "page",
		segments: { channel: "page" },
	}));
	const job = await begin(collector, NDJSON, site);
	expect((await sendLines(collector, job, 1, lines, site))[1]).toMatchObject({ stored: 40, refused: 0 });
	await collector.nightly(Date.now() + 3_600_000);
	expect((await read(collector, "/v1/cases?state=all", site)).cases).toEqual([]);
	expect(await scoreOf(collector, site)).toMatchObject({ verified: "only", responses: 0 });
	expect((await read(collector, "/v1/scores?survey=nps&window=30d&verified=all", site)).scores[0].responses).toBe(40);
	const silence = await read(collector, "/v1/silence?survey=nps&window=30d&verified=all", site);
	expect(silence.silence[0].funnel.shown).toBe(0);
});

test("a job that cannot begin says what is missing; a part that is too large or of another kind is refused, and changes nothing", async () => {
	const site = await collector.makeSite();
	const wrong = async (settings: object) => {
		const [status, { errors = [] }] = await post(collector, "/v1/imports", settings, site);
		return [status, ...errors.map(({ field }: { field: string }) => field)];
	};
	expect(await wrong({ source: "csv" })).toEqual([400, "columns"]);
	expect(await wrong({ source: "csv", columns: ["a", "b"], survey: "nps" })).toEqual([
		400,
		"mapping.score",
		"mapping.answered_at",
	]);
	expect(
		await wrong({ source: "csv", columns: ["score", "date"], survey: "nps", mapping: { score: "x", answered_at: "date" } }),
	).toEqual([400, "mapping.score"]);
	expect(await wrong({ source: "csv", columns: ["score", "date"] })).toEqual([400, "survey"]);
	expect(await wrong({ source: "csv", columns: ["score", "date"], survey: "nothing" })).toEqual([404, "survey"]);
	expect(await wrong({ source: "xml", survey: "nps" })).toEqual([400, "source"]);
	const [first = [], ...rest] = ["9", "8", "10"].map((score, i) => [score, isoDaysAgo(i + 1), "Fine."]);
	const text = [first, ...rest].map((row) => row.join(",")).join("\n");
	const [status, { errors }] = await post(collector, "/v1/imports/guess", { text, survey: "nps" }, site);
	expect([status, errors]).toEqual([400, [{ field: "text", detail: expect.stringContaining("names the columns") }]]);
	const shown = await (await (await logInTo(collector, site)).post("/app/import", { text, survey: "nps" })).text();
	expect(faultIn(shown, "file")).toContain("names the columns");
	expect(
		await wrong({ source: "csv", survey: "nps", columns: first, mapping: { score: first[0], answered_at: first[1] } }),
	).toEqual([400, "columns"]);
	const job = await begin(collector, { source: "csv", survey: "nps", columns: ["score", "date"] }, site);
	const send = async (body: string | ReadableStream, type = "text/csv", query = "line=2") => {
		const init = { method: "POST", headers: { "content-type": type }, body, duplex: "half" } as const;
		return (await collector.owner(`/v1/imports/${job.id}/lines?${query}`, init, site)).status;
	};
	expect(await send("9,2026-01-01", "application/json")).toBe(415);
	expect(await send("9,2026-01-01", "text/csv", "")).toBe(400);
	expect(await send("9,2026-01-01\n".repeat(5_001))).toBe(413);
	// Without a Content-Length: one that says too much is answered unread, and who still writes then hears of a broken pipe.
	expect(await send(new Blob([`9,"${"x".repeat(PART_BYTES)}"`]).stream())).toBe(413);
	expect((await read(collector, `/v1/imports/${job.id}`, site)).read).toBe(0);
	expect(
		await send("\uFEFFscore,date\r\n9,2026-01-01\r\n\r\n8,2026-01-02,,\r\n7,2026-01-02,more\r\n", "text/csv", "line=1"),
	).toBe(200);
	expect(await read(collector, `/v1/imports/${job.id}`, site)).toMatchObject({ next_line: 6, stored: 2, blank: 1, refused: 1 });
	const key = (await post(collector, "/v1/keys", { name: "Reader", scopes: ["responses:read"], expires_at: null }, site))[1]
		.secret_key;
	expect((await collector.owner("/v1/imports", {}, { ...site, secretKey: key })).status).toBe(403);
});

test("a part costs few ways to the database: five thousand lines fit the free plan", async () => {
	const site = await collector.makeSite();
	const job = await begin(collector, NDJSON, site);
	const lines = Array.from({ length: 5_000 }, (_, i) =>
		JSON.stringify({ id: `${i}`, score: i % 11, shown_at: isoDaysAgo(i % 80), comment: "x".repeat(600) }),
	);
	const init = { method: "POST", headers: { "content-type": "application/x-ndjson" }, body: lines.join("\n") };
	const response = await collector.owner(`/v1/imports/${job.id}/lines?line=1`, init, site);
	expect([response.status, (await response.json()).stored]).toEqual([200, 5_000]);
	expect(Number(response.headers.get("x-queries"))).toBeLessThanOrEqual(45);
	expect(Number(response.headers.get("x-trips"))).toBeLessThanOrEqual(8);
});
