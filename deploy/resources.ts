import { unstable_readConfig as readConfig } from "wrangler";
import type { Shard } from "./shards.ts";
import { succeed, type Wrangler } from "./wrangler.ts";

/** What of wrangler.toml is looked at here. */
interface Config {
	readonly queues: { readonly producers?: readonly { queue?: string }[]; readonly consumers?: readonly { queue: string }[] };
}

function queuesIn(config: string): string[] {
	const { queues }: Config = readConfig({ config });
	return [...new Set([...(queues.producers ?? []), ...(queues.consumers ?? [])].flatMap(({ queue }) => queue ?? []))];
}

/**
 * Makes the databases of the shards and the queues that are not there yet, and gives the names of those it made. `wrangler deploy` would
 * make the databases as well, but only with the code that needs their tables; and it makes no queue that the Worker only reads from.
 */
export async function ensureResources(wrangler: Wrangler, config: string, shards: readonly Shard[]): Promise<string[]> {
	const made: string[] = [];
	const wanted = shards.flatMap(({ database }) => database ?? []);
	if (wanted.length > 0) {
		const there: { name: string }[] = JSON.parse(await succeed(wrangler, ["d1", "list", "--json"]));
		for (const database of wanted) {
			if (there.some(({ name }) => name === database)) continue;
			await succeed(wrangler, ["d1", "create", database]);
			made.push(database);
		}
	}
	for (const queue of queuesIn(config)) {
		const { code, stdout, stderr } = await wrangler(["queues", "info", queue]);
		if (code === 0) continue;
		if (!/does not exist/.test(stderr + stdout)) throw new Error(`wrangler queues info ${queue} failed:\n\n${stderr || stdout}`);
		await succeed(wrangler, ["queues", "create", queue]);
		made.push(queue);
	}
	return made;
}
