import type { Silence } from "../../../shared/insight-contract.ts";
import { tierOf } from "../../../shared/tier.ts";
import { figuresOf } from "../figure.ts";
import { MARK_RANGE, MarkList } from "../plots/mark-list.tsx";
import { scaleAround } from "../plots/value-scale.ts";
import { GROUP_NAMES } from "../plots/words.ts";
import type { Reader } from "../reader.ts";
import { keyName, valueName } from "../segment-name.ts";
import { rateScale } from "./rate-scale.ts";
import { rateMark } from "./rates.tsx";
import { words } from "./words.ts";

interface Props {
	readonly figures: Silence;
	readonly reader: Reader;
}

/** The values of segments whose customers answer less often than the rest, each a way to its segment. */
export function SilentSegments({ figures: { silent_segments: silent, survey, window }, reader }: Props) {
	const percent = (share: number | null) => (share === null ? words.none : reader.percent(share / 100));
	const segmentOf = (key: string) => `/app/segments?${new URLSearchParams({ key, survey, window: window.name })}`;
	return (
		<section class="card" aria-labelledby="silent">
			<h2 id="silent">{words.silent}</h2>
			{silent.length === 0 ? (
				<p>{words.nobodyMore}</p>
			) : (
				<>
					<ul class="list">
						{silent.map(({ key, name, shown, response_rate, rest, bounds }) => (
							<li>
								<a href={segmentOf(key)}>
									<bdi>{keyName(key)}</bdi>: <bdi>{valueName(key, name)}</bdi>
								</a>{" "}
								–{" "}
								{(bounds ? words.silentBounds : words.silentOf)(
									percent(response_rate.value),
									reader.number(shown),
									percent(rest.value),
								)}
							</li>
						))}
					</ul>
					<p class="hint">
						{words.silentNote} {silent.some(({ bounds }) => bounds) ? words.boundsNote : null}
					</p>
				</>
			)}
		</section>
	);
}

/** How often each group of scores comes with a comment. Below 5 answers in all, how many are in which group would say the score. */
export function Comments({ figures: { comment_rate: groups, metric, funnel }, reader }: Props) {
	return (
		<section class="card" aria-labelledby="comments">
			<h2 id="comments">{words.comments}</h2>
			{tierOf(funnel.answered) === "hidden" ? (
				<p>{words.commentsHidden}</p>
			) : (
				<MarkList
					label={words.comments}
					scale={rateScale(groups.map(({ rate }) => rate))}
					write={(value) => reader.percent(value / 100)}
					marks={groups.map(({ group, responses, commented, rate }) =>
						rateMark(
							GROUP_NAMES[metric][group] ?? group,
							rate,
							responses,
							words.commentsOf(reader.number(commented), reader.number(responses)),
							reader,
						),
					)}
				/>
			)}
		</section>
	);
}

/** The scores of those who answered at once and of those who took their time. */
export function Delays({ figures: { delay, metric, channels }, reader }: Props) {
	const byEmail = channels.some(({ base, funnel }) => base === "opened" && funnel.answered > 0);
	const { value: write, change } = figuresOf(metric, reader);
	const shown = delay.values.filter(({ tier }) => tier !== "hidden");
	const { late_minus_early: difference, verdict } = delay;
	return (
		<section class="card" aria-labelledby="delay">
			<h2 id="delay">{words.delay}</h2>
			<p>
				{difference === null
					? byEmail
						? words.lateByEmail
						: words.lateTooFew
					: words.late(
							change(difference.value),
							change(difference.interval.low),
							change(difference.interval.high),
							words.differences[verdict],
						)}
			</p>
			<MarkList
				label={words.delay}
				scale={scaleAround(
					metric,
					shown.flatMap(({ interval }) => (interval ? [interval.low, interval.high] : [])),
					MARK_RANGE,
				)}
				write={write}
				marks={delay.values
					.filter(({ responses }) => responses > 0)
					.map(({ delay, value, interval, tier, responses }) => {
						const n = words.answers(reader.number(responses));
						const name = valueName("delay", delay);
						if (tier === "hidden" || value === null || interval === null)
							return { name, value: null, interval: null, figure: words.tooFew, said: `${n}; ${words.fromFive}` };
						return {
							name,
							value,
							interval,
							early: tier === "early",
							figure: <strong>{write(value)}</strong>,
							said: (
								<>
									{n} · {words.interval(write(interval.low), write(interval.high))}{" "}
									{tier === "early" ? <span class="tag warn">{words.early}</span> : null}
								</>
							),
						};
					})}
			/>
			<p class="hint">{words.delayNote}</p>
		</section>
	);
}
