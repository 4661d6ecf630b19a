import { METRICS, type Metric, type MetricName } from "./metrics.ts";
import { type Share, shareOf } from "./score.ts";
import { type Tier, tierOf } from "./tier.ts";

/** How many customers gave a score first, and how many of them were seen again. */
export interface LoyaltyCount {
	readonly score: number;
	readonly customers: number;
	readonly returned: number;
}

/** The share of some customers that was seen again. */
export interface SeenAgain {
	readonly customers: number;
	readonly returned: number;
	readonly share: Share;
	readonly tier: Tier;
}

/** Who comes back: everybody, and by the group of their score, best first. Shares are in percent with Wilson's interval. */
export function loyaltyOf(
	metric: MetricName,
	counts: readonly LoyaltyCount[],
): SeenAgain & { readonly groups: readonly (SeenAgain & { readonly group: string })[] } {
	const { bands }: Metric = METRICS[metric];
	return {
		...seenAgain(counts),
		groups: bands.map(({ name, from, to }) => ({
			group: name,
			...seenAgain(counts.filter(({ score }) => score >= from && score <= to)),
		})),
	};
}

function seenAgain(counts: readonly LoyaltyCount[]): SeenAgain {
	const customers = counts.reduce((sum, each) => sum + each.customers, 0);
	const returned = counts.reduce((sum, each) => sum + each.returned, 0);
	return { customers, returned, share: shareOf(returned, customers), tier: tierOf(customers) };
}
