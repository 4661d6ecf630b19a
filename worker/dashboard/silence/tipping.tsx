import type { Silence } from "../../../shared/insight-contract.ts";
import { COMPARABLE } from "../../../shared/tier.ts";
import { figuresOf } from "../figure.ts";
import type { Survey } from "../one-survey/read-room.ts";
import type { Reader } from "../reader.ts";
import { words } from "./words.ts";

interface Props {
	readonly survey: Survey;
	readonly figures: Silence;
	readonly reader: Reader;
}

/** What the silent would have to say for the goal to fail, in a sentence. */
export function Tipping({ survey, figures, reader }: Props) {
	return (
		<section class="card" aria-labelledby="tipping">
			<h2 id="tipping">{words.tipping}</h2>
			{survey.goal === null ? (
				<p>
					{words.noGoal} <a href={`/app/settings/surveys/${survey.slug}`}>{words.setGoal}</a>
				</p>
			) : (
				<>
					<p>{sentenceOf(survey.goal, figures, reader)}</p>
					<p class="hint">{words.beside}</p>
				</>
			)}
		</section>
	);
}

function sentenceOf(goal: number, { tipping_point: point, funnel, metric }: Silence, reader: Reader): string {
	const { value: write } = figuresOf(metric, reader);
	if (funnel.answered < COMPARABLE) return words.tooFewToTip(reader.number(funnel.answered));
	if (point === null) return words.nobodySilent(write(goal));
	if (point.outcome === "cannot_fail") return words.cannotFail(write(goal));
	if (point.outcome === "already_fails" || point.value === null) return words.alreadyFails(write(goal));
	return words.value(write(goal), write(point.value));
}
