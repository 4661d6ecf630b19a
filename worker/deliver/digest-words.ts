/** What a digest says beside the overview's own words, in English. */
export const digestWords = {
	week: (shop: string, days: string) => `${shop}: the week of ${days}`,
	month: (shop: string, month: string) => `${shop}: ${month}`,
	/** `emailed` is how many came by e-mail: these are in no response rate. */
	answers: (n: string, rate: string | null, emailed: string | null) =>
		[
			emailed === null ? n : `${n} (${emailed} by e-mail)`,
			...(rate === null ? [] : [emailed === null ? `${rate} of those asked` : `${rate} of those asked elsewhere`]),
		].join(", "),
	cases: "Follow-up",
	became: (opened: string, contacted: string, resolved: string) =>
		`Opened: ${opened}, of them contacted: ${contacted}, resolved: ${resolved}.`,
	within: (span: string) => `Half were contacted within ${span}.`,
	open: (unresolved: string, overdue: string) =>
		unresolved === "0" ? "No case is open." : `${unresolved} open now${overdue === "0" ? "" : `, ${overdue} overdue`}.`,
	comments: "In their own words",
	link: "Open the overview",
} as const;
