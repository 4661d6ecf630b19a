import * as z from "zod";
import { WANTED_EVENTS } from "../../shared/event-contract.ts";
import type { Destination, Verdict } from "./destination.ts";
import { emailDigest } from "./email-digest.tsx";
import { emailMessage } from "./email-message.tsx";

/** Addresses of one endpoint. */
const RECIPIENTS = 10;

const settings = z.strictObject({ to: z.array(z.email().max(254)).min(1).max(RECIPIENTS) });

/** None: the mails go out with the Worker's own account, from the address that its operator has chosen. */
const credentials = z.strictObject({});

/** Mail, by Cloudflare's Email Service. A mail whose acceptance was not heard of goes out again: mail knows no idempotency key. */
export const email: Destination<z.infer<typeof settings>, z.infer<typeof credentials>> = {
	kind: "email",
	settings,
	credentials,
	takes: WANTED_EVENTS,
	atOnce: 2,
	requests: 1,
	lacks: ({ EMAIL, EMAIL_FROM }) =>
		EMAIL && EMAIL_FROM ? null : "This Worker sends no mail: its wrangler.toml has no send_email binding EMAIL, or no EMAIL_FROM",
	accepts: () => true,
	async deliver({ id, event }, { to }, _credentials, { env }) {
		const { EMAIL, EMAIL_FROM } = env;
		if (!EMAIL || !EMAIL_FROM) return fails(email.lacks?.(env) ?? "");
		// Cloudflare makes the Message-ID itself and takes no other; this one is the same over all attempts.
		const headers = { "Auto-Submitted": "auto-generated", "X-Entity-Ref-ID": id };
		const mail = event.type === "digest" ? emailDigest(event.data) : emailMessage(event);
		try {
			await EMAIL.send({ from: { name: "Afterword", email: EMAIL_FROM }, to: [...to], ...mail, headers });
			return { outcome: "delivered", status: null };
		} catch (error) {
			return judge(codeOf(error));
		}
	},
};

const fails = (reason: string, retryAfterMs?: number): Verdict => ({
	outcome: "failed",
	status: null,
	reason,
	...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const refuses = (reason: string): Verdict => ({ outcome: "refused", status: null, reason });

const MINUTE = 60_000;

/** What came of it, by the codes of Email Service. What it says beside them may quote addresses, and stays unread. */
function judge(code: string): Verdict {
	switch (code) {
		case "E_RECIPIENT_SUPPRESSED":
			return refuses("A recipient's address has bounced, or they called an earlier mail spam: Cloudflare sends nothing there");
		case "E_RECIPIENT_NOT_ALLOWED":
			return refuses("This Worker may not send to one of the addresses");
		case "E_SENDER_NOT_VERIFIED":
		case "E_SENDER_DOMAIN_NOT_AVAILABLE":
			return fails("The domain of EMAIL_FROM does not send with this Cloudflare account");
		case "E_RATE_LIMIT_EXCEEDED":
			return fails("Cloudflare's limit of mails is reached", MINUTE);
		case "E_DAILY_LIMIT_EXCEEDED":
			return fails("Cloudflare's daily limit of mails is reached", 60 * MINUTE);
		case "E_DELIVERY_FAILED":
			return fails("The recipient's mail server did not take the mail");
	}
	return /^E_(?:VALIDATION_ERROR|FIELD_MISSING|TOO_MANY_RECIPIENTS|CONTENT_TOO_LARGE|HEADER)/.test(code)
		? refuses("Cloudflare does not take the mail as it is")
		: fails("Cloudflare could not send the mail");
}

function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return "";
	return "code" in error ? String(error.code) : (/\bE_[A-Z_]+\b/.exec(error.message)?.[0] ?? "");
}
