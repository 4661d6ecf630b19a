import type { MetricName } from "../../shared/metrics.ts";
import { round } from "../../shared/round.ts";
import { type Reader, written } from "./reader.ts";

/** How the figures of one metric are written: nps as a number with its sign, csat in percent, ces with one decimal. */
export interface Figures {
	/** A score, rounded once: "+24", "81%", "5.6". */
	value(value: number): string;
	/** A mean of answers on their own scale, in its one decimal: "8.3". */
	mean(mean: number): string;
	/** A difference of two scores, with its sign: "+6", "−0.3". */
	change(change: number): string;
	/** How large a difference is, without its sign. */
	size(change: number): string;
	/** Whether a difference rounds to nothing. */
	vanishes(change: number): boolean;
}

/** The figures of a metric as a reader writes them. */
export function figuresOf(metric: MetricName, reader: Pick<Reader, "locale">): Figures {
	const digits = metric === "ces" ? 1 : 0;
	const write = (value: number, options: Intl.NumberFormatOptions = {}) =>
		written(reader.locale, value, { minimumFractionDigits: digits, maximumFractionDigits: digits, ...options });
	const signed = { signDisplay: "exceptZero" } as const;
	return {
		value(value) {
			if (metric === "csat") return write(round(value) / 100, { style: "percent" });
			return write(round(value, digits), metric === "nps" ? signed : {});
		},
		mean: (mean) => write(round(mean, 1), { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
		change: (change) => write(round(change, digits), signed),
		size: (change) => write(round(Math.abs(change), digits)),
		vanishes: (change) => round(change, digits) === 0,
	};
}
