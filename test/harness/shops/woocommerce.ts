import { fileURLToPath } from "node:url";
import { type PhpVersion, startPhp } from "../php.ts";
import type { ShopOrder, ShopSettings, ShopSystem } from "./shop-system.ts";

const PLUGIN = fileURLToPath(new URL("../../../examples/woocommerce/afterword", import.meta.url));
const STUBS = fileURLToPath(new URL(".", import.meta.url));
const FOLDER = "/wordpress/wp-content/plugins/afterword";

/** A WooCommerce shop: its pages, and its admin as far as the plugin is in it. */
export interface WooCommerce extends ShopSystem {
	/** The whole page, with the scripts that WordPress was asked for; one of blocks if it is to be, for a shopper who may see the order. */
	page(
		settings: ShopSettings,
		order: ShopOrder,
		made?: { readonly of_blocks?: boolean; readonly may_see?: boolean },
	): Promise<string>;
	/** What a file of the plugin prints where a browser asks for it, without WordPress. */
	alone(file: string): Promise<string>;
	/** One request, with the plugin loaded and WordPress's first hooks run; what `code` prints. */
	request(code: string, given?: object): Promise<string>;
}

/** Opens a shop with the plugin of `examples/woocommerce`. */
export async function openWooCommerce(version: PhpVersion): Promise<WooCommerce> {
	const php = await startPhp(version);
	await php.copy(PLUGIN, FOLDER);
	await php.copy(STUBS, "/stubs");
	const request = (code: string, given: object = {}) =>
		php.run(
			`require '/stubs/wordpress.php';
			require '${FOLDER}/afterword.php';
			do_action('before_woocommerce_init');
			do_action('init');
			if (is_admin()) { do_action('admin_menu'); do_action('admin_init'); }
			${code}`,
			given,
		);
	const thankFor = (settings: ShopSettings, order: ShopOrder | null, code: string, given: object = {}) =>
		request(
			`file_put_contents('/options', serialize(array('afterword_settings' => $given['settings'])));
			${code}`,
			{ settings: saved(settings), order: order && orderOf(order), consent_api: true, ...given },
		);
	const alone = (file: string) => php.run(`require '${FOLDER}/${file}';`);
	return {
		alone,
		request,
		confirmation: (settings, order) => thankFor(settings, order, "do_action('woocommerce_thankyou', 17);"),
		page: (settings, order, made) =>
			thankFor(settings, order, "confirmation_page($given['of_blocks']);", { of_blocks: false, may_see: true, ...made }),
	};
}

const saved = ({ consent, ...settings }: ShopSettings) => ({ ...settings, consent: consent ? "statistics" : "" });

const orderOf = ({ status = "paid", buyer = 0, email = "", ...order }: ShopOrder) => ({
	country: "IT",
	currency: "EUR",
	payment: "bacs",
	...order,
	status: status === "paid" ? "processing" : status,
	buyer,
	email,
});
