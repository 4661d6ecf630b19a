import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import * as z from "zod";
import { surveySlug } from "../../shared/identifier-contract.ts";
import { insertAudit } from "../db/audit.ts";
import { dbFor } from "../db/db-for.ts";
import type { AppEnv } from "../env.ts";
import { randomBase62 } from "../keys/key.ts";
import { log } from "../log.ts";
import { reasonOf } from "../reason-of.ts";

/**
 * Names in addresses that are things of the site, each with the form that we give it: an id of ours, a delivery's, an answer's or a dead
 * letter's. A customer's is a person's and is not among them; and what somebody has put in the place of a name, it may be a key, is none.
 */
const THINGS = {
	survey: surveySlug,
	id: z.string().regex(/^(?:[0-9A-Za-z]{12}|msg_[0-9A-Za-z]{24}|[0-9a-f]{32})$/),
	kid: z.string().regex(/^[0-9a-z]{1,8}$/),
} as const;

/**
 * Notes whatever a key was used for that is more than reading, refused or done: who, what, which, how it ended. One place for every
 * route there is and will be; the note is written after the reply and cannot fail it. The operator's acts are noted where they are
 * about one site.
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
		object: Object.entries(THINGS)
			.flatMap(([name, form]) => form.safeParse(c.req.param(name)).data ?? [])
			.join(" "),
		request: c.req.header("cf-ray") ?? "",
		result: String(c.res.status),
	};
	const written = insertAudit(dbFor(c.env, site), site.id, entry).catch((error: unknown) =>
		log({ event: "audit_failed", site: site.id, action: entry.action, reason: reasonOf(error) }),
	);
	c.executionCtx.waitUntil(written);
});
