import { addDays, addMonths, type Day, daysIn } from "./day.ts";

/** What a digest can cover. */
export const DIGEST_KINDS = ["week", "month"] as const;

export type DigestKind = (typeof DIGEST_KINDS)[number];

/** Which digests somebody wants. */
export const DIGEST_CHOICES = ["weekly", "monthly", "both"] as const;

export type DigestChoice = (typeof DIGEST_CHOICES)[number];

/** What is wanted where nobody says otherwise. */
export const USUAL_DIGEST: DigestChoice = "weekly";

/** A week from Monday to Sunday, or a calendar month, both ends included. */
export interface DigestPeriod {
	readonly kind: DigestKind;
	readonly from: Day;
	readonly to: Day;
}

/** Days after the first on which a digest can be told during which one that was missed still is: an older one is no news. */
const CATCH_UP_DAYS = 3;

/** The periods that are over and to be told of on `today`, a site's local day: a week from Monday on, a month from the 1st on, for four days. */
export function digestPeriods(today: Day): DigestPeriod[] {
	const monday = addDays(today, -((new Date(Date.parse(today)).getUTCDay() + 6) % 7));
	const first = `${today.slice(0, 8)}01`;
	const lately = (start: Day) => daysIn(start, today) - 1 <= CATCH_UP_DAYS;
	return [
		...(lately(monday) ? [{ kind: "week", from: addDays(monday, -7), to: addDays(monday, -1) } as const] : []),
		...(lately(first) ? [{ kind: "month", from: addMonths(first, -1), to: addDays(first, -1) } as const] : []),
	];
}

/** Whether a choice asks for digests of a kind. */
export function wantsDigest(choice: DigestChoice | undefined, kind: DigestKind): boolean {
	const chosen = choice ?? USUAL_DIGEST;
	return chosen === "both" || (chosen === "weekly") === (kind === "week");
}
