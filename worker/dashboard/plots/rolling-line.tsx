import { area, line } from "d3-shape";
import { daysIn } from "../../../shared/day.ts";
import type { Series } from "../../../shared/insight-contract.ts";
import type { SurveyScore } from "../../../shared/score-contract.ts";
import { figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import { surveyName } from "../survey-name.ts";
import { BottomAxis, LeftAxis } from "./axis.tsx";
import { dayScale } from "./day-scale.ts";
import { at, type Frame, insideOf } from "./frame.ts";
import { LineCaption } from "./line-caption.tsx";
import { Both, Plot, PlotFigure } from "./plot.tsx";
import { type Reference, referencesOf } from "./references.ts";
import { spread } from "./spread.ts";
import { scaleAround } from "./value-scale.ts";
import { words } from "./words.ts";

type Point = Series["points"][number];

/** A point that may be shown. */
interface Shown extends Point {
	readonly value: number;
	readonly interval: NonNullable<Point["interval"]>;
}

/** Rows a table of a line has at most, about. */
const ROWS = 14;

/** Beyond so many days the axis names years. */
const LONG = 300;

const isShown = (point: Point): point is Shown => point.value !== null && point.interval !== null && point.tier !== "hidden";

interface Props {
	readonly score: SurveyScore;
	readonly series: Series;
	readonly reader: Reader;
}

/**
 * The rolling score with its band, from the first day with an answer on: a gap where there are too few, goal and baseline as lines,
 * benchmarks dashed. Nothing where no point can be shown.
 */
export function RollingLine({ score, series, reader }: Props) {
	const begin = series.points.findIndex(({ responses }) => responses > 0);
	const points = series.points.slice(Math.max(0, begin));
	const shown = points.filter(isShown);
	const first = points[0];
	const last = points.at(-1);
	if (shown.length === 0 || !first || !last) return null;
	const figures = figuresOf(series.metric, reader);
	const every = Math.max(1, Math.ceil(points.length / ROWS));
	const name = words.lineName(reader.day(first.day), reader.day(last.day), isShown(last) ? figures.value(last.value) : null);
	return (
		<PlotFigure
			caption={<LineCaption score={score} series={series} points={points} reader={reader} />}
			table={{
				summary: words.lineTable,
				of: surveyName({ slug: score.survey, metric: score.metric }),
				head: words.lineHead,
				rows: points
					.filter((_, i) => (points.length - 1 - i) % every === 0)
					.map((point) => [
						reader.day(point.day),
						isShown(point) ? figures.value(point.value) : words.hidden,
						isShown(point) ? words.interval(figures.value(point.interval.low), figures.value(point.interval.high)) : "",
						reader.number(point.responses),
					]),
			}}
		>
			<Both draw={(frame) => <Line name={name} frame={frame} points={points} score={score} reader={reader} />} />
		</PlotFigure>
	);
}

interface LineProps {
	readonly name: string;
	readonly frame: Frame;
	readonly points: readonly Point[];
	readonly score: SurveyScore;
	readonly reader: Reader;
}

function Line({ name, frame, points, score, reader }: LineProps) {
	const figures = figuresOf(score.metric, reader);
	const { x0, x1, y0, y1 } = insideOf(frame);
	const from = points[0]?.day ?? "";
	const to = points.at(-1)?.day ?? "";
	const x = dayScale(from, to, [x0, x1]);
	const { held, beside } = referencesOf(score);
	const bands = points.filter(isShown).flatMap(({ interval }) => [interval.low, interval.high]);
	const y = scaleAround(score.metric, [...bands, ...held.map(({ value }) => value)], [y0, y1]);
	const [bottom = 0, top = 0] = y.domain();
	const references = [...held, ...beside.filter(({ value }) => value >= bottom && value <= top)];

	const path = line<Point>()
		.x((point) => at(x(point.day)))
		.y((point) => at(y(point.value ?? 0)));
	const band = area<Point>()
		.defined(isShown)
		.x((point) => at(x(point.day)))
		.y0((point) => at(y(point.interval?.low ?? 0)))
		.y1((point) => at(y(point.interval?.high ?? 0)));
	const end = points.findLast(isShown);
	const labels: Label[] = [
		...references.map((reference) => ({
			kind: reference.kind,
			value: reference.value,
			text: labelOf(reference, frame, figures.value),
		})),
		...(end && end.day === to ? [{ kind: "end", value: end.value, text: figures.value(end.value) } as const] : []),
	];
	const places = spread(
		labels.map(({ value }) => y(value)),
		15,
		y1,
		y0,
	);
	return (
		<Plot name={name} frame={frame}>
			<LeftAxis frame={frame} ticks={y.ticks(4).map((tick) => ({ position: y(tick), label: figures.value(tick) }))} />
			<BottomAxis
				frame={frame}
				ticks={x.ticks(frame.name === "wide" ? 6 : 3).map((day) => ({
					position: x(day),
					label: daysIn(from, to) > LONG ? reader.day(day) : reader.shortDay(day),
				}))}
			/>
			<path class="band" d={band(points) ?? ""} />
			{references.map(({ kind, value }) => (
				<line class={`reference ${kind}`} x1={x0} x2={x1} y1={at(y(value))} y2={at(y(value))} />
			))}
			<path class="line early" d={path.defined(isShown)(points) ?? ""} />
			<path class="line" d={path.defined((point) => isShown(point) && point.tier !== "early")(points) ?? ""} />
			{end ? <circle class="dot" cx={at(x(end.day))} cy={at(y(end.value))} r={4} /> : null}
			{labels.map(({ kind, text }, i) => (
				<text class={`label ${kind}`} x={x1 + 8} y={at(places[i] ?? 0)} dy="0.35em">
					{text}
				</text>
			))}
		</Plot>
	);
}

interface Label {
	readonly kind: Reference["kind"] | "end";
	readonly value: number;
	readonly text: string;
}

function labelOf({ kind, value }: Reference, frame: Frame, write: (value: number) => string): string {
	const name = kind === "goal" ? words.goal : words[kind][frame.name];
	return `${name} ${write(value)}`;
}
