import { zBetween } from "./compare.ts";
import { addDays, type Day } from "./day.ts";
import { type Histogram, sizeOf } from "./histogram.ts";
import type { MetricName } from "./metrics.ts";

/** Days of the recent window and of the reference window before it. */
export const RECENT_DAYS = 28;
export const REFERENCE_DAYS = 84;

/** Answers each window needs. */
export const RECENT_RESPONSES = 30;
export const REFERENCE_RESPONSES = 60;

/** |z| above which an episode opens for a whole survey. Where nothing changes, that is about 0.25 false alarms a metric and year. */
export const FIRE = 3;

/**
 * |z| above which one opens for a value of a segment. Each busy value that does not change adds about 0.025 false alarms a year (0.01 to
 * 0.045, by metric and number of answers): eight of them together with the whole survey come to about 0.45.
 */
export const FIRE_SEGMENT = 3.8;

/** |z| below which one clears. */
export const CLEAR = 1.5;

/** The two windows that a day's evaluation compares: the last 28 days, and the 84 before them. */
export function alertWindows(day: Day): { readonly recent: { from: Day; to: Day }; readonly reference: { from: Day; to: Day } } {
	const from = addDays(day, 1 - RECENT_DAYS);
	return { recent: { from, to: day }, reference: { from: addDays(from, -REFERENCE_DAYS), to: addDays(from, -1) } };
}

/** What a day's evaluation asks for: open an episode, clear the open one, or leave things as they are. */
export type AlertStep = "open" | "clear" | "keep";

export interface Evaluation {
	/** Standard errors between recent and reference; null with too few answers, which neither opens nor clears. */
	readonly z: number | null;
	readonly step: AlertStep;
}

/**
 * The automatic alert: fires at |z| > 3 (3.8 for a value of a segment), clears at |z| < 1.5, one notification an episode. On a stable
 * process about 0.25 false alarms a metric and year, 0.45 with eight busy values of its segments.
 */
export function evaluateAlert(
	metric: MetricName,
	recent: Histogram,
	reference: Histogram,
	open: boolean,
	fire: number = FIRE,
): Evaluation {
	if (sizeOf(recent) < RECENT_RESPONSES || sizeOf(reference) < REFERENCE_RESPONSES) return { z: null, step: "keep" };
	const z = zBetween(metric, recent, reference);
	if (!open && Math.abs(z) > fire) return { z, step: "open" };
	return { z, step: open && Math.abs(z) < CLEAR ? "clear" : "keep" };
}
