import type { DigestChoice } from "../../../shared/digest-period.ts";
import type { EventType } from "../../../shared/event-contract.ts";
import type { DeliveryState, WebhookView } from "../../../shared/webhook-contract.ts";

/** What the page says of where it is told, in English. Another language is another file of this type. */
export const WORDS = {
	title: "Where it is told",
	intro:
		"What happens here can be told to a server, a channel or a tool, within three minutes. What could not be delivered is tried again for three days, and kept.",
	empty: "Nothing is told anywhere yet. Choose below where a new answer, a low score or a change shall be known at once.",
	add: "Tell it somewhere else",
	addFirst: "Tell it somewhere",
	hook: "Automation tool",
	hookHint: "Zapier, Make and n8n subscribe by themselves, with a key that has the scope webhooks:write, at /v1/hooks.",
	noEmail:
		"E-mail is offered once the operator has set it up: the binding EMAIL and the variable EMAIL_FROM, as the README says.",
	full: (most: number) => `A site tells it at ${most} places at most. Delete one to add another.`,
	addTitle: (kind: string) => `A new place: ${kind}`,
	editTitle: (name: string) => `Change “${name}”`,
	back: "Back",
	backToList: "All places",

	name: "Name",
	nameHint: "How you call this place.",
	events: "What is told",
	eventNames: {
		"answer.scored": "A new answer",
		"answer.updated": "A change to an answer that was told",
		"case.opened": "A case was opened",
		"case.resolved": "A case was resolved",
		"alert.opened": "A score changed",
		"alert.cleared": "A score is back where it was",
		digest: "The digest of a week or a month",
		test: "A test",
	} satisfies Record<EventType, string>,
	digest: "Which digests",
	digestHint:
		"Where the digest is ticked above: how the scores stand, on Mondays of the week before, on the 1st of the month before.",
	digests: { weekly: "Weekly", monthly: "Monthly", both: "Weekly and monthly" } satisfies Record<DigestChoice, string>,
	only: "Only some of it",
	onlyHint: "What is left empty leaves nothing out.",
	surveys: "Only of these questions",
	groups: "Only these scores",
	groupNames: {
		promoters: "Promoters (NPS 9–10)",
		passives: "Passives (NPS 7–8)",
		detractors: "Detractors (NPS 0–6)",
		satisfied: "Satisfied (CSAT 4–5)",
		agree: "Easy (CES 5–7)",
		rest: "The rest (CSAT 1–3, CES 1–4)",
	},
	segments: "Only with one of these segments",
	segmentsHint: "One a line, such as device:phone or plan:gold.",
	comments: "Send what customers wrote along",
	commentsWarning:
		"Comments may name people. What is sent leaves this site: an erasure here does not reach what the other side keeps of it.",
	leaves:
		"With every answer go its score, reasons and segments, the order's number, and the customer where the order was signed.",
	replace: (label: string, hint: string | null) =>
		hint === null ? `${label} (empty: it stays as it is)` : `${label} (empty: the one that ends in ${hint} stays)`,
	make: "Tell it there",
	save: "Save",
	made: "Added. Send a test to see whether it arrives.",
	changed: "Saved.",
	secretOnce: "The secret that signs what is sent. It is shown this once: put it where your server reads its secrets.",
	rotatedOnce: (until: string) => `The new secret, shown this once. Until ${until} the old one signs too.`,

	state: (webhook: Pick<WebhookView, "active" | "ended" | "failing_since">): readonly [string, "good" | "warn" | "bad"] => {
		if (webhook.active) return webhook.failing_since === null ? ["active", "good"] : ["failing", "warn"];
		if (webhook.ended === "gone") return ["ended: the target is gone", "bad"];
		if (webhook.ended === "failing") return ["ended: nothing arrived for days", "bad"];
		return ["paused", "warn"];
	},
	failingSince: (moment: string) => `It has failed since ${moment}. It is tried again by itself.`,
	endedHow: {
		gone: "The target said that it is gone (410). Nothing is sent there until you resume it.",
		failing:
			"Nothing arrived for five days, so that nothing more is sent. Mend the target, resume, and send again what was given up.",
		owner: "It is paused: nothing new is told there, and what was pending waits.",
	},
	last: (what: string, state: string, moment: string) => `Last: ${what}, ${state}, ${moment}`,
	noneYet: "Nothing was told there yet.",
	counts: (pending: string, dead: string) => `${pending} pending, ${dead} given up`,
	capped: "At most 1,000 of a kind are counted.",

	facts: {
		kind: "Kind",
		address: "Address",
		secret: "Secret",
		events: "Told",
		digest: "Digests",
		only: "Only",
		comments: "Comments",
	},
	endsIn: (hint: string) => `ends in ${hint}`,
	withComments: "are sent along",
	withoutComments: "stay here",
	acts: "What to do",
	test: "Send a test",
	edit: "Change",
	pause: "Pause",
	resume: "Resume",
	rotate: "Rotate the secret",
	remove: "Delete",
	done: {
		changed: "Saved.",
		made: "Added. Send a test to see whether it arrives.",
		paused: "Paused: nothing new is told there.",
		resumed: "Resumed: what is pending goes on.",
	} as Readonly<Record<string, string>>,
	replayed: (n: string, one: boolean) => (one ? "1 is sent again." : `${n} are sent again.`),
	replayedMore: "More were given up than are sent at once: press the button again for the rest.",
	testWaits: "The test is on its way. This page looks again in a few seconds.",
	testFine: (ms: string) => `The test arrived, within ${ms}.`,
	testFailed: (reason: string) => `The test did not arrive. ${reason}. It is tried again by itself.`,
	testDead: (reason: string) => `The test did not arrive. ${reason}.`,

	log: "What was told",
	logHint: "Each is kept until 30 days after it ended.",
	deliveries: "Deliveries, newest first",
	logEmpty: "Nothing here.",
	every: "All",
	states: { pending: "pending", delivered: "delivered", dead: "given up" } satisfies Record<DeliveryState, string>,
	stateFilter: "By state",
	at: "When",
	what: "What",
	how: "State",
	outcome: "Last attempt",
	older: "Older",
	replayDead: "Send all again that were given up",
	replay: "Send again",
	sentAgain: "It is sent again within a minute. This page looks again by itself.",
	sentOnceResumed: "It is sent again once its place is resumed.",

	delivery: (what: string) => `Told: ${what}`,
	id: "Id",
	about: "About",
	seeAnswer: "The answer",
	seeCase: "The case",
	made1: "Made",
	dueAt: "Tried next",
	attempts: "Attempts",
	noAttempt: "None yet.",
	outcomes: { delivered: "arrived", failed: "failed", refused: "refused for good", gone: "gone" },
	status: "Status",
	reason: "What came of it",
	took: "Took",
	body: "What is told",
	bodyHidden: "Shown to a key that may read answers.",

	rotateTitle: (name: string) => `Rotate the secret of “${name}”?`,
	rotateText:
		"A new secret is made and shown once. For 24 hours what is sent is signed with both, so that nothing is refused while you put the new one in its place. Then the old one signs no more.",
	rotateYes: "Rotate the secret",
	removeTitle: (name: string) => `Delete “${name}”?`,
	removeText:
		"Nothing is told there any more, at once. What was pending for it is not sent, and the log of what was told goes. This cannot be undone.",
	removeYes: "Delete it",
} as const;
