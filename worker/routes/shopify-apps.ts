import { Hono } from "hono";
import * as z from "zod";
import { newShopifyApp, shopifyApp, shopifyAppsReply } from "../../shared/shopify-contract.ts";
import { ApiError } from "../api-error.ts";
import { dbFor } from "../db/db-for.ts";
import { deleteShopifyApp, insertShopifyApp, shopifyAppsOf } from "../db/shopify-apps.ts";
import { bodyOf, checked, describe, json } from "../describe.ts";
import { parseBody } from "../door/parse-body.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";
import { randomBase62 } from "../keys/key.ts";
import { seal } from "../keys/seal.ts";
import { shopifyAppView } from "../settings-view.ts";
import { forgetSite } from "../site-cache.ts";

/** Apps one site may have: one, the same again while its secret is rotated, and some slack. */
const MOST = 5;

/** Owner: the Shopify apps whose checkout extensions may send answers. */
export const shopifyApps = new Hono<AppEnv>();

shopifyApps.get(
	"/v1/shopify-apps",
	describe({
		tag: "Settings",
		summary: "List the Shopify apps",
		who: "a key with the scope keys:write",
		answers: { 200: json(shopifyAppsReply, "Oldest first, never their secrets") },
	}),
	requireKey("keys:write"),
	async (c) => {
		const { id } = c.get("site");
		return c.json({ apps: (await shopifyAppsOf(dbFor(c.env, c.get("site")), id)).map(shopifyAppView) });
	},
);

shopifyApps.post(
	"/v1/shopify-apps",
	describe({
		tag: "Settings",
		summary: "Believe a Shopify app's session tokens",
		description:
			"A checkout or customer account extension has no origin: it sends what `sessionToken.get()` gives as the ask's `token`. That proves the shop, not the order, so such answers are unsigned. To rotate a client secret: add the app again with the new one, and end the old entry once Shopify has revoked it.",
		who: "a key with the scope keys:write",
		body: bodyOf(newShopifyApp),
		answers: { 201: json(shopifyApp, "The app; its secret is sealed and never shown") },
		problems: ["conflict"],
	}),
	requireKey("keys:write"),
	async (c) => {
		const given = await parseBody(c.req.raw, newShopifyApp);
		const { id: siteId, publicKey } = c.get("site");
		if (!c.env.AFTERWORD_SECRET)
			throw new ApiError("unavailable", { detail: "The operator must set the Worker's secret AFTERWORD_SECRET first" });
		const db = dbFor(c.env, c.get("site"));
		if ((await shopifyAppsOf(db, siteId)).length >= MOST)
			throw new ApiError("conflict", { detail: `A site has at most ${MOST} Shopify apps` });
		const id = randomBase62(12);
		const sealed = await seal(c.env, given.client_secret, `${siteId}.shopify.${id}`);
		const hint = given.client_secret.slice(-4);
		const app = { id, shop: given.shop, clientId: given.client_id, sealed, hint, createdAt: Date.now() };
		await insertShopifyApp(db, siteId, app);
		forgetSite(publicKey);
		return c.json(shopifyAppView(app), 201);
	},
);

shopifyApps.delete(
	"/v1/shopify-apps/:id",
	describe({
		tag: "Settings",
		summary: "End a Shopify app",
		description: "Its session tokens are believed no more.",
		who: "a key with the scope keys:write",
		answers: { 204: { description: "Ended" } },
		problems: ["invalid_request", "not_found"],
	}),
	requireKey("keys:write"),
	checked(
		"param",
		z.object({
			id: z
				.string()
				.max(32)
				.describe("The id of the entry.")
				.meta({ examples: ["Zq3vT81kLmNx"] }),
		}),
	),
	async (c) => {
		const { id: siteId, publicKey } = c.get("site");
		if (!(await deleteShopifyApp(dbFor(c.env, c.get("site")), siteId, c.req.valid("param").id)))
			throw ApiError.notFound("id", "must be the id of one of this site's Shopify apps");
		forgetSite(publicKey);
		return c.body(null, 204);
	},
);
