/** What a digest says beside the overview's own words, in English. */
export const digestWords = {
	week: (shop: string, days: string) => `${shop}: the week of ${days}`,
	month: (shop: string, month: string) => `${shop}: ${month}`,
	answers: (n: string, rate: string | null) => (rate === null ? n : `${n}, ${rate} of those asked`),
	cases: "Follow-up",
	became: (opened: string, contacted: string, resolved: string) =>
		`Opened: ${opened}, of them contacted: ${contacted}, resolved: ${resolved}.`,
	within: (span: string) => `Half were contacted within ${span}.`,
	open: (unresolved: string, overdue: string) =>
		unresolved === "0" ? "No case is open." : `${unresolved} open now${overdue === "0" ? "" : `, ${overdue} overdue`}.`,
	comments: "In their own words",
	link: "Open the overview",
} as const;
