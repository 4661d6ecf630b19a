import * as z from "zod";
import type { AnswerEventData } from "../../shared/event-contract.ts";
import { accessToken } from "./access-token.ts";
import { customerEmail } from "./customer-email.ts";
import type { Destination, Reply, Verdict } from "./destination.ts";
import { plainLines } from "./plain-text.ts";
import { failed, verdictOf } from "./verdict.ts";

const API = "https://a.klaviyo.com/api";

/** The revision whose documentation this follows. */
const REVISION = "2026-07-15";

const settings = z.strictObject({});

const credentials = z.strictObject({ api_key: accessToken });

/**
 * The profile of a verified customer in Klaviyo: each answer is an event, "Survey Response", the last one properties of the profile. An
 * attempt that comes late writes its own score there, for Klaviyo has no way to compare.
 */
export const klaviyo: Destination<z.infer<typeof settings>, z.infer<typeof credentials>> = {
	kind: "klaviyo",
	settings,
	credentials,
	takes: ["answer.scored", "answer.updated"],
	// In turn, so that the last answer of a profile is the last.
	atOnce: 1,
	requests: 1,
	accepts: ({ type, data }) =>
		type === "test" || ((type === "answer.scored" || type === "answer.updated") && customerEmail(data) !== null),
	async deliver({ event }, _settings, { api_key }, { send }) {
		const headers = {
			authorization: `Klaviyo-API-Key ${api_key}`,
			revision: REVISION,
			accept: "application/vnd.api+json",
			"content-type": "application/vnd.api+json",
		};
		if (event.type === "test") return judge(await send(`${API}/accounts/`, { method: "GET", headers }), "accounts:read");
		const isAnswer = event.type === "answer.scored" || event.type === "answer.updated";
		const email = isAnswer ? customerEmail(event.data) : null;
		if (!isAnswer || email === null) return NOT_FOR_IT;
		const body = JSON.stringify(surveyResponse(email, event.data, event.type === "answer.updated"));
		return judge(await send(`${API}/events/`, { headers, body }), "events:write");
	},
};

const NOT_FOR_IT: Verdict = {
	outcome: "refused",
	status: null,
	reason: "Klaviyo is told answers of verified customers with an e-mail address only",
};

/**
 * The event. Of one metric, profile and `unique_id` Klaviyo keeps the first: so an answer that has changed is another event, and the same
 * state of an answer is one, however often and from wherever it comes.
 */
function surveyResponse(email: string, data: AnswerEventData, updated: boolean) {
	const profile = {
		afterword_last_score: data.score,
		afterword_last_metric: data.metric,
		afterword_last_group: data.group,
		afterword_last_at: data.updated_at,
	};
	return {
		data: {
			type: "event",
			attributes: {
				properties: { ...flat(data), updated },
				time: data.updated_at,
				unique_id: `${data.id}:${data.updated_at}`,
				metric: { data: { type: "metric", attributes: { name: "Survey Response" } } },
				profile: { data: { type: "profile", attributes: { email, properties: profile } } },
			},
		},
	};
}

/** What can be segmented on: top-level values that are no objects. Who the customer is the profile says. */
function flat({ id, site, customer: _, ...rest }: AnswerEventData): Record<string, unknown> {
	const values = Object.entries(rest).filter(
		([, value]) => value !== null && (typeof value !== "object" || Array.isArray(value)),
	);
	const comment = rest.comment === null ? {} : { comment: plainLines(rest.comment) };
	return { answer_id: id, shop: site.name, ...Object.fromEntries(values), ...comment };
}

function judge(reply: Reply, scope: string): Verdict {
	const { status } = reply;
	if (status === 400)
		return { outcome: "refused", status, reason: "Klaviyo does not take the event as it is, its e-mail address for instance" };
	if (status === 401) return failed(reply, "Klaviyo does not accept the key: it is wrong or revoked");
	if (status === 403) return failed(reply, `The Klaviyo key lacks the scope ${scope}`);
	if (status === 410) return failed(reply, `Klaviyo no longer knows the revision ${REVISION} of its API`);
	if (status === 429) return failed(reply, "Klaviyo's limit of requests is reached", 60_000);
	return verdictOf(reply);
}
