import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import { insertAudit } from "../db/audit.ts";
import { dbFor } from "../db/db-for.ts";
import type { AppEnv } from "../env.ts";
import { randomBase62 } from "../keys/key.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";

/** Names in addresses that are things of the site; a customer's is a person's and is not among them. */
const THINGS = ["survey", "id", "kid"] as const;

/**
 * Notes whatever a key was used for that is more than reading, refused or done: who, what, which, how it ended. One place for every
 * route there is and will be; the note is written after the reply and cannot fail it.
 */
export const audit = createMiddleware<AppEnv>(async (c, next) => {
	await next();
	const actor = c.get("operator") ? "operator" : c.get("key")?.id;
	const site = c.get("site");
	if (!actor || !site || ["GET", "HEAD", "OPTIONS"].includes(c.req.method)) return;
	const entry = {
		at: Date.now(),
		id: randomBase62(8),
		actor,
		action: `${c.req.method} ${routePath(c, -1)}`,
		object: THINGS.flatMap((name) => c.req.param(name) ?? [])
			.join(" ")
			.slice(0, 64),
		request: c.req.header("cf-ray") ?? "",
		result: String(c.res.status),
	};
	const written = insertAudit(dbFor(c.env, site), site.id, entry).catch((error: unknown) =>
		log({ event: "audit_failed", site: site.id, action: entry.action, reason: reasonOf(error) }),
	);
	c.executionCtx.waitUntil(written);
});
