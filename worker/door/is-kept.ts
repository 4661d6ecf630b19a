import { hasAsk } from "../db/answers.ts";
import { dbFor } from "../db/db-for.ts";
import type { Env } from "../env.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";
import type { Site } from "../site.ts";

/** Asks this isolate has let in, the latest at the end: most edits follow within a minute and need no look at the database. */
const letIn = new Set<string>();
const MOST = 5_000;

/** Notes that an ask was let in, by the id it is kept under. */
export function noteKept(id: string): void {
	letIn.delete(id);
	if (letIn.size >= MOST) letIn.delete(letIn.values().next().value ?? "");
	letIn.add(id);
}

/** Whether an ask is there to be edited. A database that cannot say lets it pass for one, as a limiter that fails does. */
export async function isKept(env: Env, site: Site, id: string): Promise<boolean> {
	if (letIn.has(id)) return true;
	try {
		return await hasAsk(dbFor(env, site), site.id, id);
	} catch (error) {
		log({ event: "limiter_failed", reason: reasonOf(error) });
		return true;
	}
}
