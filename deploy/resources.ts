import { unstable_readConfig as readConfig } from "wrangler";
import { PATHS } from "../local/paths.ts";
import { succeed, type Wrangler } from "./wrangler.ts";

/** How the Worker calls its database. Whoever deploys may have given the database itself another name. */
export const DATABASE = "DB";

/** What wrangler.toml wants the account to have. */
interface Resources {
	/** Null where wrangler.toml names a database by its id: then it is there. */
	readonly database: string | null;
	readonly queues: readonly string[];
}

/** What of wrangler.toml is looked at here. */
interface Config {
	readonly d1_databases: readonly { binding: string; database_name?: string; database_id?: string }[];
	readonly queues: { readonly producers?: readonly { queue?: string }[]; readonly consumers?: readonly { queue: string }[] };
}

function resources(): Resources {
	const { d1_databases: databases, queues }: Config = readConfig({ config: PATHS.wranglerConfig });
	const database = databases.find(({ binding }) => binding === DATABASE);
	const named = [...(queues.producers ?? []), ...(queues.consumers ?? [])].flatMap(({ queue }) => queue ?? []);
	return { database: database?.database_id ? null : (database?.database_name ?? null), queues: [...new Set(named)] };
}

/**
 * Makes the database and the queues that are not there yet, and gives the names of those it made. `wrangler deploy` would make the
 * database as well, but only with the code that needs its tables; and it makes no queue that the Worker only reads from.
 */
export async function ensureResources(wrangler: Wrangler): Promise<string[]> {
	const { database, queues } = resources();
	const made: string[] = [];
	if (database !== null) {
		const there: { name: string }[] = JSON.parse(await succeed(wrangler, ["d1", "list", "--json"]));
		if (!there.some(({ name }) => name === database)) {
			await succeed(wrangler, ["d1", "create", database]);
			made.push(database);
		}
	}
	for (const queue of queues) {
		const { code, stdout, stderr } = await wrangler(["queues", "info", queue]);
		if (code === 0) continue;
		if (!/does not exist/.test(stderr + stdout)) throw new Error(`wrangler queues info ${queue} failed:\n\n${stderr || stdout}`);
		await succeed(wrangler, ["queues", "create", queue]);
		made.push(queue);
	}
	return made;
}
