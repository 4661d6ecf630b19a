import { figuresOf } from "../figure.ts";
import type { Reader } from "../reader.ts";
import { segmentName } from "../segment-name.ts";
import { surveyName } from "../survey-name.ts";
import type { SiteFindings } from "./read-findings.ts";
import { words } from "./words.ts";

interface Props {
	readonly found: SiteFindings;
	readonly reader: Reader;
}

/** The alerts that are open, each with both windows it compares. Nothing where there is none. */
export function Alerts({ found: { asked, alerts }, reader }: Props) {
	if (alerts.length === 0) return null;
	return (
		<section aria-labelledby="alerts" class="alerts">
			<h2 id="alerts">{words.openAlertsHeading}</h2>
			<ul class="list">
				{alerts.map(({ survey: slug, segment, direction, opened_on, recent, reference }) => {
					const survey = asked.find((each) => each.survey.slug === slug)?.survey;
					if (!survey) return null;
					const write = figuresOf(survey.metric, reader).value;
					const value = (arm: typeof recent) => (arm.value === null ? words.noValue : write(arm.value));
					return (
						<li class={direction === "down" ? "notice bad" : "notice good"}>
							<p>
								<strong>
									<bdi>{surveyName(survey)}</bdi>
									{segment === null ? null : (
										<>
											, <bdi>{segmentName(segment)}</bdi>
										</>
									)}
								</strong>{" "}
								{words.alert(direction, reader.day(opened_on))}:{" "}
								{words.arms(value(recent), reader.number(recent.responses), value(reference), reader.number(reference.responses))}
							</p>
						</li>
					);
				})}
			</ul>
		</section>
	);
}
