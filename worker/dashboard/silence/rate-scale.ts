import { type ScaleLinear, scaleLinear } from "d3-scale";
import type { Silence } from "../../../shared/insight-contract.ts";
import { MARK_RANGE } from "../plots/mark-list.tsx";

export type Share = Silence["channels"][number]["response_rate"];

/** Percents from 0 to the highest end of some intervals. */
export function rateScale(shares: readonly Share[]): ScaleLinear<number, number> {
	const high = Math.max(10, ...shares.flatMap(({ interval }) => (interval ? [interval.high] : [])));
	const [, end = 100] = scaleLinear([0, high], [0, 1]).nice(5).domain();
	return scaleLinear([0, Math.min(100, end)], [...MARK_RANGE]);
}
