import * as z from "zod";
import type { AnswerEventData } from "../../shared/event-contract.ts";

const email = z.email().max(254);

/** The e-mail address of an answer's customer, in small letters; null where the shop has not signed who it was, or knows them by something else. */
export function customerEmail({ verified, customer }: AnswerEventData): string | null {
	return verified && customer && email.safeParse(customer).success ? customer.toLowerCase() : null;
}
