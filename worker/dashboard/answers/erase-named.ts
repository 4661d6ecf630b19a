import type { ErasedReply, ResponseView } from "../../../shared/response-contract.ts";
import type { Api } from "../call-api.ts";

/** Whom an answer names: its customer, signed or claimed, or else its order. */
export interface Named {
	readonly kind: "customer" | "transaction";
	readonly name: string;
}

/** What an answer can be erased by; null where it names nobody. */
export function namedIn({ customer, claimed_customer, transaction }: ResponseView): Named | null {
	const who = customer ?? claimed_customer;
	if (who !== null) return { kind: "customer", name: who };
	return transaction === null ? null : { kind: "transaction", name: transaction };
}

/** Erases everything that names a customer or an order. @returns how many answers are nameless now */
export async function eraseNamed(api: Api, { kind, name }: Named): Promise<number> {
	const { erased } = await api.send<ErasedReply>("DELETE", `/v1/${kind}s/${encodeURIComponent(name)}`);
	return erased;
}
