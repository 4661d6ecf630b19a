import type { ComponentChild } from "preact";
import { COMMENT_CHARS } from "../shared/limits.ts";
import css from "./follow-up.css?inline";
import { useForJsx } from "./jsx-runtime.ts";
import { sharedScore } from "./shared-score.ts";
import { shuffle } from "./shuffle.ts";
import { styleSheet } from "./style-sheet.ts";
import type { Lent, SurveyState } from "./survey.tsx";

/** What comes after the tap, as the survey draws it. */
export interface FollowUp {
	/** Said when all is done. */
	readonly thanks: string;
	draw(state: SurveyState): ComponentChild;
}

/** Milliseconds without a keystroke after which a comment is saved. */
const PAUSE_MS = 1_500;

/**
 * What is pressed in the survey is no shortcut of the page, which cannot see that it was pressed in a field; but Tab and Escape may
 * be about a dialog that the survey stands in.
 */
function keepToSelf(event: Event): void {
	if (event instanceof KeyboardEvent && !/^(Tab|Escape)$/.test(event.key)) event.stopPropagation();
}

/**
 * The follow-up of a survey: the reasons, in the same words whatever the score, and room for a comment; then what there is to say
 * beside the thanks. All of it may be left out.
 */
export function followUp({ h, occasion, root, update, save }: Lent): FollowUp | undefined {
	const { survey, locale } = occasion;
	const words = __AFTERWORD__.words[locale];
	if (!words) return undefined;
	useForJsx(h);
	root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet(css)];
	const offered = shuffle(Object.entries(words.drivers[survey] ?? {}), Math.random);
	const sentence = words.shared[survey];
	for (const type of ["keydown", "keypress", "keyup"] as const) root.addEventListener(type, keepToSelf);
	let pause: ReturnType<typeof setTimeout>;

	const choose = (drivers: string[]) => {
		update({ drivers });
		save();
	};
	const write = (comment: string) => {
		update({ comment });
		clearTimeout(pause);
		pause = setTimeout(save, PAUSE_MS);
	};
	const finish = () => {
		const { activeElement } = root;
		update({ done: true });
		save();
		const thanks = root.querySelector("p");
		if (!activeElement || !thanks) return;
		thanks.tabIndex = -1;
		thanks.focus();
	};

	const reasons = (drivers: string[]) => (
		<fieldset>
			<legend>{words.reasons}</legend>
			<div class="row chips">
				{offered.map(([id, label]) => {
					const chosen = drivers.includes(id);
					const toggled = chosen ? drivers.filter((other) => other !== id) : [...drivers, id];
					return (
						<label key={id} class={chosen ? "on" : ""}>
							<input type="checkbox" checked={chosen} onChange={() => choose(toggled)} />
							{label}
						</label>
					);
				})}
			</div>
		</fieldset>
	);

	const questions = ({ drivers, comment }: SurveyState) => (
		<div class="more">
			{offered.length > 0 && reasons(drivers)}
			<label>
				{words.comment}
				<textarea
					rows={2}
					maxLength={COMMENT_CHARS}
					value={comment}
					onInput={({ currentTarget }) => write(currentTarget.value)}
					onBlur={save}
				/>
			</label>
			<button type="button" class="done" onClick={finish}>
				{words.done}
			</button>
		</div>
	);

	const besideThanks = ({ delivery }: SurveyState) => {
		if (delivery === "waiting") return <p>{words.waiting}</p>;
		const score = typeof delivery === "object" && delivery?.score;
		return sentence && score && <p>{sharedScore(sentence, score, locale)}</p>;
	};

	return { thanks: words.thanks, draw: (state) => (state.done ? besideThanks(state) : questions(state)) };
}
