import type { MetricName } from "../../../shared/metrics.ts";
import { words as overviewWords } from "../overview/words.ts";
import { words } from "./words.ts";

/** What the score of a room is, in a sentence: "CSAT: share of answers 4 and 5 of 5." */
export function formulaOf(metric: MetricName): string {
	const { short, formula } = overviewWords.metrics[metric];
	return words.formula(short, formula);
}
