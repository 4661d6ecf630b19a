import type { PhpVersion } from "../php.ts";
import { openMagento } from "./magento.ts";
import { openPrestaShop } from "./prestashop.ts";
import type { OpenShopSystem } from "./shop-system.ts";
import { openWooCommerce } from "./woocommerce.ts";

/** The integrations of `examples/`, each with a version of PHP that its shops run: what prints the confirmation of an order. */
export const SHOP_SYSTEMS: readonly (readonly [name: string, version: PhpVersion, open: OpenShopSystem])[] = [
	["WooCommerce", "7.4", openWooCommerce],
	["WooCommerce", "8.4", openWooCommerce],
	["PrestaShop", "7.4", openPrestaShop],
	["PrestaShop", "8.4", openPrestaShop],
	["Magento", "8.4", openMagento],
];
