import { METRICS } from "../../../shared/metrics.ts";
import type { ResponseView } from "../../../shared/response-contract.ts";
import type { Reader } from "../reader.ts";
import type { Names } from "./names.ts";
import { segmentTags } from "./segment-tags.ts";
import * as words from "./words.ts";

/** Where an answer has its page. */
export const pageOf = ({ id }: Pick<ResponseView, "id">) => `/app/answers/${id}`;

/** Where a verified customer's history is. */
export const historyOf = (customer: string) => `/app/customers/${encodeURIComponent(customer)}`;

/** The class of a score's colours: the best group good, the scores due a call back bad, what is between neither. */
export function moodOf({ metric, score, group }: ResponseView): "good" | "bad" | "warn" {
	if (METRICS[metric].bands[0].name === group) return "good";
	return score <= METRICS[metric].low ? "bad" : "warn";
}

/** What the group of an answer's score is called. */
export const groupName = ({ metric, group }: ResponseView) => words.groups[metric][group]?.[0] ?? group;

interface Props {
	readonly answer: ResponseView;
	readonly names: Names;
	readonly reader: Reader;
	/** Whether the card leads to the answer's own page. */
	readonly linked?: boolean;
}

/** One answer: its score first, then what was said, why, by whom and when. */
export function AnswerCard({ answer, names, reader, linked = true }: Props) {
	const { max } = METRICS[answer.metric];
	const shown = <time datetime={answer.shown_at}>{reader.moment(Date.parse(answer.shown_at))}</time>;
	return (
		<article class="card answer">
			<p class={`answer-score ${moodOf(answer)}`}>
				<b>{answer.score}</b> <span>{words.answer.of(max)}</span>
			</p>
			<div class="answer-said">
				<p class="answer-head">
					<span class={`tag ${moodOf(answer)}`}>{groupName(answer)}</span>
					<span class="quiet">{answer.survey}</span>
					{linked ? <a href={pageOf(answer)}>{shown}</a> : shown}
				</p>
				<Comment answer={answer} cut={linked} />
				{answer.drivers.length > 0 ? (
					<ul class="marks" aria-label={words.answer.reasons}>
						{answer.drivers.map((id) => (
							<li class="tag">
								<bdi>{names.driver(id)}</bdi>
							</li>
						))}
					</ul>
				) : null}
				<p class="answer-foot">
					{segmentTags(answer).map((tag) => (
						<span>
							<bdi>{tag}</bdi>
						</span>
					))}
					<Who answer={answer} />
				</p>
			</div>
		</article>
	);
}

/** Characters and lines of a comment that stand in a list; of a longer one the beginning. */
const SHORT = { characters: 700, lines: 12 };

/** The words of an answer in their own direction: a block of its own, so that no mark in it turns what stands around. */
function Comment({ answer, cut }: { answer: ResponseView; cut: boolean }) {
	const { comment, erased } = answer;
	if (comment === null) return erased ? <p class="quiet">{words.answer.erased}</p> : null;
	const long = cut && (comment.length > SHORT.characters || comment.split("\n").length > SHORT.lines);
	return (
		<>
			<blockquote class={long ? "comment long" : "comment"}>
				<bdi>{comment}</bdi>
			</blockquote>
			{long ? (
				<p>
					<a href={pageOf(answer)}>{words.answer.whole}</a>
				</p>
			) : null}
		</>
	);
}

/** Who answered: a signed customer leads to the history, a claimed one nowhere. */
export function Who({ answer }: { answer: ResponseView }) {
	return (
		<>
			{answer.verified ? <span class="tag good">{words.answer.verified}</span> : null}
			{answer.customer === null ? null : (
				<a href={historyOf(answer.customer)}>
					<bdi>{answer.customer}</bdi>
				</a>
			)}
			{answer.claimed_customer === null ? null : (
				<span>
					<bdi>{answer.claimed_customer}</bdi> ({words.answer.claimed})
				</span>
			)}
		</>
	);
}
