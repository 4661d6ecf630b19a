import { daysIn } from "../../../shared/day.ts";
import type { Site } from "../../site.ts";
import { figuresOf } from "../figure.ts";
import { changeLine } from "../overview/change-line.ts";
import type { SurveyFindings } from "../overview/read-findings.ts";
import { Headline } from "../overview/survey-card.tsx";
import { surveyLine } from "../overview/takeaways.tsx";
import { words as overviewWords } from "../overview/words.ts";
import { ScoreMark } from "../plots/score-mark.tsx";
import type { Reader } from "../reader.ts";
import { driverName, surveyName } from "../survey-name.ts";
import { words } from "./words.ts";

/** Reasons the sheet names for each survey. */
const REASONS = 3;

interface Props {
	readonly findings: SurveyFindings;
	readonly site: Site;
	readonly reader: Reader;
}

/** One survey on the sheet: the score as figure and mark, the line to take from it, what it is held against, and the reasons that can be told apart. */
export function ReportedSurvey({ findings, site, reader }: Props) {
	const { survey, score, drivers } = findings;
	const { change: write } = figuresOf(score.metric, reader);
	const change = changeLine(score, daysIn(score.window.from, score.window.to), reader);
	const told = drivers.drivers.filter(({ rank }) => rank !== null).slice(0, REASONS);
	return (
		<section>
			<h3>
				<bdi>{surveyName(survey)}</bdi>{" "}
				<span class="quiet">
					<bdi>{survey.touchpoint}</bdi>, {words.answers(reader.number(score.responses))}
				</span>
			</h3>
			<Headline findings={findings} reader={reader} />
			<ScoreMark score={score} reader={reader} />
			<p class="line">{surveyLine(findings, site, reader)}</p>
			{change === null ? null : <p class="hint">{words.change(change)}</p>}
			{told.length > 0 ? (
				<ul class="told">
					{told.map(({ id, impact }) => (
						<li>
							<bdi>{driverName(survey, site.locale, id)}</bdi>{" "}
							<span class="number">{overviewWords.points(score.metric, write(impact ?? 0))}</span>
						</li>
					))}
				</ul>
			) : null}
		</section>
	);
}
