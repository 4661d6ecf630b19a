import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Health, health as schema } from "../../shared/operator-contract.ts";
import { type Signer, tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { logInTo, type OwnerSession } from "../harness/owner-session.ts";
import { fail, siteOfEach } from "../harness/sharded.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let collector: TestCollector;
let site: TestSite;
beforeAll(async () => {
	collector = await startCollector();
});
afterAll(() => collector.stop());
beforeEach(async () => {
	await collector.db.prepare("UPDATE site SET evaluate_at = 9e15, retain_at = 9e15, recount_at = 9e15").run();
	site = await collector.makeSite();
});

async function health(query = ""): Promise<Health> {
	const response = await collector.operator(`/v1/health${query}`);
	expect(response.status).toBe(200);
	return schema.strict().parse(await response.json());
}

test("it is the operator's alone", async () => {
	expect((await collector.fetch("/v1/health")).status).toBe(401);
	expect((await collector.owner("/v1/health")).status).toBe(401);
	const wrong = await collector.operator("/v1/health?before=x");
	expect([wrong.status, (await wrong.json()).field]).toEqual([400, "before"]);
});

test("it tells of the last scheduled run: when, at what cost, and what each step did", async () => {
	const fresh = await startCollector();
	expect((await fresh.operator("/v1/health").then((reply) => reply.json())).last_run).toBeNull();
	const at = Date.now();
	await fresh.nightly(at);
	const { last_run } = schema.parse(await (await fresh.operator("/v1/health")).json());
	expect(last_run).toMatchObject({
		started_at: new Date(at).toISOString(),
		steps: {
			evaluate: { turns: 1, failed: 0 },
			retain: { turns: 1, failed: 0, deleted: 0, forgotten: 0, letters: 0 },
			recount: { turns: 1, failed: 0, mended_days: 0, packed: 0 },
			expire: {},
		},
	});
	expect(Date.parse(last_run?.ended_at ?? "")).toBeGreaterThanOrEqual(at);
	expect(last_run?.calls).toBeGreaterThan(5);
	expect(last_run?.rows_written).toBeGreaterThan(0);
	await fresh.stop();
});

test("it tells how many sites wait for what, and how long the longest has", async () => {
	expect((await health()).waiting.retain).toEqual({ sites: 1, behind_ms: expect.any(Number) });
	await collector.nightly(Date.now());
	for (const chore of ["evaluate", "retain", "recount"] as const)
		expect((await health()).waiting[chore]).toEqual({ sites: 0, behind_ms: null });
	const since = Date.now() - 3 * HOUR_MS;
	const other = await collector.makeSite();
	await collector.db
		.prepare("UPDATE site SET created_at = 0, retain_at = 9e15, recount_at = ?1, recount_due = ?1 WHERE id IN (?2, ?3)")
		.bind(since, site.id, other.id)
		.run();
	await collector.db
		.prepare("UPDATE site SET retain_at = ?1, retain_due = ?2 WHERE id = ?3")
		.bind(Date.now() - 1, since, site.id)
		.run();
	const { waiting } = await health();
	for (const { behind_ms } of [waiting.recount, waiting.retain]) {
		expect(behind_ms).toBeGreaterThanOrEqual(3 * HOUR_MS);
		expect(behind_ms).toBeLessThan(3 * HOUR_MS + 10 * MINUTE_MS);
	}
	expect(waiting.recount.sites).toBe(2);
	expect((await collector.operator("/v1/health").then((reply) => reply.json())).waiting.evaluate.sites).toBe(1);
	await collector.nightly(Date.now());
	expect((await health()).waiting.recount).toEqual({ sites: 0, behind_ms: null });
});

test("it names what fails, since when and why, until it no longer does", async () => {
	const before = (
		await collector.db.prepare("SELECT wording FROM survey WHERE site = ?1 AND slug = 'nps'").bind(site.id).first()
	)?.["wording"];
	const wording = (text: unknown) =>
		collector.db.prepare("UPDATE survey SET wording = ?2 WHERE site = ?1 AND slug = 'nps'").bind(site.id, text).run();
	await wording("what-Ann-said");
	const at = Date.now();
	await collector.nightly(at);
	expect((await health()).failing).toEqual([
		{
			site: site.id,
			name: "Test shop",
			chore: "evaluate",
			since: new Date(at).toISOString(),
			last_at: new Date(at).toISOString(),
			times: 1,
			reason: expect.stringMatching(/JSON/),
		},
	]);
	expect(JSON.stringify(await health())).not.toContain("what-Ann-said");
	await collector.nightly(at + 5 * MINUTE_MS);
	expect((await health()).failing).toMatchObject([{ times: 1 }]);
	await collector.nightly(at + HOUR_MS);
	expect((await health()).failing).toMatchObject([{ times: 2, since: new Date(at).toISOString() }]);
	await wording(before);
	await collector.nightly(at + 2 * HOUR_MS);
	expect((await health()).failing).toEqual([]);
});

test("it tells how long messages lay in the queue, and of dead letters how many and since when", async () => {
	expect((await health()).queue).toBeNull();
	const revision = (transaction: string) => ({
		site: site.id,
		revision: {
			id: randomUUID().replaceAll("-", ""),
			rev: 1,
			survey: "nps",
			version: 1,
			status: "answered",
			score: 9,
			drivers: [],
			comment: null,
			segments: { channel: "page" },
			transaction,
			customer: null,
			verified: null,
			delay: "1h",
			page: null,
			day: "2026-11-22",
			shownAt: Date.now(),
			receivedAt: Date.now(),
		},
	});
	await collector.deliver("afterword-ingest", [revision("a"), revision("b")], Date.now() - 20 * MINUTE_MS);
	await collector.deliver("afterword-ingest", [revision("c")], Date.now() - 2 * MINUTE_MS);
	const { queue } = await health();
	expect(queue?.messages).toBe(3);
	expect(Math.round((queue?.last_waited_ms ?? 0) / MINUTE_MS)).toBe(2);
	expect(Math.round((queue?.longest_waited_ms ?? 0) / MINUTE_MS)).toBe(20);
	expect(Date.now() - Date.parse(queue?.last_written_at ?? "")).toBeLessThan(MINUTE_MS);
	expect(Number((await collector.db.prepare("SELECT count(*) AS n FROM ingest_wait").first())?.["n"])).toBeLessThanOrEqual(2);

	expect((await health()).dead_letters).toEqual({ count: 0, oldest: null });
	const oldest = Date.now() - 5 * HOUR_MS;
	await collector.deliver("afterword-dead", [{ site: site.id, revision: null }], Date.now());
	await collector.deliver("afterword-dead", [{ site: site.id, revision: null }], oldest);
	expect((await health()).dead_letters).toEqual({ count: 2, oldest: new Date(oldest).toISOString() });
});

test("it tells for each site that signs how many of the last seven days' answers came unsigned", async () => {
	const made = await (await collector.owner("/v1/signing-secrets", { method: "POST" }, site)).json();
	const signer: Signer = { site: site.publicKey, kid: made.secret.kid, secret: made.signing_secret };
	const answer = (changes: object) => ({ ...collector.ask(), site: site.publicKey, ...changes });
	for (let i = 0; i < 3; i++) expect((await collector.send(answer({ token: tokenOf(signer, `order-${i}`) }))).status).toBe(201);
	await collector.send(answer({}));
	await collector.send(answer({ survey: "csat", score: 2 }));
	await collector.send(answer({ status: "dismissed", score: undefined }));
	await collector.send(answer({ age_ms: 7 * 24 * HOUR_MS, token: tokenOf(signer, "order-9") }));
	const { signing } = await health();
	expect(signing).toEqual({ sites: [{ site: site.id, name: "Test shop", answers: 5, unverified: 2, share: 0.4 }], next: null });
	await collector.db.prepare("UPDATE site SET token_mode = 'off' WHERE id = ?1").bind(site.id).run();
	expect((await health()).signing.sites).toEqual([]);
});

test("it tells of deliveries how many wait and were given up, since when, and how far the Worker is behind with them", async () => {
	const none = { shard: "DB", pending: 0, dead: 0, oldest_pending: null, behind_ms: null };
	expect((await health()).deliveries).toEqual([none]);
	const now = Date.now();
	await collector.db
		.prepare(
			`INSERT INTO endpoint (site, id, kind, name, settings, sealed, events, origin, created_at, next_at, leased_until)
			VALUES (?1, 'one', 'webhook', 'x', '{}', '', '[]', '', 0, ?2, 9e15)`,
		)
		.bind(site.id, now - HOUR_MS)
		.run();
	await collector.db
		.prepare(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
			INSERT INTO delivery (site, id, endpoint, type, subject, body, state, created_at, due_at, ended_at)
			SELECT ?1, 'd' || i, 'one', 'test', '', '{}', iif(i <= 1200, 'dead', iif(i <= 1300, 'delivered', 'pending')), ?2 - i * 1000,
				?2 + 9e9, iif(i <= 1300, ?2, NULL) FROM n`,
		)
		.bind(site.id, now)
		.run();
	const [told] = (await health()).deliveries;
	expect(told).toMatchObject({ pending: 200, dead: 1_000, oldest_pending: new Date(now - 1_500_000).toISOString() });
	expect(Math.round((told?.behind_ms ?? 0) / MINUTE_MS)).toBe(60);
	await collector.db.prepare("UPDATE endpoint SET paused_until = 9e15").run();
	expect((await health()).deliveries).toMatchObject([{ behind_ms: null }]);
	const page = await (await (await logInTo(collector, "operator")).get("/app/health")).text();
	expect(page.replace(/<[^>]+>/g, "|").replace(/\|+/g, "|")).toMatch(/\|Deliveries\|.*\|DB\|25 ?mins?\|–\|200\|1,000\|/);
	await collector.db.prepare("DELETE FROM endpoint").run();
	expect((await health()).deliveries).toEqual([none]);
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
		return found.replace(/<[^>]+>/g, "|").replace(/\|+/g, "|");
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
		const { last_run: run, waiting, queue } = await health();
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
		expect((await health()).failing).toMatchObject([{ site: site.id, times: 1 }]);
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
		expect((await health()).dead_letters?.count).toBe(2);
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
		const { sites } = (await health()).signing;
		expect(sites).toMatchObject([{ site: site.id, answers: 3, unverified: 3 }]);
		expect(await card("Unsigned answers")).toContain("|Mended|3|3|100%|");
		expect(await card("Unsigned answers", `?after=${site.id}`)).toContain("No site signs its orders.");
		await collector.db.prepare("UPDATE site SET token_mode = 'off' WHERE id = ?1").bind(site.id).run();
	});
});

test("it reads a bounded number of rows, however many sites, letters and differences there are", async () => {
	const columns = (await collector.db.prepare("SELECT name FROM pragma_table_info('site')").all<{ name: string }>()).results
		.map(({ name }) => name)
		.filter((name) => !["id", "public_key", "token_mode"].includes(name));
	await collector.db
		.prepare(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
			INSERT INTO site (id, public_key, token_mode, ${columns.join(", ")})
			SELECT printf('copy%05d', i), 'copy' || i, 'prefer', ${columns.map((name) => `site.${name}`).join(", ")} FROM n CROSS JOIN site WHERE site.id = ?1`,
		)
		.bind(site.id)
		.run();
	const today = new Date().toISOString().slice(0, 10);
	await collector.db
		.prepare(
			`INSERT INTO survey (site, slug, version, metric, touchpoint, drivers, ask_again_days, created_at)
			SELECT id, 'nps', 1, 'nps', 'checkout', '[]', 30, 0 FROM site WHERE id LIKE 'copy%'`,
		)
		.run();
	await collector.db
		.prepare(
			`INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented)
			SELECT id, 'nps', 1, 'verified', 'no', ?1, '9', 2, 0 FROM site WHERE id LIKE 'copy%'`,
		)
		.bind(today)
		.run();
	await collector.db
		.prepare(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
			INSERT INTO tally_difference (site, recount, survey, version, key, value, day, outcome, n, commented, found_at)
			SELECT 'copy00001', 'r', 'nps', 1, '', '', date('2026-01-01', '-' || i || ' days'), '9', 1, 0, ?1 FROM n`,
		)
		.bind(Date.now())
		.run();
	await collector.db
		.prepare(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
			INSERT INTO dead_letter (id, body, sent_at) SELECT 'd' || i, '{}', i FROM n`,
		)
		.run();
	const response = await collector.operator("/v1/health");
	expect(Number(response.headers.get("x-rows-read"))).toBeLessThan(15_000);
	const first = schema.parse(await response.json());
	expect(first).toMatchObject({ dead_letters: { count: 1_000 }, waiting: { retain: { sites: 1_000 } } });
	expect([first.mended.length, first.signing.sites.length]).toEqual([50, 50]);
	const second = await health(`?after=${first.signing.next}`);
	expect(second.signing.sites).toHaveLength(50);
	const names = [...first.signing.sites, ...second.signing.sites].map(({ site }) => site);
	expect(new Set(names).size).toBe(100);
});

test("it tells when who was erased is not recognised, for the secret is another, until nobody needs to be", async () => {
	const state = await mkdtemp(join(tmpdir(), "afterword-secrets-"));
	const under = async (secret: string, erases: string | null) => {
		const vars = secret === "" ? { AFTERWORD_SECRET: "" } : { AFTERWORD_SECRET: secret };
		const fresh = await startCollector({ state, vars });
		if (erases !== null) {
			await fresh.send(fresh.ask({ customer: erases }));
			expect((await fresh.owner(`/v1/customers/${erases}`, { method: "DELETE" })).status).toBe(200);
		}
		const told = schema.parse(await (await fresh.operator("/v1/health")).json()).other_secret;
		const page = await (await (await logInTo(fresh, "operator")).get("/app/health")).text();
		expect(page.includes("AFTERWORD_SECRET is not what it was")).toBe(told !== null);
		const kept = (await fresh.db.prepare("SELECT id, last_at FROM secret_use").all<{ id: string; last_at: number }>()).results;
		await fresh.db
			.prepare("UPDATE secret_use SET last_at = last_at - ?1")
			.bind(100 * 24 * HOUR_MS)
			.run();
		await fresh.stop();
		return { told, kept };
	};
	expect(await under("the first", null)).toEqual({ told: null, kept: [] });
	const first = await under("the first", "ann");
	expect(first).toEqual({ told: null, kept: [{ id: expect.stringMatching(/^[0-9a-f]{32}$/), last_at: expect.any(Number) }] });
	const at = new Date((first.kept[0]?.last_at ?? 0) - 100 * 24 * HOUR_MS).toISOString();
	expect((await under("the second", null)).told).toBe(at);
	expect((await under("", null)).told).not.toBeNull();
	const second = await under("the second", "bea");
	expect([second.told !== null, second.kept.length]).toEqual([true, 2]);
	expect((await under("the second", null)).told).toBeNull();
	expect((await under("the first", null)).told).not.toBeNull();
	await rm(state, { recursive: true });
});

describe("with several databases, of which one fails,", () => {
	let sharded: TestCollector;
	beforeAll(async () => {
		sharded = await startCollector({ shards: 3, entry: "faulty" });
		await siteOfEach(sharded);
	});
	afterEach(() => fail(sharded, { kind: "none" }));
	afterAll(() => sharded.stop());

	const told = async () => {
		const response = await sharded.operator("/v1/health");
		expect(response.status).toBe(200);
		return schema.strict().parse(await response.json());
	};
	const pageOf = async (session: OwnerSession) => {
		const reply = await session.get("/app/health");
		expect(reply.status).toBe(200);
		return (await reply.text()).replace(/<[^>]+>/g, "|").replace(/\|+/g, "|");
	};

	test("it tells which step of the run of every minute failed there, since when, how often and why", async () => {
		const operator = await logInTo(sharded, "operator");
		const at = Date.now() - 3 * HOUR_MS;
		const minute = async (ms: number) => {
			await sharded.minute(at + ms);
			return (await told()).failed_minutes;
		};
		expect(await minute(0)).toEqual([]);
		expect(await pageOf(operator)).toContain("Nothing fails.");
		await fail(sharded, { kind: "overloaded", shard: "DB_2", sql: "SELECT due.site" });
		await minute(MINUTE_MS);
		const failed = {
			shard: "DB_2",
			step: "events",
			since: new Date(at + MINUTE_MS).toISOString(),
			last_at: new Date(at + 2 * MINUTE_MS).toISOString(),
			times: 2,
			reason: expect.stringContaining("overloaded"),
		};
		expect(await minute(2 * MINUTE_MS)).toEqual([failed]);
		await fail(sharded, { kind: "none" });
		expect(await minute(3 * MINUTE_MS)).toEqual([failed]);
		expect(await pageOf(operator)).toMatch(
			/\|DB_2\|?\. \|?Telling what happened, every minute: failed 2 times, the last time on /,
		);

		await fail(sharded, { kind: "overloaded", shard: "DB_3", sql: "(SELECT due.site|SELECT site, id AS endpoint)" });
		await minute(4 * MINUTE_MS);
		await fail(sharded, { kind: "overloaded", shard: "DB_2", sql: "SELECT due.site" });
		const again = new Date(at + 2 * HOUR_MS).toISOString();
		expect(await minute(2 * HOUR_MS)).toMatchObject([
			{ ...failed, times: 1, since: again, last_at: again },
			{ shard: "DB_3", step: "endpoints", times: 1 },
			{ shard: "DB_3", step: "events", times: 1 },
		]);
		await sharded.db
			.prepare("UPDATE minute_failure SET at = at - ?1 WHERE shard = 'DB_3'")
			.bind(24 * HOUR_MS)
			.run();
		expect(await told()).toMatchObject({ failed_minutes: [{ shard: "DB_2" }] });
	});

	test("it names the one that does not answer, and tells what the others know", async () => {
		const operator = await logInTo(sharded, "operator");
		await sharded.nightly(Date.now());
		const shards = ["DB", "DB_2", "DB_3"];
		const all = await told();
		expect([all.silent, all.deliveries.map(({ shard }) => shard)]).toEqual([null, shards]);
		for (const chore of ["retain", "recount"] as const)
			for (const db of sharded.shards.values()) await db.prepare(`UPDATE site SET ${chore}_at = 0`).run();
		const { waiting, last_run, dead_letters } = await told();
		expect(waiting.retain.sites).toBe(waiting.recount.sites);

		await fail(sharded, { kind: "overloaded", shard: "DB_2", sql: "[^]*FROM site" });
		const without = await told();
		expect(without).toMatchObject({ silent: ["DB_2"], last_run, dead_letters });
		expect(without.deliveries.map(({ shard }) => shard)).toEqual(["DB", "DB_3"]);
		expect(without.waiting.retain.sites).toBeGreaterThan(0);
		expect(without.waiting.retain.sites).toBeLessThan(waiting.retain.sites);
		expect(await pageOf(operator)).toContain("|No answer from DB_2: ");

		await fail(sharded, { kind: "lost", shard: "DB", sql: "" });
		const headless = await told();
		expect(headless).toMatchObject({ silent: ["DB"], last_run: null, dead_letters: null, queue: null });
		expect(headless.deliveries.map(({ shard }) => shard)).toEqual(["DB_2", "DB_3"]);
	});
});
