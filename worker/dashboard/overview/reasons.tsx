import type { Site } from "../../site.ts";
import { figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import { driverName } from "../survey-name.ts";
import type { SurveyFindings } from "./read-findings.ts";
import { words } from "./words.ts";

/** Reasons the overview names. */
const MOST = 4;

interface Props {
	readonly findings: SurveyFindings;
	readonly site: Site;
	readonly reader: Reader;
}

/** The reasons that can be told apart, the greatest impact first. */
export function Reasons({ findings: { survey, score, drivers }, site, reader }: Props) {
	if (drivers.responses === 0) return null;
	const { change: write } = figuresOf(score.metric, reader);
	const told = drivers.drivers.filter(({ rank, impact }) => rank !== null && impact !== null).slice(0, MOST);
	return (
		<div class="reasons">
			<h3>{words.reasons}</h3>
			{told.length === 0 ? (
				<p class="quiet">{words.noReasons}</p>
			) : (
				<>
					<ul class="list">
						{told.map(({ id, impact }) => (
							<li>
								<bdi>{driverName(survey, site.locale, id)}</bdi>
								<span class="number">{words.points(score.metric, write(impact ?? 0))}</span>
							</li>
						))}
					</ul>
					<p class="hint">{words.association}</p>
				</>
			)}
		</div>
	);
}
