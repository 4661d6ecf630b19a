/** A field of a kind: where it goes, and what is said of it. */
export interface KindField {
	readonly part: "settings" | "credentials";
	/** Its name in the API. */
	readonly name: string;
	readonly label: string;
	readonly hint: string;
	/** What the browser takes it for; `lines` is a list, one a line. */
	readonly type: "url" | "text" | "email" | "lines";
}

/** A kind of endpoint as it is offered. */
export interface KindWords {
	readonly name: string;
	/** What it is for, in a sentence. */
	readonly text: string;
	readonly fields: readonly KindField[];
}

/** Every kind that an owner can make, in the order in which it is offered. One that the Worker does not know is not offered. */
export const KINDS: Readonly<Record<string, KindWords>> = {
	webhook: {
		name: "Your own server",
		text: "A signed webhook by Standard Webhooks: for your own code, or any tool that takes one.",
		fields: [
			{
				part: "settings",
				name: "url",
				label: "Address",
				hint: "Begins with https://, names no port, and can be reached from the internet.",
				type: "url",
			},
		],
	},
	slack: {
		name: "Slack",
		text: "A message in a channel.",
		fields: [
			{
				part: "credentials",
				name: "url",
				label: "Webhook URL",
				hint: "From Slack, under Incoming Webhooks: https://hooks.slack.com/services/… Who knows it may post there, so it is kept sealed.",
				type: "text",
			},
		],
	},
	email: {
		name: "E-mail",
		text: "A mail to people of your own.",
		fields: [{ part: "settings", name: "to", label: "Addresses", hint: "One a line.", type: "lines" }],
	},
	zendesk: {
		name: "Zendesk",
		text: "A ticket for each low score.",
		fields: [
			{
				part: "settings",
				name: "subdomain",
				label: "Subdomain",
				hint: "The first part of your Zendesk address: shop of shop.zendesk.com.",
				type: "text",
			},
			{ part: "settings", name: "email", label: "Agent's e-mail", hint: "Of the agent whose API token it is.", type: "email" },
			{
				part: "credentials",
				name: "token",
				label: "API token",
				hint: "From Zendesk's Admin Center. Kept sealed.",
				type: "text",
			},
		],
	},
	hubspot: {
		name: "HubSpot",
		text: "The latest score on the contact of a customer whose order was signed.",
		fields: [
			{
				part: "credentials",
				name: "token",
				label: "Access token",
				hint: "A service key or the token of a private app, with the scopes crm.objects.contacts.read, crm.objects.contacts.write and crm.schemas.contacts.write. Kept sealed.",
				type: "text",
			},
		],
	},
	klaviyo: {
		name: "Klaviyo",
		text: "An event and the latest score on the profile of a customer whose order was signed.",
		fields: [
			{
				part: "credentials",
				name: "api_key",
				label: "Private API key",
				hint: "From Klaviyo's settings, with the scopes events:write and, for tests, accounts:read. Kept sealed.",
				type: "text",
			},
		],
	},
};
