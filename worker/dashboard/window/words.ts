import type { ROLLING } from "../../../shared/window.ts";

/** What the choice of a window says. */
export const words = {
	choice: "Window",
	named: { "7d": "7 days", "30d": "30 days", "90d": "90 days", "365d": "A year" } satisfies Record<keyof typeof ROLLING, string>,
	custom: "Other days",
	from: "From",
	to: "To",
	show: "Show",
	signedAlone: "Signed orders alone count here.",
	unsigned: "What came unsigned",
	fault: (days: number) => `must be two days in their order, at most ${days} days apart`,
};
