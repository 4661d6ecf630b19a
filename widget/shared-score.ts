import type { Receipt } from "../shared/contract.ts";

/** The sentence with the shop's own score: nps with its sign, csat in percent, ces to one decimal; digits as on the scale. */
export function sharedScore(
	sentence: string,
	{ metric, value, responses }: NonNullable<Receipt["score"]>,
	locale: string,
): string {
	const latin = `${locale}-u-nu-latn`;
	const options: Intl.NumberFormatOptions =
		metric === "csat" ? { style: "percent" } : metric === "nps" ? { signDisplay: "exceptZero" } : { minimumFractionDigits: 1 };
	return sentence
		.replace("{value}", (metric === "csat" ? value / 100 : value).toLocaleString(latin, options))
		.replace("{responses}", responses.toLocaleString(latin));
}
