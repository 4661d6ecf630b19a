/**
 * Calls back with the transaction of each purchase in the page's dataLayer, those from before as well as those to come, each
 * transaction once. The dataLayer is looked at again and again: to hear its `push` one would have to put one's own in its place.
 */
export declare function whenPurchased(page: object, bought: (transaction: string) => void): void;
/**
 * The transaction of a purchase as dataLayers say it: GA4's `ecommerce.transaction_id` or a `transaction_id` beside the event
 * `purchase`, Universal Analytics' `ecommerce.purchase.actionField.id` under whatever event, and gtag's `("event", "purchase", { … })`.
 */
export declare function transactionOf(entry: unknown): string | undefined;
