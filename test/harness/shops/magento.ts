import { fileURLToPath } from "node:url";
import { type PhpVersion, startPhp } from "../php.ts";
import type { ShopOrder, ShopSettings, ShopSystem } from "./shop-system.ts";

const MODULE = fileURLToPath(new URL("../../../examples/magento/Afterword_Survey", import.meta.url));
const STUBS = fileURLToPath(new URL(".", import.meta.url));

/** A page of the storefront: what the module added, by the container it was added to, and the page's policies, a directive each. */
export interface MagentoPage {
	readonly html: Readonly<Record<string, string>>;
	readonly policies: readonly string[];
}

/** A Magento shop. */
export interface Magento extends ShopSystem {
	/** One request with the module registered; what `code` prints. */
	request(code: string, given?: object): Promise<string>;
	/** The confirmation of a checkout; `with several addresses` makes an order for each, and this is the first. */
	page(settings: ShopSettings, order: ShopOrder | null, checkout?: "onepage" | "several addresses"): Promise<MagentoPage>;
}

/** Opens a shop with the module of `examples/magento`, of PHP 8.1 or newer like Magento itself. */
export async function openMagento(version: PhpVersion): Promise<Magento> {
	const php = await startPhp(version);
	await php.copy(MODULE, "/app/code/Afterword/Survey");
	await php.copy(STUBS, "/stubs");
	const request = (code: string, given: object = {}) =>
		php.run(`require '/stubs/magento.php'; require '/app/code/Afterword/Survey/registration.php'; ${code}`, given);
	const page: Magento["page"] = async (settings, order, checkout = "onepage") => {
		const [handle, event, ids] =
			checkout === "onepage"
				? ["checkout_onepage_success", "checkout_onepage_controller_success_action", ["17"]]
				: ["multishipping_checkout_success", "multishipping_checkout_controller_success_action", [17, 18]];
		return JSON.parse(
			await request(
				`file_put_contents('/config', serialize([])); Config::save($given['settings']);
				echo json_encode(page($given['handle'], $given['event'], ['order_ids' => $given['ids']]));`,
				{ settings: saved(settings), order: order && orderOf(order), handle, event, ids },
			),
		);
	};
	return { request, page, confirmation: async (settings, order) => Object.values((await page(settings, order)).html).join("") };
}

const saved = ({ kid, secret, buyer, consent, ...question }: ShopSettings) =>
	Object.fromEntries(
		[
			...Object.entries({ ...question, consent: consent ? "1" : "0" }).map(([name, value]) => [
				`afterword/question/${name}`,
				value,
			]),
			...Object.entries({ kid, secret, buyer }).map(([name, value]) => [`afterword/signing/${name}`, value]),
		].filter(([, value]) => value !== undefined),
	);

const orderOf = ({ status = "paid", buyer = 0, email = "", ...order }: ShopOrder) => ({
	country: "IT",
	currency: "EUR",
	payment: "checkmo",
	...order,
	state: status === "paid" ? "new" : "canceled",
	buyer,
	email,
});
