import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { type LocalD1, statementsOf } from "../../local/migrate.ts";
import { PATHS } from "../../local/paths.ts";
import { SHOP, startCollector, type TestCollector, type TestSite } from "../harness/collector.ts";

/** A site of the release before. */
const OLD: TestSite = {
	id: "4cBdEfGh2jKl",
	publicKey: "aw_pub_A0tPssz42ZIk2iTm0KmMWG",
	secretKey: "aw_sk_2aL0NGGxw9mNEiCguoIontUOEMTUxqvD2u33Sh",
};

/** The migrations that release had. */
const MIGRATIONS = ["0001_house.sql", "0002_trust.sql"];

const HOUR_MS = 60 * 60 * 1000;
const shownAt = Date.now() - 30 * 60 * 1000;
const DRIVERS = JSON.stringify(["price", "delivery"].map((id) => ({ id })));

interface KeptAsk {
	/** As the shopper's browser keeps it. */
	readonly id: string;
	/** Null where the question was left unanswered. */
	readonly score: number | null;
	readonly drivers: readonly string[];
	readonly comment: string | null;
	readonly transaction: string | null;
}

const CHEAP: KeptAsk = { id: randomUUID(), score: 9, drivers: ["price"], comment: "Cheap.", transaction: "1001" };
const POOR: KeptAsk = { id: randomUUID(), score: 6, drivers: [], comment: null, transaction: "1002" };
const GOOD: KeptAsk = { id: randomUUID(), score: 10, drivers: ["price", "delivery"], comment: null, transaction: null };
const SILENT: KeptAsk = { id: randomUUID(), score: null, drivers: [], comment: null, transaction: "1004" };

let state: string;
let collector: TestCollector;
beforeAll(async () => {
	state = await mkdtemp(join(tmpdir(), "afterword-upgrade-"));
	await layPreviousRelease();
	collector = await startCollector({ state });
});
afterAll(async () => {
	await collector.stop();
	await rm(state, { recursive: true });
});

/** Leaves a database in the state folder as the release before left it: its tables, and the rows as it wrote them. */
async function layPreviousRelease(): Promise<void> {
	const { workerOptions } = workerOptionsOf(PATHS.wranglerConfig);
	const { d1Databases } = Object(workerOptions);
	const nothing = { modules: true, script: "export default {}", d1Databases, resourcePersistencePath: state };
	const miniflare = new Miniflare(convertV4MiniflareOptions(nothing));
	const db = await miniflare.getD1Database("DB");
	const run = (sql: string, ...values: unknown[]) =>
		db
			.prepare(sql)
			.bind(...values)
			.run();
	await run(
		"CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
	);
	for (const file of MIGRATIONS) {
		for (const statement of statementsOf(await readFile(join(PATHS.migrations, file), "utf8"))) await run(statement);
		await run("INSERT INTO d1_migrations (name) VALUES (?1)", file);
	}
	await run(
		`INSERT INTO site (id, public_key, name, timezone, locale, locales, default_survey, origins, segments, token_mode, raw_from, created_at, changes)
		VALUES (?1, ?2, 'Conca', 'UTC', 'en', '["en"]', 'csat', ?3, '{"plan":["gold","silver"]}', 'off', NULL, ?4, 0)`,
		OLD.id,
		OLD.publicKey,
		JSON.stringify([SHOP]),
		shownAt - HOUR_MS,
	);
	for (const metric of ["nps", "csat", "ces"]) {
		await run(
			`INSERT INTO survey (site, slug, created_at, version, metric, touchpoint, wording, drivers, theme, ask_again_days, share_score, goal, benchmarks)
			VALUES (?1, ?2, ?3, 1, ?2, 'checkout', '{}', ?4, '{}', 30, 0, NULL, '[]')`,
			OLD.id,
			metric,
			shownAt - HOUR_MS,
			DRIVERS,
		);
		await run(
			`INSERT INTO survey_version (site, survey, version, metric, locale, question, created_at) VALUES (?1, ?2, 1, ?2, 'en', 'How?', ?3)`,
			OLD.id,
			metric,
			shownAt - HOUR_MS,
		);
	}
	await run(
		`INSERT INTO api_key (hash, id, site, name, hint, scopes, created_at, expires_at, last_used)
		VALUES (?1, 'aBcDeFgHiJkL', ?2, 'First key', ?3, '["scores:read","responses:read","responses:write","export","webhooks:write","erase","settings:write","keys:write"]', ?4, NULL, NULL)`,
		sha256(OLD.secretKey),
		OLD.id,
		OLD.secretKey.slice(-4),
		shownAt - HOUR_MS,
	);
	for (const ask of [CHEAP, POOR, GOOD, SILENT]) await insertAsk(db, ask);
	await miniflare.dispose();
}

async function insertAsk(db: LocalD1, { id, score, drivers, comment, transaction }: KeptAsk): Promise<void> {
	const answered = score !== null;
	const segments = { plan: "gold", channel: "page", locale: "en", device: "phone" };
	const pairs = [
		["", ""],
		...Object.entries(segments),
		...(answered ? [["delay", "1h"]] : []),
		...(drivers.length > 0 ? [["driver", "*"]] : []),
		...drivers.map((driver) => ["driver", driver]),
	];
	const row = {
		site: OLD.id,
		id: sha256(`${OLD.id}:${id}`).slice(0, 32),
		rev: answered ? 1 : 0,
		survey: "nps",
		version: 1,
		status: answered ? "answered" : "shown",
		outcome: answered ? String(score) : "ignored",
		score,
		drivers: JSON.stringify(drivers),
		comment,
		commented: comment === null ? 0 : 1,
		segments: JSON.stringify(segments),
		pairs: JSON.stringify(pairs),
		transaction,
		customer: null,
		verified: 0,
		delay: answered ? "1h" : null,
		page: "https://shop.example/orders/*",
		day: new Date(shownAt).toISOString().slice(0, 10),
		shown_at: shownAt,
		updated_at: shownAt + 5_000,
	};
	const names = Object.keys(row).map((name) => `"${name}"`);
	await db
		.prepare(`INSERT INTO ask (${names.join(", ")}) VALUES (${names.map((_, i) => `?${i + 1}`).join(", ")})`)
		.bind(...Object.values(row))
		.run();
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** What the widget of the release before sends: every field it knew, in its order. */
const sentBefore = (changes: object) => ({
	v: 1,
	site: OLD.publicKey,
	survey: "nps",
	version: 1,
	id: randomUUID(),
	rev: 1,
	status: "answered",
	score: 8,
	drivers: ["price"],
	comment: "",
	transaction: "1005",
	channel: "page",
	segments: { plan: "silver" },
	locale: "en",
	device: "desktop",
	page: "https://shop.example/orders/*",
	age_ms: 1_200,
	...changes,
});

async function score(): Promise<{ responses: number; value: number; funnel: object }> {
	const response = await collector.owner("/v1/scores?survey=nps&window=30d", {}, OLD);
	expect(response.status).toBe(200);
	return (await response.json()).scores[0];
}

test("the score of the release before is the score of this one", async () => {
	expect(await score()).toMatchObject({
		responses: 3,
		value: expect.closeTo(100 / 3, 6),
		funnel: { shown: 4, answered: 3, dismissed: 0, ignored: 1, commented: 1 },
	});
	expect(await collector.drift()).toEqual([]);
});

test("its site goes on as it was: no setting that came later changes how it asks", async () => {
	const site = await (await collector.owner("/v1/site", {}, OLD)).json();
	expect(site).toMatchObject({ name: "Conca", public_key: OLD.publicKey, token_mode: "off", ingest: "direct" });
	const { surveys } = await (await collector.owner("/v1/surveys", {}, OLD)).json();
	expect(surveys).toHaveLength(3);
	for (const survey of surveys)
		expect(survey).toMatchObject({ active: true, display: "numbers", placement: "inline", sampling: 100 });
	expect((await collector.fetch(`/w/${OLD.publicKey}.js`)).status).toBe(200);
});

test("an ask of the release before is edited by the browser that knows its id", async () => {
	const edit = sentBefore({ id: POOR.id, rev: 2, score: 9, transaction: "1002", age_ms: Date.now() - shownAt });
	expect((await collector.send(edit)).status).toBe(201);
	expect(await score()).toMatchObject({ responses: 3, value: 100 });
	expect(await collector.drift()).toEqual([]);
});

test("a revision that it had taken is the same one now", async () => {
	const again = sentBefore({ id: CHEAP.id, rev: 1, score: 9, transaction: "1001", age_ms: Date.now() - shownAt });
	expect(await (await collector.send(again)).json()).toMatchObject({ status: "duplicate" });
	expect(await score()).toMatchObject({ responses: 3 });
});

test("the widget of the release before, still open in a tab, shows, answers and edits", async () => {
	const late = sentBefore({ id: SILENT.id, score: 0, transaction: "1004", age_ms: Date.now() - shownAt });
	expect((await collector.send(late)).status).toBe(201);
	const id = randomUUID();
	const { score: _, drivers: __, comment: ___, ...shown } = sentBefore({ id, rev: 0, status: "shown" });
	for (const revision of [
		shown,
		sentBefore({ id }),
		sentBefore({ id, rev: 2, drivers: ["price", "delivery"], comment: "Good." }),
	]) {
		const response = await collector.send(revision);
		expect([response.status, await response.json()]).toEqual([201, { status: "stored" }]);
	}
	expect(await score()).toMatchObject({ responses: 5, value: 40, funnel: { shown: 5, answered: 5, commented: 2 } });
	expect(await collector.drift()).toEqual([]);
});
