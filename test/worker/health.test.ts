import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { health as schema } from "../../shared/operator-contract.ts";
import { type Signer, tokenOf } from "../bench/signed-orders.ts";
import { startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { barred, healthOf, putOffChores } from "../harness/health.ts";
import { logInTo } from "../harness/owner-session.ts";

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
	expect((await healthOf(collector)).waiting.retain).toEqual({ sites: 1, behind_ms: expect.any(Number) });
	await collector.nightly(Date.now());
	for (const chore of ["evaluate", "retain", "recount"] as const)
		expect((await healthOf(collector)).waiting[chore]).toEqual({ sites: 0, behind_ms: null });
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
	const { waiting } = await healthOf(collector);
	for (const { behind_ms } of [waiting.recount, waiting.retain]) {
		expect(behind_ms).toBeGreaterThanOrEqual(3 * HOUR_MS);
		expect(behind_ms).toBeLessThan(3 * HOUR_MS + 10 * MINUTE_MS);
	}
	expect(waiting.recount.sites).toBe(2);
	expect((await collector.operator("/v1/health").then((reply) => reply.json())).waiting.evaluate.sites).toBe(1);
	await collector.nightly(Date.now());
	expect((await healthOf(collector)).waiting.recount).toEqual({ sites: 0, behind_ms: null });
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
	const { signing } = await healthOf(collector);
	expect(signing).toEqual({ sites: [{ site: site.id, name: "Test shop", answers: 5, unverified: 2, share: 0.4 }], next: null });
	await collector.db.prepare("UPDATE site SET token_mode = 'off' WHERE id = ?1").bind(site.id).run();
	expect((await healthOf(collector)).signing.sites).toEqual([]);
});

test("it tells of deliveries how many wait and were given up, since when, and how far the Worker is behind with them", async () => {
	const none = {
		shard: "DB",
		pending: 0,
		dead: 0,
		oldest_pending: null,
		behind_ms: null,
		untold: 0,
		untold_ms: null,
		late: false,
	};
	expect((await healthOf(collector)).deliveries).toEqual([none]);
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
	const [told] = (await healthOf(collector)).deliveries;
	expect(told).toMatchObject({ pending: 200, dead: 1_000, oldest_pending: new Date(now - 1_500_000).toISOString() });
	expect(Math.round((told?.behind_ms ?? 0) / MINUTE_MS)).toBe(60);
	await collector.db.prepare("UPDATE endpoint SET paused_until = 9e15").run();
	expect((await healthOf(collector)).deliveries).toMatchObject([{ behind_ms: null }]);
	const happened = (ago: number) =>
		collector.db
			.prepare("INSERT INTO event_due (site, subject, type, due_at) VALUES (?1, ?2, 'case.opened', ?3)")
			.bind(site.id, `x${ago}`, Date.now() - ago * MINUTE_MS)
			.run();
	for (const ago of [-1, 3]) await happened(ago);
	expect((await healthOf(collector)).deliveries).toMatchObject([{ untold: 1, late: false }]);
	await happened(12);
	const [{ untold, untold_ms, late } = none] = (await healthOf(collector)).deliveries;
	expect([untold, Math.round((untold_ms ?? 0) / MINUTE_MS), late]).toEqual([2, 12, true]);
	const page = barred(await (await (await logInTo(collector, "operator")).get("/app/health")).text());
	expect(page).toMatch(/\|Deliveries\|.*\|DB\|2, 12 ?mins?\|–\|200, 25 ?mins?\|1,000\|/);
	expect(page).toMatch(/\|What fails\|DB\. \|?2 events wait to be told, the longest for 12 ?mins?\.\|/);
	await collector.db.prepare("DELETE FROM endpoint").run();
	await collector.db.prepare("DELETE FROM event_due").run();
	expect((await healthOf(collector)).deliveries).toEqual([none]);
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
	const second = await healthOf(collector, `?after=${first.signing.next}`);
	expect(second.signing.sites).toHaveLength(50);
	const names = [...first.signing.sites, ...second.signing.sites].map(({ site }) => site);
	expect(new Set(names).size).toBe(100);
});
