/** What the rooms about one survey say in common. */
export const words = {
	surveys: "Survey",
	empty: "No customer has been asked yet.",
	emptyNext: "Paste the tag into your shop's confirmation page, and the first answers appear here.",
	setUp: "Set it up",
	covered: (name: string, from: string, to: string) => `${name}, ${from} to ${to}`,
	formula: (short: string, formula: string) => `${short}: ${formula}.`,
	interval: (low: string, high: string) => `${low} to ${high}`,
	early: "early",
};
