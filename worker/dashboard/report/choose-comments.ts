import { METRICS, type Metric, type MetricName } from "../../../shared/metrics.ts";
import type { ResponseView } from "../../../shared/response-contract.ts";

/** Where a comment's score lies: low as METRICS call it, in the metric's best band, or between. */
export type Mood = "low" | "middle" | "high";

/** A comment for the report: its words and its score, and nothing of who wrote it. */
export interface ChosenComment {
	readonly mood: Mood;
	readonly score: number;
	readonly comment: string;
}

/** The scores of one mood, both ends included. */
export function scoresOf(metric: MetricName, mood: Mood): readonly [from: number, to: number] {
	const { bands, low, min, max }: Metric = METRICS[metric];
	const best = bands[0]?.from ?? max;
	if (mood === "low") return [min, low];
	return mood === "high" ? [best, max] : [low + 1, best - 1];
}

const MOODS = ["low", "middle", "high"] as const;

/** The mood of a score. */
export function moodOf(metric: MetricName, score: number): Mood {
	const isIn = (mood: Mood) => {
		const [from, to] = scoresOf(metric, mood);
		return score >= from && score <= to;
	};
	return MOODS.find(isIn) ?? "middle";
}

/**
 * The latest answer with a comment of each mood, low first; a mood without one is left out. Not the kindest and not the harshest: the
 * latest, so that nobody chooses.
 * @param answers newest first
 */
export function chooseAnswers<Answer extends Pick<ResponseView, "score" | "comment">>(
	metric: MetricName,
	answers: readonly Answer[],
): Answer[] {
	return MOODS.flatMap((mood) => answers.find(({ score, comment }) => comment !== null && moodOf(metric, score) === mood) ?? []);
}

/** The comments of those answers, cut to what the sheet has room for. */
export function chooseComments(metric: MetricName, answers: readonly ResponseView[]): ChosenComment[] {
	return chooseAnswers(metric, answers).map(({ score, comment }) => ({
		mood: moodOf(metric, score),
		score,
		comment: shortened(comment ?? ""),
	}));
}

/** Characters of a comment that the sheet has room for. */
const LONGEST = 260;

/** A comment as a sheet can hold it: one paragraph, cut between words where there are any, never within a character. */
export function shortened(comment: string): string {
	const text = comment.replace(/\s+/gu, " ").trim();
	const characters = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(({ segment }) => segment);
	if (characters.length <= LONGEST) return text;
	const cut = characters.slice(0, LONGEST - 1).join("");
	const space = cut.lastIndexOf(" ");
	return `${space > cut.length / 2 ? cut.slice(0, space) : cut}…`;
}
