/** Signed orders. */
export const signingWords = {
	title: "Signed orders",
	intro:
		"Anybody who knows the public key can answer. An order that your server signs is verified: scores count the signed ones, and each has one answer.",
	caption: "Signing secrets",
	empty: "No secret yet: answers are not told apart. Make one, and put the lines below where the shop renders its confirmation.",
	kid: "Name in tokens",
	hint: "Ends in",
	made: "Made",
	add: "Make a secret",
	addHint:
		"From the first secret on scores count signed orders alone: until your server signs, there is none. What comes unsigned is kept apart.",
	once: "The new secret. It is shown this once: put it into the server's environment, never into a page.",
	kidIs: (kid: string) => `Its name in tokens (kid) is ${kid}.`,
	endTitle: (kid: string) => `End the secret ${kid}?`,
	endText:
		"What it has signed is believed no more: answers of those orders count as unsigned, or are refused. This cannot be undone.",
	endYes: "End the secret",
	mode: "Answers without a signature",
	off: "Nothing is signed: tokens are not looked at",
	prefer: "Are kept and shown apart; scores leave them out",
	require: "Are refused",
	days: "Days during which a signature is believed",
	daysHint: "1 to 90, from the time the order was made.",
	lines: "The lines for your server",
	linesHint:
		"One function a language, which uses only what the language ships. Fill in the secret from the server's environment.",
} as const;

/** Shopify apps. */
export const shopifyWords = {
	title: "Shopify apps",
	link: "Shopify: apps whose checkout extensions may answer",
	intro:
		"An extension in Shopify's checkout has no page of its own: it sends Shopify's session token, which proves the shop but not the order. Such answers count as unsigned.",
	caption: "Shopify apps of this site",
	empty: "No app yet. Add the one whose extension asks the question; its secret is kept sealed and never shown again.",
	shop: "Shop",
	shopHint: "Its permanent name, such as a-shop.myshopify.com.",
	client: "Client ID",
	clientHint: "As the app's settings at Shopify have it.",
	secret: "Client secret",
	secretHint: "To rotate it: add the app again with the new one, and end the old entry once Shopify has revoked it.",
	hint: "Secret",
	made: "Added",
	add: "Add an app",
	added: "The app is added: its session tokens are believed.",
	endTitle: (shop: string) => `End the app of ${shop}?`,
	endText: "Its session tokens are believed no more, and what its extension sends is refused. It can be added again.",
	endYes: "End the app",
} as const;
