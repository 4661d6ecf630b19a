import type { TestCollector, TestSite } from "./collector.ts";

/** What is made to fail in the databases: see faulty-entry.js. */
export interface Fault {
	readonly kind: "none" | "overloaded" | "lost" | "lost-after-commit";
	readonly share?: number;
	/** The shard that fails; without it all do. */
	readonly shard?: string;
	/** How the SQL begins that fails, as a pattern; without it writes of asks do. */
	readonly sql?: string;
	/** How often at most; without it always. */
	readonly times?: number;
}

/** Makes the databases of a Worker fail (`entry: "faulty"`), from now on. */
export async function fail(collector: TestCollector, fault: Fault): Promise<void> {
	await collector.fetch("/faults", { method: "POST", body: JSON.stringify({ share: 1, ...fault }) });
}

/** Where the directory says that each site lives: its id to the name of a shard. */
export async function placesOf({ db }: TestCollector): Promise<Map<string, string>> {
	const { results } = await db.prepare("SELECT site, shard FROM place").all<{ site: string; shard: string }>();
	return new Map(results.map(({ site, shard }) => [site, shard]));
}

/** Makes sites until each shard has one, and gives one of each by the shard's name. */
export async function siteOfEach(collector: TestCollector): Promise<Map<string, TestSite>> {
	const found = new Map<string, TestSite>();
	const note = async (site: TestSite) => {
		const shard = (await placesOf(collector)).get(site.id) ?? "";
		if (!found.has(shard)) found.set(shard, site);
	};
	await note(collector.site);
	while (found.size < collector.shards.size) await note(await collector.makeSite());
	return found;
}

/** Makes sites until one lives in this shard, and gives that one. */
export async function siteIn(collector: TestCollector, shard: string): Promise<TestSite> {
	for (;;) {
		const site = await collector.makeSite();
		if ((await placesOf(collector)).get(site.id) === shard) return site;
	}
}

/** How many rows a table of a shard has. */
export async function count(collector: TestCollector, shard: string, table: string): Promise<number> {
	const row = await collector.shards.get(shard)?.prepare(`SELECT count(*) AS n FROM "${table}"`).first<{ n: number }>();
	return row?.n ?? Number.NaN;
}
