import type { Site } from "../../site.ts";
import type { Reader } from "../reader.ts";
import { driverName, surveyName } from "../survey-name.ts";
import type { SiteFindings, SurveyFindings } from "./read-findings.ts";
import { sentenceOf, shopSentence } from "./sentences.ts";
import { shopStatement } from "./shop-takeaway.ts";
import { statementsOf } from "./takeaway.ts";
import { words } from "./words.ts";

interface Props {
	readonly found: SiteFindings;
	/** Days of the window. */
	readonly days: number;
	readonly site: Site;
	readonly reader: Reader;
	/** Whether each survey's name leads to its card on this page. */
	readonly linked?: boolean;
}

/** What an owner should take from the page, first on it: one line for the shop where it asks more than one thing, and one for each survey. */
export function Takeaways({ found: { asked, alerts }, days, site, reader, linked = false }: Props) {
	return (
		<section class="card takeaways" aria-label={words.inShort}>
			{asked.length > 1 ? <p class="shop">{shopLine(asked, alerts, days)}</p> : null}
			<dl>
				{asked.map((findings) => {
					const name = <bdi>{surveyName(findings.survey)}</bdi>;
					return (
						<div class="takeaway">
							<dt>{linked ? <a href={`#${findings.survey.slug}`}>{name}</a> : name}</dt>
							<dd>{surveyLine(findings, site, reader)}</dd>
						</div>
					);
				})}
			</dl>
		</section>
	);
}

/** The line for one survey. */
export function surveyLine(findings: SurveyFindings, site: Site, reader: Reader): string {
	const voice = { score: findings.score, reader, driverName: (id: string) => driverName(findings.survey, site.locale, id) };
	return sentenceOf(statementsOf(findings), voice);
}

/** The line for the shop. */
export function shopLine(asked: readonly SurveyFindings[], alerts: SiteFindings["alerts"], days: number): string {
	const statement = shopStatement(asked.map(({ score }) => ({ score, alerts })));
	return shopSentence(statement, days, (slug) => {
		const survey = asked.find((each) => each.survey.slug === slug)?.survey;
		return survey ? surveyName(survey) : slug;
	});
}
