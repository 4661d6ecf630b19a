import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SHOP, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";
import { CHEAP, layPreviousRelease, OLD, POOR, shownAt } from "../harness/previous-release.ts";
import { count, placesOf } from "../harness/sharded.ts";

/** The migrations of the release that had one database. */
const MIGRATIONS = ["0001_house.sql", "0002_trust.sql", "0003_asking.sql", "0004_doors.sql"];

/** A site that the release before makes while the database is migrated already and its code is not. */
const LATE: TestSite = {
	id: "9zYxWvUt8sRq",
	publicKey: "aw_pub_ZwxuLBPtDSVqHM6Y0RuYRh",
	secretKey: "aw_sk_TUo0aZcdBaYb1Dh5UTAKZ2VdK7tU4lSN1txqZl",
};

let state: string;
let collector: TestCollector;
beforeAll(async () => {
	state = await mkdtemp(join(tmpdir(), "afterword-upgrade-"));
	await layPreviousRelease(state, MIGRATIONS);
	collector = await startCollector({ state });
});
afterAll(async () => {
	await collector.stop();
	await rm(state, { recursive: true });
});

async function nps(site = OLD) {
	const response = await collector.owner("/v1/scores?survey=nps&window=30d", {}, site);
	expect(response.status).toBe(200);
	return (await response.json()).scores[0];
}

/** Does with the old site what was done before: reads, shows, answers, edits, changes. */
async function goOn(): Promise<void> {
	const before = await nps();
	expect((await collector.fetch(`/w/${OLD.publicKey}.js`)).status).toBe(200);
	const again = { ...collector.ask(), site: OLD.publicKey, id: CHEAP.id, age_ms: Date.now() - shownAt };
	expect(await (await collector.send({ ...again, drivers: ["price"] })).json()).toMatchObject({ status: "duplicate" });
	expect((await collector.send({ ...collector.ask(), site: OLD.publicKey })).status).toBe(201);
	expect(await nps()).toMatchObject({ responses: before.responses + 1 });
	const patch = { method: "PATCH", body: JSON.stringify({ name: `Conca ${randomUUID()}` }) };
	expect((await collector.owner("/v1/site", patch, OLD)).status).toBe(200);
	const secret = await collector.owner("/v1/signing-secrets", { method: "POST" }, OLD);
	expect(secret.status).toBe(201);
	expect((await collector.owner("/v1/site", { method: "PATCH", body: '{"token_mode":"off"}' }, OLD)).status).toBe(200);
	await collector.nightly(Date.now());
	expect(await collector.drift()).toEqual([]);
}

test("a site of the release that had one database lives in the first shard, and goes on", async () => {
	expect((await placesOf(collector)).get(OLD.id)).toBe("DB");
	expect(await nps()).toMatchObject({ responses: 3, funnel: { shown: 4, answered: 3, ignored: 1, commented: 1 } });
	const edit = { ...collector.ask(), site: OLD.publicKey, id: POOR.id, rev: 2, score: 10, transaction: "1002" };
	expect((await collector.send({ ...edit, age_ms: Date.now() - shownAt })).status).toBe(201);
	expect(await nps()).toMatchObject({ responses: 3, value: 100 });
	await goOn();
});

test("a site that the release before makes between the migration and the code is found by this one", async () => {
	const { db } = collector;
	await db.batch([
		db
			.prepare(
				`INSERT INTO site (id, public_key, name, timezone, locale, locales, default_survey, origins, segments, token_mode, raw_from, created_at, changes)
				VALUES (?1, ?2, 'Late', 'UTC', 'en', '["en"]', 'nps', ?3, '{}', 'off', NULL, ?4, 0)`,
			)
			.bind(LATE.id, LATE.publicKey, JSON.stringify([SHOP]), shownAt),
		db
			.prepare(
				`INSERT INTO survey (site, slug, created_at, version, metric, touchpoint, wording, drivers, theme, ask_again_days, share_score, goal, benchmarks)
				VALUES (?1, 'nps', ?2, 1, 'nps', 'checkout', '{}', '[]', '{}', 30, 0, NULL, '[]')`,
			)
			.bind(LATE.id, shownAt),
		db
			.prepare(
				`INSERT INTO survey_version (site, survey, version, metric, locale, question, created_at) VALUES (?1, 'nps', 1, 'nps', 'en', 'How?', ?2)`,
			)
			.bind(LATE.id, shownAt),
		db
			.prepare(
				`INSERT INTO api_key (hash, id, site, name, hint, scopes, created_at, expires_at, last_used)
				VALUES (?1, 'zYxWvUtSrQpO', ?2, 'First key', ?3, '["scores:read"]', ?4, NULL, NULL)`,
			)
			.bind(createHash("sha256").update(LATE.secretKey).digest("hex"), LATE.id, LATE.secretKey.slice(-4), shownAt),
	]);
	expect((await placesOf(collector)).get(LATE.id)).toBe("DB");
	expect((await collector.send({ ...collector.ask(), site: LATE.publicKey })).status).toBe(201);
	expect(await nps(LATE)).toMatchObject({ responses: 1 });
});

test("growing from one database to three: what is there stays where it is, what is new goes to the new ones", async () => {
	const before = await placesOf(collector);
	await collector.restart(3);
	await goOn();
	const made = [await collector.makeSite(), await collector.makeSite()];
	const places = await placesOf(collector);
	expect(made.map(({ id }) => places.get(id)).sort()).toEqual(["DB_2", "DB_3"]);
	for (const [site, shard] of before) expect([site, places.get(site)]).toEqual([site, shard]);
	for (const site of made) expect((await collector.send({ ...collector.ask(), site: site.publicKey })).status).toBe(201);
	expect([await count(collector, "DB_2", "ask"), await count(collector, "DB_3", "ask")]).toEqual([1, 1]);
	expect([await count(collector, "DB_2", "place"), await count(collector, "DB_3", "place")]).toEqual([0, 0]);
	expect(await nps(LATE)).toMatchObject({ responses: 1 });
});
