import * as z from "zod";
import { WANTED_EVENTS } from "../../shared/event-contract.ts";
import type { Destination, Reply, Verdict } from "./destination.ts";
import { slackDigest } from "./slack-digest.ts";
import { slackMessage } from "./slack-message.ts";
import { failed, verdictOf } from "./verdict.ts";

const settings = z.strictObject({});

/** The address is the credential: who knows it may post to the channel. */
const credentials = z.strictObject({
	url: z
		.string()
		.regex(
			/^https:\/\/hooks\.slack(?:-gov)?\.com\/services\/[A-Za-z0-9]{1,32}\/[A-Za-z0-9]{1,32}\/[A-Za-z0-9]{1,64}$/,
			"must be the address of a Slack incoming webhook, https://hooks.slack.com/services/…",
		),
});

/** A channel of Slack, by an incoming webhook. */
export const slack: Destination<z.infer<typeof settings>, z.infer<typeof credentials>> = {
	kind: "slack",
	settings,
	credentials,
	takes: WANTED_EVENTS,
	// Slack takes about one message a second of a webhook.
	atOnce: 1,
	requests: 1,
	accepts: () => true,
	async deliver({ event }, _settings, { url }, { send }) {
		const headers = { "content-type": "application/json" };
		return judge(
			await send(url, { headers, body: JSON.stringify(event.type === "digest" ? slackDigest(event.data) : slackMessage(event)) }),
		);
	},
};

/** What Slack says of a webhook that is no more: removed, its app or channel gone, its team closed. */
const GONE =
	/^(?:no_service|no_service_id|no_active_hooks|no_team|team_disabled|invalid_token|channel_not_found|channel_is_archived)$/;

function judge(reply: Reply): Verdict {
	const { status } = reply;
	const word = reply.text.trim();
	if (status === 200) {
		return word === "ok" ? { outcome: "delivered", status } : failed(reply, "Slack did not say that it took the message");
	}
	if (status === 410 || (status >= 400 && status < 500 && GONE.test(word))) {
		return { outcome: "gone", status, reason: "Slack says that this webhook or its channel is no more" };
	}
	if (status === 400) return { outcome: "refused", status, reason: "Slack does not take the message as it is" };
	if (status === 403) return { outcome: "refused", status, reason: "Slack does not let this webhook post there" };
	return verdictOf(reply);
}
