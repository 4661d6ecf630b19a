import type { Api } from "@shopify/ui-extensions/customer-account.order-status.block.render";
import { openQuestion } from "./open-question.tsx";
import { whenKnown } from "./when-known.ts";

declare const shopify: Api;

/** The block on the Order status page. */
export default async function orderStatus(): Promise<void> {
	await openQuestion(shopify, await whenKnown(shopify.order, ({ id, name }) => ({ id, name })));
}
