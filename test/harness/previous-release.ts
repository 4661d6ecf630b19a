import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import type { LocalD1 } from "../../local/local-d1.ts";
import { statementsOf } from "../../local/migrate.ts";
import { PATHS } from "../../local/paths.ts";
import { SHOP, type TestSite } from "./collector.ts";

/** A site of the release before. */
export const OLD: TestSite = {
	id: "4cBdEfGh2jKl",
	publicKey: "aw_pub_A0tPssz42ZIk2iTm0KmMWG",
	secretKey: "aw_sk_2aL0NGGxw9mNEiCguoIontUOEMTUxqvD2u33Sh",
};

const HOUR_MS = 60 * 60 * 1000;
/** When its asks were shown, but for one that is long past. */
export const shownAt = Date.now() - 30 * 60 * 1000;
const DRIVERS = JSON.stringify(["price", "delivery"].map((id) => ({ id })));

/** An ask that it keeps. */
export interface KeptAsk {
	/** As the shopper's browser keeps it. */
	readonly id: string;
	/** Null where the question was left unanswered. */
	readonly score: number | null;
	readonly drivers: readonly string[];
	readonly comment: string | null;
	readonly transaction: string | null;
	readonly shownAt?: number;
}

export const CHEAP: KeptAsk = { id: randomUUID(), score: 9, drivers: ["price"], comment: "Cheap.", transaction: "1001" };
export const POOR: KeptAsk = { id: randomUUID(), score: 6, drivers: [], comment: null, transaction: "1002" };
export const GOOD: KeptAsk = { id: randomUUID(), score: 10, drivers: ["price", "delivery"], comment: null, transaction: null };
export const SILENT: KeptAsk = { id: randomUUID(), score: null, drivers: [], comment: null, transaction: "1004" };
export const PAST: KeptAsk = {
	id: randomUUID(),
	score: 7,
	drivers: ["delivery"],
	comment: "Slow.",
	transaction: "0900",
	shownAt: shownAt - 100 * 24 * HOUR_MS,
};

/** Leaves a database in a state folder as a release before left it that had these migrations: its tables, and the rows as it wrote them. */
export async function layPreviousRelease(state: string, migrations: readonly string[]): Promise<void> {
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
	for (const file of migrations) {
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
	for (const ask of [CHEAP, POOR, GOOD, SILENT, PAST]) await insertAsk(db, ask);
	await miniflare.dispose();
}

async function insertAsk(
	db: LocalD1,
	{ id, score, drivers, comment, transaction, shownAt: at = shownAt }: KeptAsk,
): Promise<void> {
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
		day: new Date(at).toISOString().slice(0, 10),
		shown_at: at,
		updated_at: at + 5_000,
	};
	const names = Object.keys(row).map((name) => `"${name}"`);
	await db
		.prepare(`INSERT INTO ask (${names.join(", ")}) VALUES (${names.map((_, i) => `?${i + 1}`).join(", ")})`)
		.bind(...Object.values(row))
		.run();
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
