import { scaleBand, scaleLinear } from "d3-scale";
import { METRICS, type Metric, valuesOf } from "../../../shared/metrics.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import type { Reader } from "../reader.ts";
import { surveyName } from "../survey-name.ts";
import { at, COLUMN, insideOf } from "./frame.ts";
import { Plot, PlotFigure } from "./plot.tsx";
import { GROUP_NAMES, words } from "./words.ts";

/** The answers by score: a bar for each, with its share above and the group it belongs to below. Nothing below 5 answers. */
export function Distribution({ score, reader }: { readonly score: SurveyScore; readonly reader: Reader }) {
	const { metric, distribution, responses, tier } = score;
	if (tier === "hidden" || responses === 0) return null;
	const { bands }: Metric = METRICS[metric];
	const countOf = (value: number) => distribution[String(value)] ?? 0;
	const shareOf = (count: number) => reader.percent(count / responses);
	const scores = valuesOf(metric);
	const { x0, x1, y0, y1 } = insideOf(COLUMN);
	const x = scaleBand<number>(scores, [x0, x1]).paddingInner(0.18).paddingOuter(0.09);
	const y = scaleLinear([0, Math.max(1, ...scores.map(countOf))], [y0, y1]);
	const groups = bands.map(({ name, from, to }, i) => ({
		name: GROUP_NAMES[metric][name] ?? name,
		share: shareOf(score.groups[name] ?? 0),
		from: x(from) ?? 0,
		to: (x(to) ?? 0) + x.bandwidth(),
		place: i === 0 ? "best" : i === bands.length - 1 ? "worst" : "middle",
		scores: [from, to] as const,
	}));
	const placeOf = (value: number) => groups.find(({ scores: [from, to] }) => value >= from && value <= to)?.place ?? "middle";
	return (
		<PlotFigure
			caption={words.distributionCaption(reader.number(responses))}
			table={{
				summary: words.distributionTable,
				of: surveyName({ slug: score.survey, metric: score.metric }),
				head: words.distributionHead,
				rows: scores.map((value) => [String(value), reader.number(countOf(value)), shareOf(countOf(value))]),
			}}
		>
			<Plot name={words.distributionName(groups.map(({ name, share }) => words.groupShare(name, share)))} frame={COLUMN}>
				{scores.map((value) => {
					const left = x(value) ?? 0;
					const middle = at(left + x.bandwidth() / 2);
					const top = y(countOf(value));
					return (
						<>
							<rect
								class={`bar ${placeOf(value)}`}
								x={at(left)}
								y={at(top)}
								width={at(x.bandwidth())}
								height={at(y0 - top)}
								rx={2}
							/>
							<text class="share" x={middle} y={at(top - 5)} text-anchor="middle">
								{shareOf(countOf(value))}
							</text>
							<text class="name" x={middle} y={y0 + 16} text-anchor="middle">
								{value}
							</text>
						</>
					);
				})}
				{groups.map(({ name, share, from, to }) => (
					<g class="group">
						<path d={`M${at(from)},${y0 + 23}v4H${at(to)}v-4`} />
						<text x={at((from + to) / 2)} y={y0 + 42} text-anchor="middle">
							{name}
						</text>
						<text class="share" x={at((from + to) / 2)} y={y0 + 57} text-anchor="middle">
							{share}
						</text>
					</g>
				))}
			</Plot>
		</PlotFigure>
	);
}
