import { useEffect, useRef, useState } from "preact/hooks";
import { choicesIn, textIn } from "./field-value.ts";
import type { Answer } from "./memory.ts";
import type { Outcome } from "./outbox.ts";
import type { Question, Questions } from "./questions.ts";
import { Scale } from "./scale.tsx";

interface SurveyProps {
	readonly question: Question;
	readonly language: Pick<Questions, "locale" | "direction">;
	/** Saves what has been said so far. */
	readonly onAnswer: (answer: Answer) => void;
	readonly onDismiss: () => void;
	/** How the newest sending ended. */
	readonly outcome: Outcome | null;
}

/** Milliseconds without a keystroke after which a comment is saved. */
const PAUSE_MS = 1_500;

const COMMENT_CHARS = 2_000;

/** The question; once a score is given, the reasons and a comment, each saved as it is given; then the thanks. */
export function Survey({ question, language, onAnswer, onDismiss, outcome }: SurveyProps) {
	const { words, drivers } = question;
	const [answer, setAnswer] = useState<Answer | null>(null);
	const [stage, setStage] = useState<"asking" | "done" | "gone">("asking");
	const [offered] = useState(() => shuffled(drivers));
	const text = { lang: language.locale, dir: language.direction };
	const latest = useRef<Answer | null>(null);
	const give = (change: Partial<Answer>) => {
		latest.current = { score: 0, drivers: [], comment: "", ...latest.current, ...change };
		setAnswer(latest.current);
	};
	const save = (change: Partial<Answer> = {}) => {
		give(change);
		if (latest.current) onAnswer({ ...latest.current, comment: latest.current.comment.trim() });
	};

	const comment = answer?.comment;
	useEffect(() => {
		const pause = comment && setTimeout(save, PAUSE_MS);
		return () => clearTimeout(pause || undefined);
	}, [comment]);

	if (stage === "gone") return null;
	if (answer && outcome === "refused") return <s-text {...text}>{words.refused}</s-text>;
	if (answer && outcome === "already_answered") return <s-text {...text}>{words.answered}</s-text>;
	if (stage === "done")
		return (
			<s-stack gap="small-200" accessibilityRole="status">
				<s-text {...text}>{words.thanks}</s-text>
				{outcome === "waiting" && <s-text {...text}>{words.waiting}</s-text>}
			</s-stack>
		);
	return (
		<s-stack gap="base">
			<Scale question={question} score={answer?.score ?? null} onPick={(score) => save({ score })} />
			{answer ? (
				<s-stack gap="base">
					<s-stack accessibilityRole="status">
						<s-text {...text}>{words.saved}</s-text>
					</s-stack>
					{offered.length > 0 && (
						<s-choice-list
							multiple
							name="reasons"
							label={words.reasons}
							values={[...answer.drivers]}
							onChange={(event) => save({ drivers: choicesIn(event) })}
						>
							{offered.map(({ id, label }) => (
								<s-choice key={id} value={id}>
									{label}
								</s-choice>
							))}
						</s-choice-list>
					)}
					<s-text-area
						name="comment"
						label={words.comment}
						rows={2}
						maxLength={COMMENT_CHARS}
						value={answer.comment}
						onInput={(event) => give({ comment: textIn(event) })}
						onBlur={(event) => save({ comment: textIn(event) })}
					/>
					<s-button
						onClick={() => {
							save();
							setStage("done");
						}}
					>
						{words.done}
					</s-button>
				</s-stack>
			) : (
				<s-button
					variant="secondary"
					onClick={() => {
						onDismiss();
						setStage("gone");
					}}
				>
					{words.dismiss}
				</s-button>
			)}
		</s-stack>
	);
}

/** In random order, each order equally likely: what stands first is chosen most. */
function shuffled<Item>(items: readonly Item[]): Item[] {
	const rest = [...items];
	return items.flatMap(() => rest.splice(Math.floor(Math.random() * rest.length), 1));
}
