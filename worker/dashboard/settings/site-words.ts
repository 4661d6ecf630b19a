/** The page of the site itself, in English. Another language is another file of this type; so of all words here. */
export const siteWords = {
	title: "Site",
	name: "Name",
	nameHint: "Shoppers read it in questions that name the shop.",
	origins: "Addresses of the shop",
	originsHint:
		"One a line: https://shop.example, or https://*.shop.example for every subdomain. Answers from other pages are refused.",
	noOrigins: "No address of the shop is known yet: until one is, answers from its pages are refused.",
	timezone: "Time zone",
	timezoneHint: "Decides the day an answer belongs to. Changing it moves nothing already counted.",
	locale: "Main language",
	localeHint: "Asked in where neither the page nor the browser says another.",
	locales: "Languages",
	localesHint: "Sent along with the question; the main one is always among them.",
	survey: "Question asked where the tag names none",
	segments: "Segments",
	segmentsHint:
		'What the tag may say of a customer beside the score, such as data-segment-plan="gold". A value that is not listed counts as “other”, another key is dropped. No names or addresses of people.',
	segmentKey: (n: number) => `Key ${n}`,
	segmentValues: (n: number) => `Values of key ${n}, one a line`,
	twice: "must be named once",
	ingest: "How answers are written",
	direct: "At once",
	queue: "Through the queue, in hundreds: for shops with very many answers",
} as const;

/** How long answers are kept. */
export const retentionWords = {
	title: "Retention",
	intro: "Answers are not kept for ever. What goes, goes by itself, on the site's own calendar, within a day of its time.",
	names: (months: string) =>
		`After ${months}, what names a shopper goes: the comment, the customer, the order and the page. The score stays.`,
	rows: (months: string) => `After ${months}, the answer goes as a whole, and its case with it.`,
	counts: "Counts stay for ever: every score, also of years ago, remains what it was.",
	months: (n: number) => (n === 1 ? "1 month" : `${n} months`),
	identities: "Months that an answer keeps its comment, customer, order and page",
	identitiesHint: "1 to 36.",
	whole: "Months that the answer itself is kept",
	wholeHint: "Up to 120, and no fewer than above.",
	fewer: "must be no fewer than those that it keeps its comment, customer, order and page",
	sureTitle: "Keep answers for a shorter time?",
	sure: "What is older than that is deleted within a day. A longer time set later does not bring it back.",
	yes: "Keep them for a shorter time",
	done: "Saved. What is older goes within a day.",
} as const;
