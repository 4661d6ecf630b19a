import type { AnswerEventData, Event } from "../../shared/event-contract.ts";
import { customerEmail } from "./customer-email.ts";
import { plainLine, shortened } from "./plain-text.ts";
import { told } from "./told.ts";

/** Characters of a ticket's subject. */
const SUBJECT_CHARS = 150;

/**
 * A ticket about an answer: an internal note, for the shopper has asked for no ticket and gets no mail of it; the requester is the verified
 * customer where their address is known, so that a reply goes there. It is the same at every attempt, for so must be what an idempotency
 * key stands for.
 */
export function ticketOf(event: Event & { readonly data: AnswerEventData }) {
	const { headline, facts, comment, url } = told(event);
	const email = customerEmail(event.data);
	const lines = [
		...(comment ? [comment, ""] : []),
		...facts.map(([name, value]) => `${name}: ${value}`),
		...(url ? ["", url] : []),
	];
	return {
		ticket: {
			subject: inert(shortened(plainLine(headline), SUBJECT_CHARS)),
			comment: { body: inert([headline, "", ...lines].join("\n")), public: false },
			external_id: event.data.id,
			tags: ["afterword", event.data.metric, `afterword_${event.data.group}`],
			...(email ? { requester: { name: email, email } } : {}),
		},
	};
}

/** Without Zendesk's placeholders: `{{ticket.requester.email}}` in a comment would be filled in. */
const inert = (text: string) => text.replace(/\{(?=[{%])/g, "{ ");
