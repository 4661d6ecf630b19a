import { choicesIn } from "./field-value.ts";
import type { Question } from "./questions.ts";

interface ScaleProps {
	readonly question: Question;
	/** The chosen one. */
	readonly score: number | null;
	readonly onPick: (score: number) => void;
}

const FACES = ["😞", "🙁", "😐", "🙂", "😀"];

/** The scale as one choice among several, named by the question: keys and screen readers come from Shopify's own component. */
export function Scale({ question: { question, scale, ends, display }, score, onPick }: ScaleProps) {
	const [least, most] = scale;
	const scores = Array.from({ length: most - least + 1 }, (_, i) => least + i);
	return (
		<s-stack gap="small-200">
			<s-choice-list
				name="score"
				label={question}
				variant="inline"
				values={score === null ? [] : [`${score}`]}
				onChange={(event) => {
					const [value] = choicesIn(event);
					if (value) onPick(Number(value));
				}}
			>
				{scores.map((score, i) => (
					<s-choice key={score} value={`${score}`} accessibilityLabel={nameOf(score, i, scores.length, ends)}>
						{display === "faces" ? FACES[i] : display === "stars" ? "★".repeat(i + 1) : `${score}`}
					</s-choice>
				))}
			</s-choice-list>
			<s-stack direction="inline" justifyContent="space-between">
				<s-text color="subdued">{ends[0]}</s-text>
				<s-text color="subdued">{ends.at(-1)}</s-text>
			</s-stack>
		</s-stack>
	);
}

/** What is read aloud: the score, and what it means where that is said. */
function nameOf(score: number, i: number, count: number, ends: readonly string[]): string {
	const meaning = ends.length === count ? ends[i] : i === 0 ? ends[0] : i === count - 1 ? ends.at(-1) : undefined;
	return meaning ? `${score}, ${meaning}` : `${score}`;
}
