import type { Verdict } from "../../../shared/compare.ts";
import { daysIn } from "../../../shared/day.ts";
import { type Figures, figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import type { SurveyFindings } from "./read-findings.ts";
import { words } from "./words.ts";

interface Props {
	readonly findings: SurveyFindings;
	readonly reader: Reader;
}

/** What a score is held against, and what it rests on: change, goal, baseline, answers. */
export function Facts({ findings, reader }: Props) {
	const { goal, baseline } = findings.score;
	return (
		<dl class="facts">
			<Change findings={findings} reader={reader} />
			{goal ? <Goal findings={findings} reader={reader} /> : null}
			{baseline ? <Baseline findings={findings} reader={reader} /> : null}
			<Responses findings={findings} reader={reader} />
		</dl>
	);
}

/** A difference with its verdict in words; only one that says something moved has an arrow. */
function Difference({
	change,
	verdict,
	figures,
}: {
	readonly change: number;
	readonly verdict: Verdict;
	readonly figures: Figures;
}) {
	const moved = verdict === "likely_changed" || verdict === "changed";
	return (
		<>
			<strong class="number">
				{moved ? <span aria-hidden="true">{change > 0 ? "↑ " : "↓ "}</span> : null}
				{figures.change(change)}
			</strong>{" "}
			<span class={!moved ? "tag" : change > 0 ? "tag good" : "tag bad"}>{words.verdicts[verdict]}</span>
		</>
	);
}

function Change({ findings: { score }, reader }: Props) {
	const { previous, metric, window, tier } = score;
	const figures = figuresOf(metric, reader);
	const days = daysIn(window.from, window.to);
	const n = reader.number(previous.responses);
	const early = tier === "hidden" || tier === "early";
	return (
		<div>
			<dt>{words.change}</dt>
			<dd>
				{previous.verdict === "too_few" || previous.change === null || previous.value === null ? (
					early ? (
						words.tooFewNow
					) : (
						words.tooFewBefore(n, days)
					)
				) : (
					<>
						<Difference change={previous.change} verdict={previous.verdict} figures={figures} />
						<p class="hint">{words.changeFrom(figures.value(previous.value), n, days)}</p>
					</>
				)}
			</dd>
		</div>
	);
}

function Goal({ findings: { score, silence }, reader }: Props) {
	const { goal, metric, tier } = score;
	if (!goal) return null;
	const { value: write } = figuresOf(metric, reader);
	const { verdict, more_responses } = goal;
	const point = verdict === null ? null : silence.tipping_point;
	return (
		<div>
			<dt>{words.goal}</dt>
			<dd>
				<strong class="number">{write(goal.target)}</strong>{" "}
				<span class={verdict === "met" ? "tag good" : verdict === "missed" ? "tag bad" : "tag"}>
					{verdict === null ? words.goalEarly : words.goalVerdicts[verdict]}
				</span>
				{more_responses !== null && tier !== "hidden" ? <p class="hint">{words.more(reader.number(more_responses))}</p> : null}
				{more_responses === null && verdict === "undecided" ? <p class="hint">{words.never}</p> : null}
				{point?.outcome === "value" && point.value !== null ? <p class="hint">{words.tips(write(point.value))}</p> : null}
				{point?.outcome === "cannot_fail" ? <p class="hint">{words.cannotFail}</p> : null}
				{point?.outcome === "already_fails" ? <p class="hint">{words.alreadyFails}</p> : null}
			</dd>
		</div>
	);
}

function Baseline({ findings: { survey, score }, reader }: Props) {
	const { baseline, metric, tier } = score;
	if (!baseline || baseline.value === null) return null;
	const figures = figuresOf(metric, reader);
	const { value, responses, from, to, change, verdict, status, not_compared: reason } = baseline;
	const otherwise = reason !== null && reason !== "shares_days";
	const early = tier === "hidden" || tier === "early";
	return (
		<div>
			<dt>{words.baseline}</dt>
			<dd>
				{reason !== null && (otherwise || !early) ? (
					words.notCompared[reason]
				) : early || change === null || verdict === null ? (
					words.tooFewNow
				) : (
					<Difference change={change} verdict={verdict} figures={figures} />
				)}
				{otherwise ? (
					<>
						{" "}
						<a href={`/app/settings/surveys/${survey.slug}/baselines`}>{words.setBaseline}</a>
					</>
				) : null}
				<p class="hint">
					{words.baselineFrom(figures.value(value), reader.number(responses), reader.day(from), reader.day(to))}
					{status === "provisional" ? `, ${words.provisional}` : null}
				</p>
			</dd>
		</div>
	);
}

function Responses({ findings: { score, silence }, reader }: Props) {
	const { now, before, verdict } = silence.response_rate;
	const percent = (share: number) => reader.percent(share / 100);
	const { channels } = silence;
	const asked = channels.reduce((sum, each) => sum + each.funnel.answered, 0);
	const emails = channels.some((each) => each.base === "opened" && each.funnel.shown > 0);
	const leftOut = words.leftOut(score.responses > asked, emails);
	return (
		<div>
			<dt>{words.responses}</dt>
			<dd>
				<strong class="number">{reader.number(score.responses)}</strong>
				{now.value === null || now.interval === null ? null : (
					<p class="hint">
						{words.responseRate(
							percent(now.value),
							percent(now.interval.low),
							percent(now.interval.high),
							reader.number(now.shown),
						)}
						{before.value === null || verdict === "too_few"
							? null
							: `; ${words.rateBefore(percent(before.value), reader.number(before.shown), words.verdicts[verdict])}`}
						{leftOut === null ? null : `; ${leftOut}`}
					</p>
				)}
			</dd>
		</div>
	);
}
