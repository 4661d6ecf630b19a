import * as z from "zod";
import type { AnswerEventData } from "../../shared/event-contract.ts";
import { accessToken } from "./access-token.ts";
import { customerEmail } from "./customer-email.ts";
import type { Destination, Reply, Verdict } from "./destination.ts";
import { ASKED_AT, GROUP, PROPERTIES, propertiesOf, UPDATED_AT } from "./hubspot-properties.ts";
import { failed, verdictOf } from "./verdict.ts";

/** HubSpot's release of September 2026: supported until March 2028. Those with numbers (v3) end in September 2027. */
const VERSION = "2026-09";

const API = "https://api.hubapi.com";
const CONTACTS = `${API}/crm/objects/${VERSION}/contacts`;
const DEFINITIONS = `${API}/crm/properties/${VERSION}/contacts`;

/** A look and a write; the first of an account makes the group and its properties, and writes again. */
const REQUESTS = 2 + 1 + PROPERTIES.length + 1;

const settings = z.strictObject({});

/** A service key, or the token of a private app. */
const credentials = z.strictObject({ token: accessToken });

type Call = (method: "GET" | "POST", url: string, body?: unknown) => Promise<Reply>;

/** The contact of a verified customer in HubSpot: it has the latest answer as properties. */
export const hubspot: Destination<z.infer<typeof settings>, z.infer<typeof credentials>> = {
	kind: "hubspot",
	settings,
	credentials,
	takes: ["answer.scored", "answer.updated"],
	// One after the other: whether an answer is the latest is asked before it is written.
	atOnce: 1,
	requests: REQUESTS,
	accepts: ({ type, data }) =>
		type === "test" || ((type === "answer.scored" || type === "answer.updated") && customerEmail(data) !== null),
	async deliver({ event }, _settings, { token }, { send }) {
		const call: Call = (method, url, body) => {
			const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
			return send(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
		};
		if (event.type === "test") return check(call);
		if (event.type !== "answer.scored" && event.type !== "answer.updated") return NOT_FOR_IT;
		const email = customerEmail(event.data);
		return email === null ? NOT_FOR_IT : write(email, event.data, call);
	},
};

const NOT_FOR_IT: Verdict = {
	outcome: "refused",
	status: null,
	reason: "HubSpot is told answers of verified customers with an e-mail address only",
};

/** Whether the token is good for an account and its contacts; nothing is written, and nobody's contact read. */
async function check(call: Call): Promise<Verdict> {
	const account = await call("GET", `${API}/account-info/${VERSION}/details`);
	if (account.status !== 200) return judge(account);
	const nobody = await call("GET", `${CONTACTS}/nobody%40afterword.invalid?idProperty=email`);
	return nobody.status === 404 ? { outcome: "delivered", status: account.status } : judge(nobody);
}

async function write(email: string, data: AnswerEventData, call: Call): Promise<Verdict> {
	const read = await call(
		"GET",
		`${CONTACTS}/${encodeURIComponent(email)}?idProperty=email&properties=${ASKED_AT},${UPDATED_AT}`,
	);
	if (read.status !== 200 && read.status !== 404) return judge(read);
	if (read.status === 200 && hasNewer(read.text, data)) return { outcome: "delivered", status: read.status };

	const inputs = [{ id: email, idProperty: "email", properties: propertiesOf(data) }];
	const upsert = () => call("POST", `${CONTACTS}/batch/upsert`, { inputs });
	const reply = await upsert();
	if (!lacksProperty(reply)) return judge(reply);
	return (await define(call)) ?? judge(await upsert());
}

/** Whether the answer that a contact has was asked for later, or is the same and was changed later. */
function hasNewer(contact: string, { shown_at, updated_at }: AnswerEventData): boolean {
	const asked = momentOf(contact, ASKED_AT) - Date.parse(shown_at);
	return asked > 0 || (asked === 0 && momentOf(contact, UPDATED_AT) > Date.parse(updated_at));
}

/** A property's moment in a contact as HubSpot writes it, in Unix milliseconds; NaN where it has none. A reply may be cut, so it is not parsed. */
function momentOf(contact: string, property: string): number {
	const [, value = ""] = new RegExp(`"${property}"\\s*:\\s*"([^"]*)"`).exec(contact) ?? [];
	return /^\d+$/.test(value) ? Number(value) : Date.parse(value);
}

/** Makes the properties that are not there yet. Gives what stands in the way, or null. */
async function define(call: Call): Promise<Verdict | null> {
	const replies = [await call("POST", `${DEFINITIONS}/groups`, GROUP)];
	for (const property of PROPERTIES) {
		if (replies.some(refusesDefinition)) break;
		replies.push(await call("POST", DEFINITIONS, property));
	}
	const refusal = replies.find(refusesDefinition);
	if (!refusal) return null;
	if (refusal.status === 400) return failed(refusal, "HubSpot has no room for the properties of contacts that Afterword fills");
	return refusal.status === 403
		? failed(refusal, "The HubSpot token lacks the scope crm.schemas.contacts.write")
		: judge(refusal);
}

/** 409: it is there already. */
const refusesDefinition = ({ status }: Reply) => !((status >= 200 && status < 300) || status === 409);

const lacksProperty = ({ status, text }: Reply) => (status === 400 || status === 207) && text.includes("PROPERTY_DOESNT_EXIST");

const SECOND = 1000;
const HOUR = 3600 * SECOND;

function judge(reply: Reply): Verdict {
	const { status, text } = reply;
	switch (status) {
		case 207: // Of one contact: it failed, and the reply says why.
			return /VALIDATION_ERROR/.test(text)
				? { outcome: "refused", status, reason: INVALID }
				: failed(reply, "HubSpot did not take the contact");
		case 400:
			return lacksProperty(reply)
				? failed(reply, "HubSpot does not know the properties that were made a moment ago")
				: { outcome: "refused", status, reason: INVALID };
		case 401:
			return failed(reply, "HubSpot does not accept the token: it is wrong, expired or revoked");
		case 403:
			return failed(reply, "The HubSpot token lacks a scope: crm.objects.contacts.read and .write are needed");
		case 423:
			return failed(reply, "HubSpot is changing this contact itself", 2 * SECOND);
		case 429:
			return /"policyName"\s*:\s*"DAILY"/.test(text)
				? failed(reply, "HubSpot's daily limit of this account is reached", HOUR)
				: failed(reply, "HubSpot's limit of requests is reached", 10 * SECOND);
		case 477:
			return failed(reply, "HubSpot is moving this account to another place", HOUR);
		default:
			return status === 410 ? failed(reply, "HubSpot answered 410") : verdictOf(reply);
	}
}

const INVALID = "HubSpot does not take the contact as it is, its e-mail address for instance";
