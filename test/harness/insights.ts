import { loadAsks } from "../../local/load-asks.ts";
import { startCollector, type TestCollector } from "./collector.ts";
import { madeUpAsks } from "./made-up-asks.ts";

/** Starts a collector whose site has a declared segment, three surveys with goals and reasons, and 9,000 asks of the last 250 days. */
export async function startInsights(): Promise<TestCollector> {
	const collector = await startCollector();
	const patch = (path: string, body: object) => collector.owner(path, { method: "PATCH", body: JSON.stringify(body) });
	await patch("/v1/site", { segments: { plan: ["free", "gold"] } });
	const drivers = [{ id: "price" }, { id: "delivery" }, { id: "payment" }];
	for (const [slug, goal] of Object.entries({ ces: 4, csat: 30, nps: 30 })) await patch(`/v1/surveys/${slug}`, { goal, drivers });
	const asks = madeUpAsks(9_000, 250, 17, Date.now());
	await loadAsks(collector.db, { id: collector.site.id, timezone: "Europe/Rome" }, asks);
	return collector;
}

/** The list that the API answers with at a path, under a name. */
export async function listOf<Item>({ owner }: TestCollector, path: string, name: string): Promise<Item[]> {
	const response = await owner(path);
	if (response.status !== 200) throw new Error(`No ${name}: ${await response.text()}`);
	return (await response.json())[name];
}
