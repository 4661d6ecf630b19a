import type { Api } from "@shopify/ui-extensions/purchase.thank-you.block.render";
import { openQuestion } from "./open-question.tsx";

declare const shopify: Api;

/** The block on the Thank you page. */
export default async function thankYou(): Promise<void> {
	const { order, number } = shopify.orderConfirmation.value;
	await openQuestion(shopify, { id: order.id, name: number });
}
