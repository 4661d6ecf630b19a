/** An order as Shopify names it: a global id, and perhaps the number or name that people see. */
export interface Order {
	readonly id: string;
	readonly name?: string | undefined;
}

/**
 * What an order is called in an answer: the number in its global id, which is the same on both pages, in the admin's addresses
 * and as `{{ id }}` in a mail; otherwise its name without what Afterword would refuse, such as the # of "#1001". Undefined where
 * nothing is left.
 */
export function orderReference({ id, name = "" }: Order): string | undefined {
	const [number] = /\d+$/.exec(id.split("?")[0] ?? "") ?? [];
	return number ?? (name.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}._:/-]/gu, "").slice(0, 32) || undefined);
}
