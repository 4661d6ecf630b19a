import * as z from "zod";
import { METRICS } from "../../shared/metrics.ts";
import { accessToken } from "./access-token.ts";
import type { Destination, Reply, Verdict } from "./destination.ts";
import { failed, verdictOf } from "./verdict.ts";
import { ticketOf } from "./zendesk-ticket.ts";

const settings = z.strictObject({
	subdomain: z
		.string()
		.regex(
			/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
			"must be the first part of your Zendesk address, such as shop of shop.zendesk.com",
		),
	email: z.email().max(254).describe("The agent whose API token it is."),
});

const credentials = z.strictObject({ token: accessToken });

/** A ticket in Zendesk for each low answer, or each case: one an answer, whichever comes first. */
export const zendesk: Destination<z.infer<typeof settings>, z.infer<typeof credentials>> = {
	kind: "zendesk",
	settings,
	credentials,
	takes: ["answer.scored", "case.opened"],
	// One after the other: whether there is a ticket is asked before one is made.
	atOnce: 1,
	requests: 2,
	accepts: ({ type, data }) =>
		type === "test" || type === "case.opened" || (type === "answer.scored" && data.score <= METRICS[data.metric].low),
	async deliver({ id, event }, { subdomain, email }, { token }, { send }) {
		const api = `https://${subdomain}.zendesk.com/api/v2`;
		const headers = {
			authorization: `Basic ${base64(`${email}/token:${token}`)}`,
			accept: "application/json",
			"content-type": "application/json",
		};
		if (event.type === "test") return judgeTest(await send(`${api}/users/me.json`, { method: "GET", headers }));
		if (event.type !== "answer.scored" && event.type !== "case.opened")
			return { outcome: "refused", status: null, reason: "Zendesk is told low answers and cases only" };

		// An idempotency key is forgotten after two hours, and an attempt may come after days.
		const found = await send(`${api}/tickets.json?external_id=${encodeURIComponent(event.data.id)}`, { method: "GET", headers });
		if (found.status !== 200) return judge(found);
		if (/"tickets"\s*:\s*\[\s*\{/.test(found.text)) return { outcome: "delivered", status: found.status };
		const body = JSON.stringify(ticketOf(event));
		return judge(await send(`${api}/tickets.json`, { headers: { ...headers, "idempotency-key": id }, body }));
	},
};

/** Without a valid token Zendesk may answer 200 with its anonymous user, who has no id. */
function judgeTest(reply: Reply): Verdict {
	return reply.status === 200 && /"id"\s*:\s*null/.test(reply.text) ? failed(reply, UNAUTHORIZED) : judge(reply);
}

const UNAUTHORIZED = "Zendesk does not accept the agent's address with this API token";

function judge(reply: Reply): Verdict {
	const { status } = reply;
	switch (status) {
		case 400:
			return { outcome: "refused", status, reason: "Zendesk does not take the ticket as it is" };
		case 401:
			return failed(reply, UNAUTHORIZED);
		case 403:
			return failed(reply, "This agent of Zendesk may not do that");
		case 404:
			return failed(reply, "There is no Zendesk at this subdomain");
		case 409: // Another request with this key is under way, or the ticket is being written.
			return failed(reply, "Zendesk is busy with the same ticket");
		case 410:
			return failed(reply, "Zendesk answered 410");
		case 422:
			return {
				outcome: "refused",
				status,
				reason: "Zendesk finds the ticket invalid: a field that must be filled, or a requester it has suspended",
			};
		case 429:
			return failed(reply, "Zendesk's limit of requests is reached", 60_000);
		default:
			return verdictOf(reply);
	}
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
