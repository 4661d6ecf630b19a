/** Milliseconds between two looks at the dataLayer. */
const LOOK_MS = 250;

/** Who wants to hear of purchases on this page; one timer looks for all of them. */
const looks: (() => void)[] = [];

/**
 * Calls back with the transaction of each purchase in the page's dataLayer, those from before as well as those to come, each
 * transaction once. The dataLayer is looked at again and again: to hear its `push` one would have to put one's own in its place.
 */
export function whenPurchased(page: object, bought: (transaction: string) => void): void {
	const known = new Set<string>();
	const seen = new WeakSet<object>();
	const hear = (entry: unknown) => {
		if (typeof entry !== "object" || entry === null || seen.has(entry)) return;
		seen.add(entry);
		const transaction = transactionOf(entry);
		if (!transaction || known.has(transaction)) return;
		known.add(transaction);
		bought(transaction);
	};
	const look = () => {
		const dataLayer = at(page, "dataLayer");
		if (!Array.isArray(dataLayer)) return;
		for (const entry of dataLayer)
			try {
				hear(entry);
			} catch {} // An entry may be anything, also something that throws when it is read.
	};
	look();
	if (looks.push(look) === 1)
		setInterval(() => {
			for (const each of looks) each();
		}, LOOK_MS);
}

/** The part of a value that a path leads to; undefined where it leads nowhere. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
	let part = value;
	for (const name of path) part = typeof part === "object" && part !== null ? Reflect.get(part, name) : undefined;
	return part;
}

/**
 * The transaction of a purchase as dataLayers say it: GA4's `ecommerce.transaction_id` or a `transaction_id` beside the event
 * `purchase`, Universal Analytics' `ecommerce.purchase.actionField.id` under whatever event, and gtag's `("event", "purchase", { … })`.
 */
export function transactionOf(entry: unknown): string | undefined {
	const called = at(entry, 0) === "event" && at(entry, 1) === "purchase";
	const named = at(entry, "event") === "purchase";
	const found =
		at(entry, "ecommerce", "purchase", "actionField", "id") ??
		(called ? at(entry, 2, "transaction_id") : undefined) ??
		(named ? (at(entry, "ecommerce", "transaction_id") ?? at(entry, "transaction_id")) : undefined);
	return typeof found === "string" || typeof found === "number" ? `${found}` : undefined;
}
