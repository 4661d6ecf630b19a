import type { Series } from "../../../shared/insight-contract.ts";
import type { Site } from "../../site.ts";
import { figuresOf } from "../figure.ts";
import { Distribution } from "../plots/distribution.tsx";
import { RollingLine } from "../plots/rolling-line.tsx";
import { ScoreMark } from "../plots/score-mark.tsx";
import type { Reader } from "../reader.ts";
import { surveyName } from "../survey-name.ts";
import { besideScore } from "./beside-score.ts";
import { Facts } from "./facts.tsx";
import type { SurveyFindings } from "./read-findings.ts";
import { Reasons } from "./reasons.tsx";
import { words } from "./words.ts";

interface Props {
	readonly findings: SurveyFindings;
	readonly series: Series | undefined;
	readonly site: Site;
	readonly reader: Reader;
}

/** All about one survey: the score and what it rests on, its way to there, who gave what, and where to read on. */
export function SurveyCard({ findings, series, site, reader }: Props) {
	const { survey, score } = findings;
	const { name } = words.metrics[survey.metric];
	return (
		<section class="card survey" id={survey.slug} aria-labelledby={`${survey.slug}-name`}>
			<header class="row">
				<h2 id={`${survey.slug}-name`}>
					<bdi>{surveyName(survey)}</bdi>
				</h2>
				<span class="quiet">
					{name} · <bdi>{survey.touchpoint}</bdi>
				</span>
				{survey.active ? null : <span class="tag warn">{words.asleep}</span>}
			</header>
			<div class="halves">
				<div>
					<Headline findings={findings} reader={reader} />
					<ScoreMark score={score} reader={reader} />
					<Facts findings={findings} reader={reader} />
				</div>
				<div>
					<Distribution score={score} reader={reader} />
					<Reasons findings={findings} site={site} reader={reader} />
				</div>
			</div>
			{series ? <RollingLine score={score} series={series} reader={reader} /> : null}
			<Rooms findings={findings} />
		</section>
	);
}

/** The score with its interval, what stands beside it, and its formula; hidden below 5 answers. */
export function Headline({ findings: { score }, reader }: Pick<Props, "findings" | "reader">) {
	const { value, interval, tier, metric } = score;
	const { value: write } = figuresOf(metric, reader);
	const tag = words.tiers[tier];
	const shown = value !== null && interval !== null && tier !== "hidden";
	const beside = shown ? besideScore(score, reader) : null;
	return (
		<p class="headline">
			<strong class="score">{shown ? write(value) : words.noValue}</strong>
			<span class="beside">
				{tag ? <span class={tier === "stable" ? "tag" : "tag warn"}>{tag}</span> : null}
				<span class="number">{shown ? words.interval(write(interval.low), write(interval.high)) : words.hiddenValue}</span>
				{beside === null ? null : <span class="number">{beside}</span>}
			</span>
			<span class="hint formula">{words.metrics[metric].formula}</span>
		</p>
	);
}

function Rooms({ findings: { survey, score } }: Pick<Props, "findings">) {
	const query = `?survey=${survey.slug}&window=${score.window.name}`;
	const days = `?survey=${survey.slug}&from=${score.window.from}&to=${score.window.to}`;
	return (
		<nav aria-label={words.roomsOf(surveyName(survey))} class="rooms">
			<ul class="choice">
				<li>
					<a href={`/app/answers${days}`}>{words.rooms.answers}</a>
				</li>
				<li>
					<a href={`/app/drivers${query}`}>{words.rooms.drivers}</a>
				</li>
				<li>
					<a href={`/app/segments${query}`}>{words.rooms.segments}</a>
				</li>
				<li>
					<a href={`/app/silence${query}`}>{words.rooms.silence}</a>
				</li>
			</ul>
		</nav>
	);
}
