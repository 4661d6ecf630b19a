import { Hono } from "hono";
import * as z from "zod";
import { newSigningSecretReply, signingSecretsReply } from "../../shared/signing-contract.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { deleteSigningSecret, insertSigningSecret, signingSecretsOf } from "../db/signing-secrets.ts";
import { siteById } from "../db/sites.ts";
import { checked, describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { makeKey, randomBase62 } from "../keys/key.ts";
import { seal } from "../keys/seal.ts";
import { signingSecretView } from "../settings-view.ts";
import { forgetSite } from "../site-cache.ts";

/** Secrets one site may have: one in use, one to come, and some slack. */
const MOST = 5;

/** Owner: what the merchant's server signs orders with. */
export const signingSecrets = new Hono<AppEnv>();

signingSecrets.get(
	"/v1/signing-secrets",
	describe({
		tag: "Settings",
		summary: "List the signing secrets",
		who: "a key with the scope keys:write",
		answers: { 200: json(signingSecretsReply, "Oldest first, never the secrets themselves") },
	}),
	requireKey("keys:write"),
	async (c) => {
		const site = c.get("site");
		return c.json({ secrets: (await signingSecretsOf(dbFor(c.env, site), site.id)).map(signingSecretView) });
	},
);

signingSecrets.post(
	"/v1/signing-secrets",
	describe({
		tag: "Settings",
		summary: "Make a signing secret",
		description:
			"For the merchant's server, which signs each order with it. The first one sets the site's `token_mode` to `prefer`. To rotate: make a second, sign with it, and end the first once its tokens are old.",
		who: "a key with the scope keys:write",
		answers: { 201: json(newSigningSecretReply, "The secret, shown this once") },
		problems: ["conflict"],
	}),
	requireKey("keys:write"),
	async (c) => {
		const { id, publicKey } = c.get("site");
		if (!c.env.AFTERWORD_SECRET)
			throw new ApiError("unavailable", { detail: "The operator must set the Worker's secret AFTERWORD_SECRET first" });
		const db = dbFor(c.env, c.get("site"));
		if ((await signingSecretsOf(db, id)).length >= MOST)
			throw new ApiError("conflict", { detail: `A site has at most ${MOST} signing secrets` });
		const secret = makeKey("aw_tx_");
		const kid = randomBase62(6).toLowerCase();
		const sealed = await seal(c.env, secret, `${id}.${kid}`);
		const made = { kid, sealed, hint: secret.slice(-4), createdAt: Date.now() };
		await db.batch(insertSigningSecret(db, id, made));
		forgetSite(publicKey);
		const site = await siteById(db, id);
		return c.json({ secret: signingSecretView(made), signing_secret: secret, token_mode: site?.tokenMode ?? "prefer" }, 201);
	},
);

signingSecrets.delete(
	"/v1/signing-secrets/:kid",
	describe({
		tag: "Settings",
		summary: "End a signing secret",
		description: "What it has signed is believed no more.",
		who: "a key with the scope keys:write",
		answers: { 204: { description: "Ended" } },
		problems: ["invalid_request", "not_found", "conflict"],
	}),
	requireKey("keys:write"),
	checked(
		"param",
		z.object({
			kid: z
				.string()
				.max(8)
				.describe("The secret's name in tokens.")
				.meta({ examples: ["k3x9qa"] }),
		}),
	),
	async (c) => {
		const { id, publicKey, tokenMode } = c.get("site");
		const db = dbFor(c.env, c.get("site"));
		const { kid } = c.req.valid("param");
		const others = (await signingSecretsOf(db, id)).filter((secret) => secret.kid !== kid);
		if (tokenMode !== "off" && others.length === 0)
			throw new ApiError("conflict", { detail: "The last secret ends only once token_mode is off" });
		if (!(await deleteSigningSecret(db, id, kid)))
			throw ApiError.notFound("kid", "must be the kid of one of this site's secrets");
		forgetSite(publicKey);
		return c.body(null, 204);
	},
);
