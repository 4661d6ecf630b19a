import { createHmac } from "node:crypto";

/**
 * The transaction token of one order, for `data-token` on the Afterword tag. Node 16 or newer.
 *
 * Where the order confirmation is rendered. The secret stands in the server's environment, never in what a browser is sent:
 *
 *     const created = order.createdAt.getTime() / 1000;
 *     const token = afterwordToken("aw_pub_…", "kid", process.env.AFTERWORD_SECRET, order.number, order.customerId, created);
 *
 * and in its template, here EJS, whose `<%=` escapes:
 *
 *     <script async src="https://feedback.example/w/aw_pub_….js"
 *             data-transaction="<%= order.number %>" data-token="<%= token %>"></script>
 *
 * @param {string} site the site's public key, aw_pub_…
 * @param {string} kid the name of the signing secret
 * @param {string} secret the signing secret, aw_tx_…
 * @param {string} transaction the order's number, 1 to 64 bytes of UTF-8
 * @param {string | null} customer the buyer in your books, up to 64 bytes of UTF-8, or null
 * @param {number} created when the order was made, in Unix seconds
 * @returns {string}
 */
export function afterwordToken(site, kid, secret, transaction, customer, created) {
	const base64url = (text) => Buffer.from(String(text ?? ""), "utf8").toString("base64url");
	const message = ["awtx1", site, kid, Math.floor(created), base64url(transaction), base64url(customer)].join(".");
	return `${message}.${createHmac("sha256", secret).update(message).digest("hex")}`;
}
