import type { TestCollector, TestSite } from "./collector.ts";

/** An ask as its row says who it is from, and what it counts as. */
export interface Row {
	readonly id: string;
	readonly status: string;
	readonly score: number | null;
	readonly comment: string | null;
	readonly transaction: string | null;
	readonly customer: string | null;
	readonly page: string | null;
	readonly commented: number;
	readonly erased: boolean;
}

/** An ask that has lost who it is from. */
export const NAMELESS = { comment: null, transaction: null, customer: null, page: null, erased: true } as const;

/** A site's asks, in the order in which they were kept or changed last. */
export async function rowsOf(collector: TestCollector, site: TestSite = collector.site): Promise<Row[]> {
	const { results } = await collector.db
		.prepare(
			`SELECT id, status, score, comment, "transaction", customer, page, commented, erased_at IS NOT NULL AS erased FROM ask
			WHERE site = ?1 ORDER BY updated_at, id`,
		)
		.bind(site.id)
		.all<Omit<Row, "erased"> & { erased: number }>();
	return results.map((row) => ({ ...row, erased: row.erased === 1 }));
}

/** Erases, and gives the reply's status and body. */
export async function erase(collector: TestCollector, kind: "customer" | "transaction", value: string, site?: TestSite) {
	const response = await collector.owner(`/v1/${kind}s/${encodeURIComponent(value)}`, { method: "DELETE" }, site);
	return [response.status, await response.json()] as const;
}

/** What a restore of the database to this moment will bring back. */
export async function snapshot(collector: TestCollector): Promise<() => Promise<void>> {
	const tables = ["ask", "tombstone", "dead_letter"] as const;
	const kept = await Promise.all(
		tables.map(async (table) => (await collector.db.prepare(`SELECT * FROM ${table}`).all()).results),
	);
	return async () => {
		for (const [i, table] of tables.entries()) {
			await collector.db.prepare(`DELETE FROM ${table}`).run();
			const names = Object.keys(kept[i]?.[0] ?? {});
			if (names.length === 0) continue;
			const columns = names.map((name) => `"${name}"`).join(", ");
			const values = names.map((name) => `json_extract(value, '$.${name}')`).join(", ");
			const insert = collector.db.prepare(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM json_each(?1)`);
			await insert.bind(JSON.stringify(kept[i])).run();
		}
	};
}
