import type { PhpVersion } from "../php.ts";

/** What a merchant sets in an integration, in the integration's own words. */
export interface ShopSettings {
	readonly address?: string;
	readonly kid?: string;
	readonly secret?: string;
	readonly buyer?: "none" | "number" | "email";
	readonly survey?: string;
	readonly placement?: string;
	readonly locale?: string;
	/** The shop waits for consent. */
	readonly consent?: boolean;
}

/** An order, as the shop keeps it. */
export interface ShopOrder {
	readonly number: string;
	/** How far it has come, in the shop system's own words; one that was paid for unless said otherwise. */
	readonly status?: "paid" | "failed" | "cancelled";
	/** The number of the buyer's account; 0 is a guest. */
	readonly buyer?: number;
	readonly email?: string;
	/** Unix seconds. */
	readonly created: number;
}

/** A shop system with the integration of `examples/` installed. */
export interface ShopSystem {
	/** What the integration prints on the confirmation of an order: null is an order that the shop does not have. */
	confirmation(settings: ShopSettings, order: ShopOrder | null): Promise<string>;
}

/** Opens a shop system on a version of PHP. */
export type OpenShopSystem = (version: PhpVersion) => Promise<ShopSystem>;
