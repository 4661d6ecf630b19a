import { DATABASE } from "./resources.ts";
import { succeed, type Wrangler } from "./wrangler.ts";

/** The rows of one query of the deployed database. */
export async function query<Row>(wrangler: Wrangler, sql: string): Promise<Row[]> {
	const printed = await succeed(wrangler, ["d1", "execute", DATABASE, "--remote", "--json", "--command", sql]);
	const [{ results }]: [{ results: Row[] }] = JSON.parse(printed);
	return results;
}
