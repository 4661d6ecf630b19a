import { daysIn } from "../../../shared/day.ts";
import type { Silence } from "../../../shared/insight-contract.ts";
import { tierOf } from "../../../shared/tier.ts";
import { type Mark, MarkList } from "../plots/mark-list.tsx";
import type { Reader } from "../reader.ts";
import { valueName } from "../segment-name.ts";
import { rateScale, type Share } from "./rate-scale.ts";
import { words } from "./words.ts";

interface Props {
	readonly figures: Silence;
	readonly reader: Reader;
}

/** A rate as a mark; hidden where it is one of fewer than 5. */
export function rateMark(name: Mark["name"], rate: Share, n: number, said: string, reader: Reader): Mark {
	const tier = tierOf(n);
	const percent = (share: number) => reader.percent(share / 100);
	if (tier === "hidden" || rate.value === null || rate.interval === null)
		return { name, value: null, interval: null, figure: words.tooFew, said: `${said}; ${words.fromFive}` };
	return {
		name,
		value: rate.value,
		interval: rate.interval,
		early: tier === "early",
		figure: <strong>{percent(rate.value)}</strong>,
		said: (
			<>
				{said} · {words.interval(percent(rate.interval.low), percent(rate.interval.high))}{" "}
				{tier === "early" ? <span class="tag warn">{words.early}</span> : null}
			</>
		),
	};
}

/** How many answer, in all but e-mail and by channel, and how many wave the question away: each against the window before. */
export function Rates({ figures, reader }: Props) {
	const channels = figures.channels.filter(({ funnel }) => funnel.shown > 0);
	return (
		<section class="card" aria-labelledby="rate">
			<h2 id="rate">{words.rate}</h2>
			<Trend trend={figures.response_rate} figures={figures} reader={reader} />
			<h3>{words.byChannel}</h3>
			<MarkList
				label={`${words.rate}: ${words.byChannel}`}
				scale={rateScale(channels.map(({ response_rate }) => response_rate))}
				write={(value) => reader.percent(value / 100)}
				marks={channels.map(({ channel, base, funnel, response_rate }) =>
					rateMark(
						valueName("channel", channel),
						response_rate,
						funnel.shown,
						words.ofBase(reader.number(funnel.shown), base),
						reader,
					),
				)}
			/>
			{channels.some(({ base }) => base === "opened") ? <p class="hint">{words.openedNote}</p> : null}
			<h2>{words.dismissal}</h2>
			<Trend trend={figures.dismissal_rate} figures={figures} reader={reader} />
		</section>
	);
}

interface TrendProps extends Props {
	readonly trend: Silence["response_rate"];
}

/** A rate with the asks it is of, and the one before with its own. */
function Trend({ trend: { now, before, verdict }, figures: { window }, reader }: TrendProps) {
	const percent = (share: number) => reader.percent(share / 100);
	const shown = reader.number(now.shown);
	if (tierOf(now.shown) === "hidden" || now.value === null || now.interval === null)
		return (
			<p>
				{words.tooFew}: {words.ofBase(shown, "shown")}; {words.fromFive}
			</p>
		);
	const moved = verdict === "likely_changed" || verdict === "changed";
	const up = before.value !== null && now.value > before.value;
	const days = daysIn(window.from, window.to);
	const shownBefore = reader.number(before.shown);
	return (
		<p>
			<strong class="number rate">{percent(now.value)}</strong>{" "}
			<span class="quiet">
				{words.ofBase(shown, "shown")} · {words.interval(percent(now.interval.low), percent(now.interval.high))} ·{" "}
				{verdict === "too_few" || before.value === null
					? words.fewBefore(shownBefore, days)
					: words.against(percent(before.value), shownBefore, days)}
			</span>{" "}
			<span class={moved ? "tag warn" : "tag"}>
				{moved ? <span aria-hidden="true">{up ? "↑ " : "↓ "}</span> : null}
				{words.verdicts[verdict]}
			</span>
		</p>
	);
}
