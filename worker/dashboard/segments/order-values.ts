import type { Segments } from "../../../shared/insight-contract.ts";

export type SegmentValue = Segments["values"][number];

/** Values as they stand below one another: by score; then those too early to be ranked and those that are hidden, by their answers. */
export function orderValues(values: readonly SegmentValue[]): SegmentValue[] {
	return [...values].sort(
		(a, b) =>
			groupOf(a) - groupOf(b) ||
			(groupOf(a) === 0 ? (b.value ?? 0) - (a.value ?? 0) : 0) ||
			b.responses - a.responses ||
			a.name.localeCompare(b.name),
	);
}

function groupOf({ tier }: SegmentValue): number {
	return tier === "hidden" ? 2 : tier === "early" ? 1 : 0;
}
