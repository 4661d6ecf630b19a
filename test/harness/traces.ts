import type { TestCollector } from "./collector.ts";

/**
 * Where a text stands in anything that a Worker keeps: each column of each table of every database as "DB.ask.comment", the list of the
 * erased as "SUPPRESSED", and the log as "log".
 */
export async function tracesOf(collector: TestCollector, text: string): Promise<string[]> {
	const found = new Set<string>();
	for (const [shard, db] of collector.shards) {
		const tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
		for (const { name } of (await db.prepare(tables).all<{ name: string }>()).results)
			for (const row of (await db.prepare(`SELECT * FROM "${name}"`).all()).results)
				for (const [column, value] of Object.entries(row))
					if (String(value).includes(text)) found.add(`${shard}.${name}.${column}`);
	}
	if (JSON.stringify(await collector.suppressed.list()).includes(text)) found.add("SUPPRESSED");
	if (collector.log.some((line) => line.includes(text))) found.add("log");
	return [...found].sort();
}
