import { Hono } from "hono";
import { loginLinkReply, newLoginLink } from "../../shared/access-contract.ts";
import { ApiError } from "../api-error.ts";
import { directoryOf } from "../db/db-for.ts";
import { insertLoginLink } from "../db/login-links.ts";
import { bodyOf, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireOperator } from "../door/require-operator.ts";
import type { AppEnv } from "../env.ts";
import { randomBase62, sha256Hex } from "../keys/key.ts";
import { placeOf } from "../place-cache.ts";
import { siteAt } from "../site-at.ts";

/** Milliseconds within which a link must be used. */
const VALID_MS = 24 * 60 * 60 * 1000;

/** Operator: links that log in once. */
export const loginLinks = new Hono<AppEnv>().post(
	"/v1/login-links",
	describe({
		tag: "Operator",
		summary: "Make a link that logs in once",
		description: "Into the owner's pages, as the operator, within a day.",
		who: "the operator's key",
		body: bodyOf(newLoginLink),
		answers: { 201: json(loginLinkReply, "The link") },
		problems: ["invalid_request", "not_found"],
	}),
	requireOperator,
	async (c) => {
		const { site } = await parseBody(c.req.raw, newLoginLink);
		const place = site === null ? undefined : await placeOf(c.env, site);
		if (place === null) throw ApiError.notFound("site", "must be the id of a site");
		if (place) c.set("site", await siteAt(c.env, place));
		const now = Date.now();
		const secret = randomBase62(43);
		const expiresAt = now + VALID_MS;
		await insertLoginLink(directoryOf(c.env), { hash: await sha256Hex(secret), site, expiresAt }, now);
		return c.json({ path: `/app/login?once=${secret}`, expires_at: new Date(expiresAt).toISOString() }, 201);
	},
);
