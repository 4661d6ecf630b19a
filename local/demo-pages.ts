import { demoShop } from "./demo-shop.ts";
import { galleryPages } from "./gallery.ts";
import { PATHS } from "./paths.ts";
import { shopPages } from "./shop-pages.ts";

/** The sites whose tags stand on the pages, by their public keys. */
interface Sites {
	readonly shop: { publicKey: string };
	readonly gallery: { publicKey: string };
}

/** Everything under `/demo/`: the gallery, the guides for other shops, and the shops beside them. `now` gives Unix milliseconds. */
export function demoPages({ shop, gallery }: Sites, now: () => number): (request: Request) => Promise<Response> {
	const shops = demoShop(PATHS.plainHtml, shop, now);
	const sideBySide = galleryPages(gallery);
	return async (request) => (await sideBySide(request)) ?? (await shopPages(request)) ?? shops(request);
}
