import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { barred, healthOf, putOffChores } from "../harness/health.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";
import { queuedRevision } from "../harness/queued-revision.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	await putOffChores(collector);
	site = await collector.makeSite();
});

/** What it leaves is what the page below says of the queue. */
test("it tells how long messages lay in the queue, and of dead letters how many and since when", async () => {
	expect((await healthOf(collector)).queue).toBeNull();
	const revision = () => ({ site: site.id, revision: queuedRevision(Date.now()) });
	await collector.deliver("afterword-ingest", [revision(), revision()], Date.now() - 20 * MINUTE_MS);
	await collector.deliver("afterword-ingest", [revision()], Date.now() - 2 * MINUTE_MS);
	const { queue } = await healthOf(collector);
	expect(queue?.messages).toBe(3);
	expect(Math.round((queue?.last_waited_ms ?? 0) / MINUTE_MS)).toBe(2);
	expect(Math.round((queue?.longest_waited_ms ?? 0) / MINUTE_MS)).toBe(20);
	expect(Date.now() - Date.parse(queue?.last_written_at ?? "")).toBeLessThan(MINUTE_MS);
	expect(Number((await collector.db.prepare("SELECT count(*) AS n FROM ingest_wait").first())?.["n"])).toBeLessThanOrEqual(2);

	expect((await healthOf(collector)).dead_letters).toEqual({ count: 0, oldest: null });
	const oldest = Date.now() - 5 * HOUR_MS;
	await collector.deliver("afterword-dead", [{ site: site.id, revision: null }], Date.now());
	await collector.deliver("afterword-dead", [{ site: site.id, revision: null }], oldest);
	expect((await healthOf(collector)).dead_letters).toEqual({ count: 2, oldest: new Date(oldest).toISOString() });
});

describe("the operator's page", () => {
	let operator: OwnerSession;
	beforeEach(async () => {
		await collector.db.prepare("DELETE FROM dead_letter").run();
		operator = await logInTo(collector, "operator");
	});
	/** A card of the page, its tags as bars. */
	const card = async (title: string, query = "") => {
		const reply = await operator.get(`/app/health${query}`);
		expect(reply.status).toBe(200);
		const found = (await reply.text()).split('<section class="card">').find((part) => part.startsWith(`<h2>${title}</h2>`)) ?? "";
		return barred(found);
	};

	test("is linked from the list of sites, and says of nothing that there is nothing", async () => {
		expect(await (await operator.get("/app/sites")).text()).toContain('<a href="/app/health">Health</a>');
		const fresh = await startCollector();
		const text = await (await (await logInTo(fresh, "operator")).get("/app/health")).text();
		for (const line of [
			"It has not run yet.",
			"Nothing fails.",
			"Nothing came through the queue",
			"No answer has been given up.",
			"No count differed",
			"No site signs its orders.",
		])
			expect(text).toContain(line);
		expect(text).not.toContain("/app/health/replay");
		await fresh.stop();
	});

	test("says what the API says: the run, what waits, what fails, the queue", async () => {
		await collector.nightly(Date.now());
		const since = Date.now() - 3 * HOUR_MS;
		await collector.db
			.prepare("UPDATE site SET created_at = 0, recount_at = ?1, recount_due = ?1 WHERE id = ?2")
			.bind(since, site.id)
			.run();
		const { last_run: run, waiting, queue } = await healthOf(collector);
		const written = (n = 0) => n.toLocaleString("en-GB");
		expect(await card("The scheduled run")).toContain(
			`It asked the database ${written(run?.calls)} times, read ${written(run?.rows_read)} rows and wrote ${written(run?.rows_written)}.`,
		);
		expect(waiting.recount.sites).toBe(1);
		expect(await card("What waits")).toMatch(/\|Retention\|nothing waits\|Recount\|1 site, the longest for 3 ?hrs?\b/);
		expect(await card("The ingest queue")).toContain(`${queue?.messages} messages in the last 24 hours`);
		await collector.db.prepare("UPDATE site SET name = '<b>Failing</b>' WHERE id = ?1").bind(site.id).run();
		await collector.db.prepare("UPDATE survey SET wording = 'x' WHERE site = ?1").bind(site.id).run();
		await collector.db.prepare("UPDATE site SET evaluate_at = 0 WHERE id = ?1").bind(site.id).run();
		await collector.nightly(Date.now());
		expect((await healthOf(collector)).failing).toMatchObject([{ site: site.id, times: 1 }]);
		expect(await card("What fails")).toMatch(/\|&lt;b&gt;Failing&lt;\/b&gt;\|\. Alerts and baselines: failed once since /);
		await collector.db.prepare("DELETE FROM survey WHERE site = ?1").bind(site.id).run();
	});

	test("has a button that tries dead letters again, and says what came of it", async () => {
		const letter = { site: site.id, revision: null };
		await collector.deliver("afterword-dead", [letter, letter], Date.now() - HOUR_MS);
		expect(await card("Dead letters")).toMatch(/2 dead letters wait, the oldest since /);
		const reply = await operator.post("/app/health/replay");
		expect([reply.status, reply.headers.get("location")]).toEqual([303, "/app/health?replayed=0-2"]);
		const page = await (await operator.get("/app/health?replayed=0-2")).text();
		expect(page).toContain("Tried again: 0 kept, 2 still not.");
		expect((await healthOf(collector)).dead_letters?.count).toBe(2);
		expect(await (await operator.get("/app/health?replayed=%3Cb%3E")).text()).not.toMatch(/Tried again|<b>/);
	});

	test("names mended days and unsigned shares by their sites", async () => {
		await collector.db.prepare("UPDATE site SET name = 'Mended', token_mode = 'prefer' WHERE id = ?1").bind(site.id).run();
		await collector.db
			.prepare(
				`INSERT INTO tally_difference (site, recount, survey, version, key, value, day, outcome, n, commented, found_at)
				VALUES (?1, 'r', 'nps', 1, '', '', '2026-02-01', '9', 4, 0, ?2)`,
			)
			.bind(site.id, Date.now())
			.run();
		expect(await card("Mended days")).toMatch(/\|Mended\|1 Feb 2026\|[^|]+\|1\|4\|/);
		expect(await card("Unsigned answers")).toContain("|Mended|0|0|–|");
		for (const score of [1, 2, 3]) await collector.send(collector.ask({ site: site.publicKey, score }));
		const { sites } = (await healthOf(collector)).signing;
		expect(sites).toMatchObject([{ site: site.id, answers: 3, unverified: 3 }]);
		expect(await card("Unsigned answers")).toContain("|Mended|3|3|100%|");
		expect(await card("Unsigned answers", `?after=${site.id}`)).toContain("No site signs its orders.");
		await collector.db.prepare("UPDATE site SET token_mode = 'off' WHERE id = ?1").bind(site.id).run();
	});
});
