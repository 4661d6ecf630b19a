import type { DigestSurvey } from "../../shared/digest-contract.ts";
import { BY_EMAIL } from "../../shared/segments.ts";
import { tierOf } from "../../shared/tier.ts";
import type { SurveyFindings } from "../dashboard/overview/read-findings.ts";
import { surveyLine } from "../dashboard/overview/takeaways.tsx";
import type { Reader } from "../dashboard/reader.ts";
import { driverName, surveyName } from "../dashboard/survey-name.ts";
import type { Site } from "../site.ts";

/** What a digest says of one survey. What the overview holds back, it holds back. */
export function digestSurvey(findings: SurveyFindings, site: Site, reader: Reader): DigestSurvey {
	const { survey, score, drivers, silence } = findings;
	const { previous, goal, baseline } = score;
	const shown = score.tier !== "hidden";
	const judged = shown && score.tier !== "early";
	const [silent] = silence.silent_segments;
	const { value: rate, interval } = silence.response_rate.now;
	return {
		survey: survey.slug,
		version: score.version,
		metric: score.metric,
		name: surveyName(survey),
		sentence: surveyLine(findings, site, reader),
		value: shown ? score.value : null,
		interval: shown ? score.interval : null,
		tier: score.tier,
		mean: shown ? score.mean : null,
		...(shown && score.agree ? { agree: score.agree } : {}),
		responses: score.responses,
		response_rate: { value: rate, interval },
		emailed: silence.channels.find(({ channel }) => channel === BY_EMAIL)?.funnel.answered ?? 0,
		change: previous.verdict === "too_few" ? null : previous.change,
		verdict: previous.verdict,
		before: { value: tierOf(previous.responses) === "hidden" ? null : previous.value, responses: previous.responses },
		drivers: drivers.drivers.flatMap(({ id, rank, impact }) =>
			rank === null || impact === null ? [] : [{ id, name: driverName(survey, site.locale, id), impact }],
		),
		silent_segment:
			silent && silent.response_rate.value !== null && silent.rest.value !== null
				? {
						key: silent.key,
						name: silent.name,
						response_rate: silent.response_rate.value,
						rest: silent.rest.value,
						bounds: silent.bounds,
					}
				: null,
		goal: goal && { target: goal.target, verdict: goal.verdict },
		baseline: baseline && {
			value: baseline.value,
			change: judged ? baseline.change : null,
			verdict: judged ? baseline.verdict : null,
			not_compared: baseline.not_compared,
		},
	};
}
