import * as z from "zod";
import { LINK_CHARS } from "./limits.ts";
import { LOCALE_CODES } from "./locales/index.ts";
import { METRICS, type MetricName } from "./metrics.ts";

/** Who a rule is for, whatever the score. */
export const EVERYONE = "everyone";

/** Every group of every metric a rule can be for. */
const GROUPS = [EVERYONE, "promoters", "passives", "detractors", "satisfied", "agree", "rest"] as const;

export type FollowUpGroup = (typeof GROUPS)[number];

/** Whether a link leads to a web page over https and carries no user name or password, and nothing that is not seen. */
export function isWebLink(text: string): boolean {
	if (!/^https:\/\/[^\s\\/?#@\p{C}]+(?:[/?#][^\s\\\p{C}]*)?$/iu.test(text)) return false;
	try {
		return new URL(text).origin.startsWith("https://");
	} catch {
		return false;
	}
}

const rule = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("link"),
		url: z
			.string()
			.trim()
			.max(LINK_CHARS)
			.refine(isWebLink, "must begin with https:// and contain no spaces, user name or password")
			.describe("Where it leads. It opens in a tab of its own."),
		labels: z
			.partialRecord(z.enum(LOCALE_CODES), z.string().trim().min(1).max(60))
			.optional()
			.describe(
				"What it says, by language; otherwise the wording's `review` for the best group and everyone, `contact` for others.",
			),
	}),
	z.strictObject({ kind: z.literal("callback") }),
]);

/** What is offered beside the thanks: a link, or that the shop gets in touch, which opens a case. */
export type FollowUpRule = z.infer<typeof rule>;

/** What is offered after the thanks, by the group of the given score. */
export const followUpRules = z
	.partialRecord(z.enum(GROUPS), rule)
	.describe(
		"What is offered after the thanks, by the group of the score: nps promoters, passives, detractors; csat satisfied, rest; ces agree, rest. `everyone` is offered beside the group's own. A group without a rule is offered nothing more. No rule decides who is asked. A public review should be asked of everyone: choosing only those who are content breaks the terms of review sites and, in many countries, the law.",
	);

export type FollowUpRules = z.infer<typeof followUpRules>;

/** The groups that a metric's rules can be for, everyone first, then best first. */
export function followUpGroups(metric: MetricName): FollowUpGroup[] {
	const bands: readonly { readonly name: FollowUpGroup }[] = METRICS[metric].bands;
	return [EVERYONE, ...bands.map(({ name }) => name)];
}

/** Whether these rules ask anybody for an address or a number. */
export function offersCallback(rules: FollowUpRules): boolean {
	return Object.values(rules).some(({ kind }) => kind === "callback");
}
