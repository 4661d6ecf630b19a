import { type ScaleLinear, scaleLinear } from "d3-scale";
import { boundsOf } from "../../../shared/funnel.ts";
import type { MetricName } from "../../../shared/metrics.ts";

/** Values of a metric as positions. */
export type ValueScale = ScaleLinear<number, number>;

/** The least that an axis spans, so that noise does not fill the plot: a tenth of the metric's scale. */
const LEAST = 0.1;

/** The whole scale of a metric between two positions. */
export function wholeScale(metric: MetricName, range: readonly [from: number, to: number]): ValueScale {
	const { min, max } = boundsOf(metric);
	return scaleLinear([min, max], [...range]);
}

/** The part of a metric's scale that holds some values, with ends at ticks; never beyond the scale. */
export function scaleAround(
	metric: MetricName,
	values: readonly number[],
	range: readonly [from: number, to: number],
): ValueScale {
	const { min, max } = boundsOf(metric);
	const low = Math.min(...values);
	const high = Math.max(...values);
	if (!Number.isFinite(low)) return wholeScale(metric, range);
	const span = Math.max((max - min) * LEAST, high - low);
	// About the middle of the values, or at the end of the scale that they are near.
	const start = Math.min(Math.max((low + high - span) / 2, min), max - span);
	const [from = min, to = max] = scaleLinear([Math.min(start, low), Math.max(start + span, high)], [0, 1])
		.nice(5)
		.domain();
	return scaleLinear([Math.max(min, from), Math.min(max, to)], [...range]);
}
