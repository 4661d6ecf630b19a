import { METRICS } from "../../../shared/metrics.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import { figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import { words } from "./words.ts";

/**
 * What stands beside a score and its interval: the mean of the answers, or, where that is the score, the share that agrees. Null where it
 * is not known.
 */
export function besideScore(
	{ metric, mean, agree }: Pick<SurveyScore, "metric" | "mean" | "agree">,
	reader: Pick<Reader, "locale" | "number" | "percent">,
): string | null {
	if (metric !== "ces")
		return mean === null ? null : words.mean(figuresOf(metric, reader).mean(mean), reader.number(METRICS[metric].max));
	if (agree === undefined || agree.value === null || agree.interval === null) return null;
	const percent = (share: number) => reader.percent(share / 100);
	return words.agree(percent(agree.value), percent(agree.interval.low), percent(agree.interval.high));
}
