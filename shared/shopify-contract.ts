import * as z from "zod";

const shop = z
	.string()
	.regex(/^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/, "must be the shop's permanent name, such as a-shop.myshopify.com");
const clientId = z.string().regex(/^[\w-]{8,64}$/, "must be the app's client ID");

/** A Shopify app as it can be seen after it was added: never its secret. */
export const shopifyApp = z
	.object({
		id: z.string(),
		shop,
		client_id: clientId,
		hint: z.string().describe("The client secret's last four characters."),
		created_at: z.iso.datetime(),
	})
	.meta({ id: "ShopifyApp" });

export type ShopifyAppView = z.infer<typeof shopifyApp>;

export const shopifyAppsReply = z.object({ apps: z.array(shopifyApp) }).meta({ id: "ShopifyApps" });

export const newShopifyApp = z
	.strictObject({
		shop: shop.describe("The `dest` of its session tokens."),
		client_id: clientId.describe("Their `aud`."),
		client_secret: z
			.string()
			.regex(/^[\x21-\x7e]{16,128}$/, "must be the app's client secret")
			.describe("What Shopify signs them with; kept sealed."),
	})
	.meta({
		id: "NewShopifyApp",
		examples: [
			{
				shop: "a-shop.myshopify.com",
				client_id: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
				client_secret: "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",
			},
		],
	});
