import type { SiteId } from "../site.ts";

/** A Shopify app whose session tokens a site believes. */
export interface ShopifyApp {
	readonly id: string;
	/** The shop's permanent name, such as "a-shop.myshopify.com". */
	readonly shop: string;
	readonly clientId: string;
	/** The client secret, sealed. */
	readonly sealed: string;
	/** Its last four characters. */
	readonly hint: string;
	readonly createdAt: number;
}

interface AppRow {
	id: string;
	shop: string;
	client_id: string;
	sealed: string;
	hint: string;
	created_at: number;
}

/** A site's Shopify apps, oldest first. */
export async function shopifyAppsOf(db: D1Database, siteId: SiteId): Promise<ShopifyApp[]> {
	// In the order of its key: SQL that sorts by time reads a row even where there is none.
	const query = db.prepare("SELECT id, shop, client_id, sealed, hint, created_at FROM shopify_app WHERE site = ?1 ORDER BY id");
	const { results } = await query.bind(siteId).all<AppRow>();
	return results
		.map(({ client_id, created_at, ...rest }) => ({ ...rest, clientId: client_id, createdAt: created_at }))
		.sort((a, b) => a.createdAt - b.createdAt);
}

/** Keeps a new app. */
export async function insertShopifyApp(db: D1Database, siteId: SiteId, app: ShopifyApp): Promise<void> {
	await db
		.prepare("INSERT INTO shopify_app (site, id, shop, client_id, sealed, hint, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
		.bind(siteId, app.id, app.shop, app.clientId, app.sealed, app.hint, app.createdAt)
		.run();
}

/** Ends an app of this site: its tokens are believed no more. False when the site has no such app. */
export async function deleteShopifyApp(db: D1Database, siteId: SiteId, id: string): Promise<boolean> {
	const row = await db.prepare("DELETE FROM shopify_app WHERE site = ?1 AND id = ?2 RETURNING id").bind(siteId, id).first();
	return row !== null;
}
