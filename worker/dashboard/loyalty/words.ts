import type { LoyaltyReply } from "../../../shared/loyalty-contract.ts";

type Group = "promoters" | "passives" | "detractors" | "satisfied" | "agree" | "rest";

/** Every text of the loyalty page. A translation is another file of this type. */
export const WORDS = {
	title: "Loyalty",
	lead: (days: number) =>
		`Do unhappy customers come back less often? Here is who was seen again within ${days} days, by the score of their first answer.`,
	counted: (day: string, from: string, to: string) => `Counted on ${day}, for first answers from ${from} to ${to}.`,
	going: "Older answers are still being counted, some each night: the days above move on until it is done.",
	never: "Nothing is counted yet: the first count is made in the night to come.",
	firstOn: (day: string) => `The first customers' 180 days are over on ${day}. Until then nobody can say who comes back.`,
	none: "There is no signed customer whose 180 days are over.",
	noneHint: "Only orders that your server signs, with the customer in the token, say who comes back.",
	toSigning: "To the lines that sign them",
	tableOf: (survey: string) => `Customers by the group of their first answer to ${survey}`,
	group: "First answer",
	customers: "Customers",
	returned: "Seen again",
	share: "Share",
	interval: "95 % interval",
	intervalOf: (low: string, high: string) => `${low} to ${high}`,
	tooFew: "too few customers",
	early: "early",
	everybody: "Everybody",
	groups: {
		promoters: "Promoters (9–10)",
		passives: "Passives (7–8)",
		detractors: "Detractors (0–6)",
		satisfied: "Satisfied (4–5)",
		agree: "Agree (5–7)",
		rest: "The rest",
	} satisfies Record<Group, string> as Readonly<Record<string, string>>,
	how: "How this is counted",
	notes: [
		"Seen again means: a question was shown to the same customer for another signed order within 180 days. Orders while the survey waits before it asks again are not seen, so the true share is higher; that holds for every group alike.",
		"Each customer counts once, by the first answer in these days, and only once 180 days are over: a younger customer has had less time.",
		"A difference between groups is an association. It does not say that the score, or what led to it, is why somebody came back.",
		"The counts name nobody and stay when a customer is erased.",
	],
} as const satisfies Record<string, unknown> & { readonly notes: readonly string[] };

/** What an empty page says. */
export function emptyWords({ computed_on, first_on }: LoyaltyReply, day: (day: string) => string): string {
	if (computed_on === null) return WORDS.never;
	return first_on === null ? WORDS.none : WORDS.firstOn(day(first_on));
}
