import { type Health, health as schema } from "../../shared/operator-contract.ts";
import type { TestCollector } from "./collector.ts";

/** What the operator is told of a Worker's health: all that the contract says, and nothing else. */
export async function healthOf(collector: TestCollector, query = ""): Promise<Health> {
	const response = await collector.operator(`/v1/health${query}`);
	if (response.status !== 200) throw new Error(`No health: ${await response.text()}`);
	return schema.strict().parse(await response.json());
}

/** A page as text, with a bar for each run of tags. */
export const barred = (html: string): string => html.replace(/<[^>]+>/g, "|").replace(/\|+/g, "|");

/** Puts every site's chores off, for those of one that is made next to be the only ones that wait. */
export async function putOffChores(collector: TestCollector): Promise<void> {
	await collector.db.prepare("UPDATE site SET evaluate_at = 9e15, retain_at = 9e15, recount_at = 9e15").run();
}
