import type { Receipt } from "./ask-contract.ts";

/** A number that keeps its own direction in any sentence, with a minus as long as its plus. */
const isolated = (number: string) => `\u2066${number.replace("-", "\u2212")}\u2069`;

/** The sentence with the shop's own score: nps with its sign, csat in percent, ces to one decimal; digits as on the scale. */
export function scoreSentence(
	sentence: string,
	{ metric, value, responses }: NonNullable<Receipt["score"]>,
	locale: string,
): string {
	const latin = `${locale}-u-nu-latn`;
	const options: Intl.NumberFormatOptions =
		metric === "csat" ? { style: "percent" } : metric === "nps" ? { signDisplay: "exceptZero" } : { minimumFractionDigits: 1 };
	return sentence
		.replace("{value}", isolated((metric === "csat" ? value / 100 : value).toLocaleString(latin, options)))
		.replace("{responses}", isolated(responses.toLocaleString(latin)));
}
