import { fileURLToPath } from "node:url";
import { type PhpVersion, startPhp } from "../php.ts";
import type { ShopOrder, ShopSettings, ShopSystem } from "./shop-system.ts";

const MODULE = fileURLToPath(new URL("../../../examples/prestashop/afterword", import.meta.url));
const STUBS = fileURLToPath(new URL(".", import.meta.url));

/** A PrestaShop: its confirmation, and the module's page in its back office. */
export interface PrestaShop extends ShopSystem {
	/** One request with the module as `$module`; what `code` prints. */
	request(code: string, given?: object): Promise<string>;
}

/** Opens a shop with the module of `examples/prestashop`. */
export async function openPrestaShop(version: PhpVersion): Promise<PrestaShop> {
	const php = await startPhp(version);
	await php.copy(MODULE, "/modules/afterword");
	await php.copy(STUBS, "/stubs");
	const request = (code: string, given: object = {}) =>
		php.run(
			`require '/stubs/prestashop.php';
			require '/modules/afterword/afterword.php';
			$module = new Afterword();
			${code}`,
			given,
		);
	return {
		request,
		confirmation: (settings, order) =>
			request(
				`file_put_contents('/configuration', serialize($given['settings']));
				echo $module->hookDisplayOrderConfirmation(isset($given['order']) ? ['order' => new Order($given['order'])] : []);`,
				{ settings: saved(settings), order: order && orderOf(order) },
			),
	};
}

const saved = ({ consent, ...settings }: ShopSettings) =>
	Object.fromEntries(
		Object.entries({ ...settings, consent: consent ? "1" : "0" }).map(([name, value]) => [
			`AFTERWORD_${name.toUpperCase()}`,
			value,
		]),
	);

const orderOf = ({ status = "paid", buyer = 0, email = "", ...order }: ShopOrder) => ({
	country: "IT",
	currency: "EUR",
	payment: "ps_wirepayment",
	...order,
	status,
	buyer,
	email,
});
