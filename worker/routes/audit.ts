import { Hono } from "hono";
import * as z from "zod";
import { auditReply } from "../../shared/audit-contract.ts";
import { auditOf } from "../db/audit.ts";
import { dbFor } from "../db/db-for.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";

const PAGE = 100;

const query = z.strictObject({
	before: z.iso
		.datetime()
		.optional()
		.describe("Only what was done before this time.")
		.meta({ examples: ["2026-11-22T10:00:00.000Z"] }),
	cursor: z
		.string()
		.regex(/^\d{1,15}\.[0-9A-Za-z]{1,16}$/, "must be `next` of the page before")
		.optional()
		.describe("`next` of the page before.")
		.meta({ examples: ["1795341600000.Zq3vT81k"] }),
});

/** Owner: who did what to the site. */
export const auditLog = new Hono<AppEnv>().get(
	"/v1/audit",
	describe({
		tag: "Settings",
		summary: "Read the audit log",
		description:
			"Everything a key was used for that is more than reading, refused or done. Nothing in it is ever changed or removed.",
		who: "a key with the scope keys:write",
		answers: { 200: json(auditReply, "Newest first, at most 100") },
		problems: ["invalid_request"],
	}),
	requireKey("keys:write"),
	checked("query", query),
	async (c) => {
		const { before, cursor } = c.req.valid("query");
		const site = c.get("site");
		const [at = "", entry = ""] = cursor?.split(".") ?? [];
		const until = before === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(before);
		const entries = await auditOf(
			dbFor(c.env, site),
			site.id,
			cursor ? { at: Number(at), id: entry } : { at: until, id: "" },
			PAGE,
		);
		const last = entries.length === PAGE ? entries.at(-1) : undefined;
		return c.json({
			next: last ? `${last.at}.${last.id}` : null,
			entries: entries.map(({ at, id: _, result, ...entry }) => ({
				at: new Date(at).toISOString(),
				...entry,
				result: Number(result),
			})),
		});
	},
);
