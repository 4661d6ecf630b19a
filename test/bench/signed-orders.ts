import { createHmac } from "node:crypto";

/** What a shop's server signs its orders with. */
export interface Signer {
	readonly site: string;
	readonly kid: string;
	readonly secret: string;
}

/** A token as a shop's server makes it for an order of now. */
export function tokenOf({ site, kid, secret }: Signer, transaction: string, customer = ""): string {
	const base64url = (text: string) => Buffer.from(text).toString("base64url");
	const at = Math.floor(Date.now() / 1000);
	const message = ["awtx1", site, kid, at, base64url(transaction), base64url(customer)].join(".");
	return `${message}.${createHmac("sha256", secret).update(message).digest("hex")}`;
}
