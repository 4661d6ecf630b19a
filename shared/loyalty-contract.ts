import * as z from "zod";
import { surveySlug } from "./identifier-contract.ts";
import { METRIC_NAMES } from "./metrics.ts";
import { count, share, tier } from "./score-contract.ts";

const seenAgain = {
	customers: count,
	returned: count.describe("Of those, seen again within 180 days with another order."),
	share: share.describe("In percent; the interval is Wilson's."),
	tier,
};

/** Who comes back, by the score of their first answer. */
export const loyaltyReply = z
	.object({
		computed_on: z.iso.date().nullable().describe("The site's day on which this was counted; null before the first night."),
		complete: z.boolean().describe("False while the nights are still going through older answers."),
		within_days: z.int(),
		cohort: z
			.object({ from: z.iso.date(), to: z.iso.date(), timezone: z.string() })
			.nullable()
			.describe("The days of the first answers: only customers whose 180 days are over."),
		first_on: z.iso
			.date()
			.nullable()
			.describe("While there is nobody in the cohort: the day the first signed customers' time is over."),
		surveys: z.array(
			z.object({
				survey: surveySlug,
				metric: z.enum(METRIC_NAMES),
				...seenAgain,
				groups: z
					.array(z.object({ group: z.string(), ...seenAgain }))
					.describe("Best first, by the first answer in the cohort's days."),
			}),
		),
	})
	.meta({ id: "Loyalty" });

export type LoyaltyReply = z.infer<typeof loyaltyReply>;
