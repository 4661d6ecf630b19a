import { unstable_readConfig as readConfig } from "wrangler";

/** How the Worker calls its directory, which is also the first shard. Whoever deploys may have given the database itself another name. */
export const DIRECTORY = "DB";

/** A shard as wrangler.toml has it. */
export interface Shard {
	readonly binding: string;
	/** The database's name in the account; null where it is named by its id, and so is there. */
	readonly database: string | null;
}

/** What of wrangler.toml is looked at here. */
interface Config {
	readonly d1_databases: readonly {
		binding: string;
		database_name?: string;
		database_id?: string;
		migrations_dir?: string;
	}[];
}

/**
 * The shards of wrangler.toml, the directory first.
 * @throws where the Worker would not know one for a shard, two are one database, or one has other migrations than the directory
 */
export function shardsIn(config: string): Shard[] {
	const { d1_databases: databases }: Config = readConfig({ config });
	const directory = databases.find(({ binding }) => binding === DIRECTORY);
	if (!directory) throw new Error(`wrangler.toml has no D1 database with binding = "${DIRECTORY}".`);
	const seen = new Map<string, string>();
	for (const { binding, database_name, database_id, migrations_dir } of databases) {
		if (!/^DB(?:_\d+)?$/.test(binding))
			throw new Error(`wrangler.toml has a D1 database with binding = "${binding}". Shards are called DB, DB_2, DB_3 and so on.`);
		const database = database_id ?? database_name ?? "";
		const other = seen.get(database);
		if (other !== undefined || database === "")
			throw new Error(
				`wrangler.toml must name a database of its own for ${binding}${other ? `: this one is that of ${other}` : ""}.`,
			);
		seen.set(database, binding);
		if (migrations_dir !== directory.migrations_dir)
			throw new Error(`wrangler.toml must say migrations_dir = "${directory.migrations_dir}" for ${binding} too.`);
	}
	const others = databases.filter(({ binding }) => binding !== DIRECTORY);
	return [directory, ...others].map(({ binding, database_id, database_name = "" }) => ({
		binding,
		database: database_id ? null : database_name,
	}));
}
