import type { SurveyView } from "../../../shared/survey-contract.ts";
import { surveyWords } from "./survey-words.ts";

const SAY = surveyWords;

/** Asks, before anything is kept, whether a change begins a new version; a typo in the question need not, another kind or display must. */
export function VersionChoice({ survey, form }: { survey: SurveyView; form: URLSearchParams }) {
	const { version } = survey;
	const next = version + 1;
	const redrawn = form.get("metric") !== survey.metric || form.get("display") !== survey.display;
	return (
		<div class="notice" role="alert">
			<p>{redrawn ? SAY.decideDrawn(version, next) : SAY.decide(version, next)}</p>
			<fieldset id="f-decision">
				<legend>{SAY.decision}</legend>
				{redrawn ? null : (
					<label class="check">
						<input type="radio" name="decision" value="same" required />
						<span>{SAY.same(version)}</span>
					</label>
				)}
				<label class="check">
					<input type="radio" name="decision" value="new" required />
					<span>{SAY.fresh(next)}</span>
				</label>
			</fieldset>
		</div>
	);
}
