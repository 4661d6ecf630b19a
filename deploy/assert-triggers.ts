import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { statementsOf } from "../local/migrate.ts";
import { PATHS } from "../local/paths.ts";
import { query } from "./query.ts";
import type { Wrangler } from "./wrangler.ts";

const CREATED = /^CREATE\s+TRIGGER\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)/i;
const DROPPED = /^DROP\s+TRIGGER\s+(?:IF\s+EXISTS\s+)?"?(\w+)/i;

/** The triggers that the migrations leave behind: name to statement. */
async function triggersOfMigrations(): Promise<Map<string, string>> {
	const triggers = new Map<string, string>();
	const files = (await readdir(PATHS.migrations)).filter((file) => file.endsWith(".sql")).sort();
	for (const file of files)
		for (const statement of statementsOf(await readFile(join(PATHS.migrations, file), "utf8"))) {
			const [, created] = CREATED.exec(statement) ?? [];
			const [, dropped] = DROPPED.exec(statement) ?? [];
			if (created) triggers.set(created, statement);
			if (dropped) triggers.delete(dropped);
		}
	return triggers;
}

/**
 * Fails where a deployed database lacks a trigger: it would take answers and count none of them. What makes the missing ones is then
 * written to a file, for D1 reads a file of statements otherwise than a migration.
 */
export async function assertTriggers(wrangler: Wrangler, binding: string): Promise<void> {
	const rows = await query<{ name: string }>(wrangler, binding, "SELECT name FROM sqlite_master WHERE type = 'trigger'");
	const missing = await triggersOfMigrations();
	for (const { name } of rows) missing.delete(name);
	if (missing.size === 0) return;
	await mkdir(dirname(PATHS.missingTriggers), { recursive: true });
	await writeFile(PATHS.missingTriggers, [...missing.values()].map((statement) => `${statement};\n`).join(""));
	const file = relative(PATHS.root, PATHS.missingTriggers);
	throw new Error(`The database ${binding} lacks the triggers ${[...missing.keys()].join(", ")}: answers would be kept and not counted.
Nothing new is deployed. Make them, then deploy again:

  npx wrangler d1 execute ${binding} --remote --file ${file}
  npm run deploy`);
}
