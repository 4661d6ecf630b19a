import { Hono } from "hono";
import { LOYALTY_DAYS } from "../../shared/limits.ts";
import { loyaltyOf } from "../../shared/loyalty.ts";
import { type LoyaltyReply, loyaltyReply } from "../../shared/loyalty-contract.ts";
import { dbFor } from "../db/db-for.ts";
import { type CohortCount, keptLoyalty } from "../db/loyalty.ts";
import { describe, json } from "../describe.ts";
import { requireKey } from "../door/require-key.ts";
import type { AppEnv } from "../env.ts";

/** Owner: who comes back. */
export const loyalty = new Hono<AppEnv>().get(
	"/v1/loyalty",
	describe({
		tag: "Scores",
		summary: "See who comes back",
		description:
			"The share of signed customers who are seen again within 180 days with another order, by the score of their first answer in the cohort's days; counted once a night. Seen again means that a question was shown to them: where the widget waits before it asks again, an order meanwhile is not seen. Numbers that were counted stay when a customer is erased. Association, not cause.",
		who: "a key with the scope scores:read",
		answers: { 200: json(loyaltyReply, "Last night's count") },
	}),
	requireKey("scores:read"),
	async (c) => {
		const site = c.get("site");
		const report = await keptLoyalty(dbFor(c.env, site), site.id);
		return c.json({
			computed_on: report?.computedOn ?? null,
			complete: report?.complete ?? false,
			within_days: LOYALTY_DAYS,
			cohort: report && { from: report.from, to: report.to, timezone: site.timezone },
			first_on: report?.firstOn ?? null,
			surveys: surveysOf(report?.counts ?? []),
		} satisfies LoyaltyReply);
	},
);

/** The counts of each survey and metric together; a survey whose metric changed is there once for each. */
function surveysOf(counts: readonly CohortCount[]): LoyaltyReply["surveys"] {
	const together = Map.groupBy(counts, ({ survey, metric }) => `${survey} ${metric}`);
	return [...together.values()].flatMap((of) => {
		const first = of[0];
		if (!first) return [];
		const { groups, ...everybody } = loyaltyOf(first.metric, of);
		return [{ survey: first.survey, metric: first.metric, ...everybody, groups: [...groups] }];
	});
}
