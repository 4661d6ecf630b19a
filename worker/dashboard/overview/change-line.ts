import type { SurveyScore } from "../../../shared/score-contract.ts";
import { figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import { words } from "./words.ts";

/** A score and the one of as many days before, each with its answers. */
interface Compared extends Pick<SurveyScore, "metric" | "tier"> {
	readonly previous: Pick<SurveyScore["previous"], "value" | "responses" | "change" | "verdict">;
}

/**
 * The change against the `days` before in one line of text, with what it is held against and the answers that rests on: its verdict
 * stands beside it. Null where this window alone has too few answers to compare.
 */
export function changeLine(
	{ metric, tier, previous: { value, responses, change, verdict } }: Compared,
	days: number,
	reader: Pick<Reader, "locale" | "number">,
): string | null {
	if (tier === "hidden" || tier === "early") return null;
	const n = reader.number(responses);
	if (verdict === "too_few" || change === null || value === null) return words.tooFewBefore(n, days);
	const figures = figuresOf(metric, reader);
	return words.changeLine(figures.change(change), words.changeFrom(figures.value(value), n, days));
}
