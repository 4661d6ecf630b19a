import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalD1 } from "./local-d1.ts";
import { PATHS } from "./paths.ts";

/**
 * Applies the migrations that a local database lacks, each whole or not at all, and notes them where wrangler does.
 * They go to the database together, which is quicker by far than each by itself.
 */
export async function migrate(db: LocalD1): Promise<void> {
	await db
		.prepare(
			"CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
		)
		.run();
	const { results } = await db.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
	const applied = new Set(results.map(({ name }) => name));
	const files = (await readdir(PATHS.migrations)).filter((file) => file.endsWith(".sql")).sort();
	const missing = files.filter((name) => !applied.has(name));
	if (missing.length === 0) return;
	const sql = await Promise.all(missing.map((file) => readFile(join(PATHS.migrations, file), "utf8")));
	const note = db.prepare("INSERT INTO d1_migrations (name) VALUES (?1)");
	await db.batch(missing.flatMap((file, i) => [db.prepare(statementsOf(sql[i] ?? "").join(";\n")), note.bind(file)]));
}

/** The statements of a migration: each ends with a semicolon at the end of a line, for a trigger is one line. */
export function statementsOf(sql: string): string[] {
	return sql
		.replace(/^--.*$/gm, "")
		.split(/;[ \t]*$/m)
		.map((statement) => statement.trim())
		.filter((statement) => statement !== "");
}
