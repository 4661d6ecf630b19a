import { fileURLToPath } from "node:url";
import { type PhpVersion, startPhp } from "../php.ts";
import type { ShopOrder, ShopSettings, ShopSystem } from "./shop-system.ts";

const PLUGIN = fileURLToPath(new URL("../../../examples/woocommerce/afterword", import.meta.url));
const STUBS = fileURLToPath(new URL(".", import.meta.url));
const FOLDER = "/wordpress/wp-content/plugins/afterword";

/** A WooCommerce shop: its pages, and its admin as far as the plugin is in it. */
export interface WooCommerce extends ShopSystem {
	/** The same with the end of the page, where the scripts stand that WordPress was asked for. */
	page(settings: ShopSettings, order: ShopOrder): Promise<string>;
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
	const thankFor = (settings: ShopSettings, order: ShopOrder | null, then = "") =>
		request(
			`file_put_contents('/options', serialize(array('afterword_settings' => $given['settings'])));
			do_action('woocommerce_thankyou', 17); ${then}`,
			{ settings: saved(settings), order: order && orderOf(order), consent_api: true },
		);
	const alone = (file: string) => php.run(`require '${FOLDER}/${file}';`);
	return {
		alone,
		request,
		confirmation: thankFor,
		page: (settings, order) => thankFor(settings, order, "do_action('wp_footer');"),
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
