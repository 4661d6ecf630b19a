import { verdictOf } from "../shared/compare.ts";
import { differenceOf } from "../shared/difference.ts";
import { responseRate, type TippingPoint, tippingPoint } from "../shared/funnel.ts";
import { countBetween, type Histogram, sizeOf } from "../shared/histogram.ts";
import type { Silence } from "../shared/insight-contract.ts";
import { METRICS, type MetricName } from "../shared/metrics.ts";
import { scoreOf, shareOf } from "../shared/score.ts";
import { BY_EMAIL } from "../shared/segments.ts";
import { type SegmentFunnel, silentSegments, trendOf } from "../shared/silence-report.ts";
import { DELAYS } from "../shared/tally-pairs.ts";
import { COMPARABLE } from "../shared/tier.ts";
import { type Window, windowBefore } from "../shared/window.ts";
import { type Counts, countsOf } from "./counts.ts";
import { type OutcomeCount, tallyByValues } from "./db/tally.ts";
import { type ScoreScope, segmentsOf } from "./score-scope.ts";
import type { Site } from "./site.ts";
import { coverage } from "./survey-score.ts";

/**
 * What one survey's customers did not say over a window. Imports are left out: nobody was silent there. Asks by e-mail have a line of their
 * own and are in nothing else that can be counted without them: reasons and delays are not counted by channel, nor are the values of a
 * segment, of which is said only what holds however many of e-mail's asks are among theirs.
 */
export async function surveySilence(db: D1Database, site: Site, asked: ScoreScope, window: Window): Promise<Silence> {
	const { survey } = asked;
	const { metric, goal } = survey;
	const scope = { ...asked.scope, imports: "without" } as const;
	const keys = [...segmentsOf(site)].map(([key, values]) => [key, values.filter((value) => value !== "import")] as const);
	const channels = keys.find(([key]) => key === "channel")?.[1] ?? [];
	const over = (key: string, values: readonly string[], { from, to }: Window) => ({ key, values, from, to });
	const [before = new Map(), reasons = new Map(), ...byKey] = await tallyByValues(db, site.id, scope, [
		over(
			"channel",
			channels.filter((channel) => channel !== BY_EMAIL),
			windowBefore(window),
		),
		over("driver", ["*"], window),
		...keys.map(([key, values]) => over(key, values, window)),
	]);
	const found = new Map(keys.map(([key], i) => [key, byKey[i] ?? new Map<string, OutcomeCount[]>()]));
	const byChannel = found.get("channel") ?? new Map<string, OutcomeCount[]>();
	const everybody = countsOf([...byChannel].flatMap(([channel, outcomes]) => (channel === BY_EMAIL ? [] : outcomes)));
	const byEmail = countsOf(byChannel.get(BY_EMAIL) ?? []);
	const earlier = countsOf([...before.values()].flat());
	const { value } = scoreOf(metric, everybody.histogram);
	return {
		...coverage(site, asked, window),
		channels: [...byChannel].map(([channel, outcomes]) => {
			const { funnel } = countsOf(outcomes);
			return { channel, base: channel === BY_EMAIL ? "opened" : "shown", funnel, response_rate: responseRate(funnel) };
		}),
		funnel: everybody.funnel,
		reasoned: countsOf(reasons.get("*") ?? []).funnel.answered,
		response_rate: trendOf(rate(everybody, "answered"), rate(earlier, "answered")),
		dismissal_rate: trendOf(rate(everybody, "dismissed"), rate(earlier, "dismissed")),
		tipping_point: goal === null ? null : tipping(goal, tippingPoint(metric, value, goal, everybody.funnel)),
		silent_segments: silentSegments(
			everybody.funnel,
			[...found].flatMap(([key, values]) => funnelsOf(key, values)),
			byEmail.funnel,
		),
		comment_rate: commentRates(metric, everybody),
		delay: delays(metric, found.get("delay") ?? new Map(), byEmail.funnel.answered),
	};
}

function rate({ funnel }: Counts, part: "answered" | "dismissed"): readonly [number, number] {
	return [funnel[part], funnel.shown];
}

function tipping(goal: number, point: TippingPoint): Silence["tipping_point"] {
	if (point === null) return null;
	return typeof point === "string" ? { goal, outcome: point, value: null } : { goal, outcome: "value", value: point.value };
}

/** The funnels of a key's values. A delay is known of answers only, and so says nothing of who is silent; e-mail has a base of its own. */
function funnelsOf(key: string, values: ReadonlyMap<string, readonly OutcomeCount[]>): SegmentFunnel[] {
	if (key === "delay") return [];
	return [...values]
		.filter(([name]) => key !== "channel" || name !== BY_EMAIL)
		.map(([name, outcomes]) => ({ key, name, funnel: countsOf(outcomes).funnel }));
}

function commentRates(metric: MetricName, { histogram, commented }: Counts): Silence["comment_rate"] {
	return METRICS[metric].bands.map(({ name, from, to }) => {
		const responses = countBetween(histogram, from, to);
		const withComment = countBetween(commented, from, to);
		return { group: name, responses, commented: withComment, rate: shareOf(withComment, responses) };
	});
}

/** Early and late answers. Those by e-mail are among the early, for their time begins with the click: with any of them nothing is compared. */
function delays(metric: MetricName, found: ReadonlyMap<string, readonly OutcomeCount[]>, emailed: number): Silence["delay"] {
	const histogramOf = (...names: readonly string[]): Histogram =>
		countsOf(names.flatMap((name) => found.get(name) ?? [])).histogram;
	const [early, ...late] = DELAYS;
	const [first, later] = [histogramOf(early), histogramOf(...late)];
	const few = Math.min(sizeOf(first), sizeOf(later)) < COMPARABLE;
	const difference = few || emailed > 0 ? null : differenceOf(metric, later, first);
	return {
		values: DELAYS.map((delay) => {
			const { value, interval, tier, responses } = scoreOf(metric, histogramOf(delay));
			return { delay, value, interval, tier, responses };
		}),
		late_minus_early: difference,
		verdict: difference === null ? "too_few" : verdictOf(difference.z),
	};
}
