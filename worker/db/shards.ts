import type { Env } from "../env.ts";

/** The name of a binding that is a shard. */
export type ShardName = "DB" | `DB_${number}`;

/** The shard that is the directory too: it knows every site by its public key and by its API keys. */
export const DIRECTORY = "DB" satisfies ShardName;

/** One of the databases that sites live in. */
export interface Shard {
	readonly name: ShardName;
	readonly db: D1Database;
}

/** Whether a name can be that of a shard. No other binding is ever taken for a database of sites. */
export function isShardName(name: string): name is ShardName {
	return /^DB(?:_\d+)?$/.test(name);
}

/** Every shard among the bindings: the directory first, then by number. */
export function shardsOf(env: Env): Shard[] {
	const number = ({ name }: Shard) => Number(name.slice("DB_".length));
	return Object.keys(env)
		.filter(isShardName)
		.flatMap((name) => {
			const db = env[name];
			return db ? [{ name, db }] : [];
		})
		.sort((a, b) => number(a) - number(b));
}
