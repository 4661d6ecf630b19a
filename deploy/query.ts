import { succeed, type Wrangler } from "./wrangler.ts";

/** The rows of one query of a deployed database, by the name of its binding. */
export async function query<Row>(wrangler: Wrangler, binding: string, sql: string): Promise<Row[]> {
	const printed = await succeed(wrangler, ["d1", "execute", binding, "--remote", "--json", "--command", sql]);
	const [{ results }]: [{ results: Row[] }] = JSON.parse(printed);
	return results;
}
