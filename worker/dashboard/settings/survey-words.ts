/** The list of questions. */
export const surveysWords = {
	title: "Questions",
	intro: "Each question is a survey with scores of its own. The tag asks the usual one, and any other by its name.",
	survey: "Survey",
	asks: "Asks",
	version: "Version",
	state: "State",
	usual: "usual",
	active: "asked",
	inactive: "not asked",
	add: "New question",
	addTitle: "A new question",
	slug: "Name",
	slugHint: "In addresses, in the tag and in files: small letters, digits and -. It cannot be changed later.",
	make: "Make it",
	made: "Made. It is asked where a tag names it, or everywhere once it is the site's usual one.",
	baselines: "Baselines",
} as const;

/** The form of one question. */
export const surveyWords = {
	language: "Language",
	languageHint: "The words below are those of this language. Save before you change it.",
	what: "What is asked",
	metric: "Kind",
	question: "Question",
	questionHint: "{shop} stands for the site's name. What is left empty is asked in the established words.",
	low: "What the lowest score means",
	high: "What the highest score means",
	level: (n: number) => `What score ${n} means`,
	levelsHint: "For stars and faces, all three or none.",
	words: "All other words",
	reasonsTitle: "Reasons",
	reasonsHint:
		"Offered after the score, in the same words whatever it is. Up to ten; empty a row to take it away. The others' order is shuffled for every shopper.",
	reason: (n: number) => `Reason ${n}`,
	label: (n: number) => `Own words for reason ${n}`,
	none: "–",
	own: "A reason of my own",
	look: "Look",
	display: "Scores as",
	placement: "Where it stands",
	theme: "Colours and shape",
	themeHint: "As CSS writes them, such as #0b57a4 or 12px. What is left empty follows the page.",
	when: "When it is asked",
	active: "It is asked",
	touchpoint: "Touchpoint",
	touchpointHint: "Where in the customer's way, such as checkout or delivery.",
	sampling: "Percent of orders that are asked",
	again: "Days before the same browser is asked again",
	againHint: "0 asks at every order.",
	afterAny: "Days before a browser that was asked another question is asked this one",
	afterAnyHint:
		"Twice as many where that one was dismissed; 0 does not wait. Left empty: 14, or 0 where this question is asked at every order.",
	cases: "A low score opens a case: 0 to 6 for NPS, 1 or 2 for CSAT, 1 to 3 for CES",
	beside: "What the score is held against",
	goal: "Goal",
	goalHint:
		"In the unit of the score: nps, promoters minus detractors, −100 to 100; csat, the percent of answers 4 and 5; ces, the mean of 1 to 7. Empty for none.",
	benchmarks: "Benchmarks of your own",
	benchmarksHint:
		"Scores from elsewhere to look at beside yours, each with its source. Method makes differences of 30 points: never a goal.",
	benchmark: {
		value: (n: number) => `Value ${n}`,
		source: (n: number) => `Source ${n}`,
		year: (n: number) => `Year ${n}`,
		country: (n: number) => `Country ${n}`,
		url: (n: number) => `Address ${n}`,
	},
	share: "Show shoppers who answered the score of the last 30 days, once 30 customers have answered",
	versions:
		"Another kind, another display, or another question in the main language makes a new version: its answers are scored apart, for they answer something else.",
	decide: (now: number, next: number) =>
		`This change asks something else than version ${now} did. Its answers would be version ${next}, scored apart.`,
	decideDrawn: (now: number, next: number) =>
		`Another kind or display makes version ${next}: people answer it otherwise than version ${now}, so its answers are scored apart.`,
	decision: "What shall it be?",
	same: (now: number) => `The same question, a typo mended: it stays version ${now}`,
	fresh: (next: number) => `A new question: version ${next} begins`,
} as const;

/** What is offered after the thanks. */
export const afterThanksWords = {
	title: "After the thanks",
	hint: "Beside the thanks a link can stand, or a field for who wants to be contacted. It decides nothing about who is asked.",
	gating:
		"A link to public reviews may be shown to everyone. Showing it only to those who are satisfied is review gating: it breaks the terms of Google, Trustpilot and other review sites and, in many countries, the law against misleading customers. What is offered to everyone stands beside what their group is offered.",
	kind: "Offer",
	kinds: { none: "Nothing", link: "A link", callback: "To be contacted: opens a case" },
	url: "Address of the link",
	label: "What the link says",
	callHint:
		"Who wants to be contacted leaves an e-mail address or a phone number. It is kept with the case, as long as answers keep their comment.",
	groups: {
		everyone: "Everyone",
		promoters: "Promoters",
		passives: "Passives",
		detractors: "Detractors",
		satisfied: "Satisfied",
		agree: "Agree",
		rest: "The rest",
	},
	groupOf: (name: string, from: number, to: number) => `${name}, ${from} to ${to}`,
} as const;

/** What each custom property of the widget is called. */
export const themeWords = {
	accent: "Accent",
	"on-accent": "Text on the accent",
	background: "Background",
	text: "Text",
	border: "Border",
	radius: "Roundness of corners",
	font: "Font",
} as Readonly<Record<string, string>>;

/** What each text that a shopper can be shown is called. */
export const textWords = {
	reasons: "Asks for the reasons",
	comment: "Label of the comment",
	done: "Button that ends",
	dismiss: "Button that closes",
	saved: "Once the score is taken",
	thanks: "At the end",
	waiting: "While there is no connection",
	refused: "Where an answer was refused",
	answered: "Where the order has its answer",
	review: "Link to public reviews",
	contact: "Link to the shop",
	callback: "Offers to be contacted, and asks where",
	request: "Button that asks for it",
	requested: "Once that is asked for",
	closed: "Own page, nothing to ask",
	script: "Own page, no JavaScript",
	shared: "The shared score",
} as const;

/** The kinds of question. */
export const metricWords = {
	csat: "CSAT: satisfaction, 1 to 5",
	nps: "NPS: recommendation, 0 to 10",
	ces: "CES: effort, 1 to 7",
} as const;

/** The ways to show scores. */
export const displayWords = { numbers: "Numbers", stars: "Stars (CSAT only)", faces: "Faces (CSAT only)" } as const;

/** The places of a question. */
export const placementWords = {
	inline: "In the page, where the tag stands",
	corner: "In a card at the corner of the window",
} as const;
