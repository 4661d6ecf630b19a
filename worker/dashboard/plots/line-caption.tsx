import type { Series } from "../../../shared/insight-contract.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import { isolated } from "../../isolated.ts";
import { figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import { baselineBeside } from "./references.ts";
import { words } from "./words.ts";

interface Props {
	readonly score: SurveyScore;
	readonly series: Series;
	/** The points that are drawn. */
	readonly points: Series["points"];
	readonly reader: Reader;
}

/** What a rolling line is made of, and what the lines across it are; each benchmark with its source. */
export function LineCaption({ score, series, points, reader }: Props) {
	const { goal, benchmarks } = score;
	const baseline = baselineBeside(score);
	const { value: write } = figuresOf(score.metric, reader);
	const sentences = [
		words.lineCaption(series.window.days),
		...(points.some(({ tier }) => tier === "early") ? [words.lineEarly] : []),
		...(points.some(({ tier }) => tier === "hidden") ? [words.lineGaps] : []),
		...(goal ? [words.goalIs(write(goal.target))] : []),
		...(baseline
			? [
					words.baselineIs(
						write(baseline.value),
						reader.day(baseline.from),
						reader.day(baseline.to),
						reader.number(baseline.responses),
					),
				]
			: []),
	];
	return (
		<>
			{sentences.join(" ")} {benchmarks.length > 0 ? words.benchmarks : null}
			{benchmarks.map(({ value, source, country, year, url }, i) => {
				const said = words.benchmarkIs(write(value), isolated(source), country, year);
				return (
					<>
						{i > 0 ? "; " : null}
						{url ? (
							<a href={url} rel="noreferrer">
								{said}
							</a>
						) : (
							said
						)}
						{i === benchmarks.length - 1 ? "." : null}
					</>
				);
			})}
		</>
	);
}
