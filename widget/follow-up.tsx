import { render } from "preact";
import { COMMENT_CHARS } from "../shared/limits.ts";
import { scoreSentence } from "../shared/score-sentence.ts";
import css from "./follow-up.css?inline";
import type { Offers } from "./offers.ts";
import type { Outcome } from "./outbox.ts";
import { whenPageChanges } from "./page-change.ts";
import { shuffle } from "./shuffle.ts";
import { styleSheet } from "./style-sheet.ts";
import type { Lent } from "./survey.ts";

/** What comes after the tap, as the survey leads it. */
export interface FollowUp {
	/** A score was given: asks on. */
	open(): void;
	/** Hears how the last sending ended. */
	hear(outcome: Outcome): void;
	/** Saves what is written, before the page goes. */
	save(): void;
}

/** What the shopper has said beside the score, and how its sending went. */
interface State {
	readonly opened: boolean;
	/** Ids of the chosen reasons. */
	readonly drivers: readonly string[];
	readonly comment: string;
	readonly done: boolean;
	/** What is said in place of the thanks. */
	readonly said?: string | undefined;
	/** How the last sending ended; null while there was none. */
	readonly outcome: Outcome | null;
}

/** Milliseconds without a keystroke after which a comment is saved. */
const PAUSE_MS = 1_500;

/**
 * The follow-up of a survey: the reasons, in the same words whatever the score, and room for a comment; then what there is to say
 * beside the thanks. All of it may be left out.
 */
export function followUp(lent: Lent): FollowUp {
	const { occasion, locale, corner, leaves, left, body, root, card, question, status, give, close } = lent;
	const { survey } = occasion;
	const ours = __AFTERWORD__.words[locale];
	if (!ours) throw new Error(locale);
	const words = { ...ours, ...ours.own?.[survey] };
	root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet(css)];
	if (leaves)
		whenPageChanges(
			() => !body.isConnected,
			() => body.remove(),
			left,
		);
	const after = document.createElement("div");
	card.append(after);
	const offered = shuffle(Object.entries(words.drivers[survey] ?? {}), Math.random);
	const sentence = words.shared[survey];
	let state: State = { opened: false, drivers: [], comment: "", done: false, outcome: null };
	let pause: ReturnType<typeof setTimeout>;
	let tell: ReturnType<Offers> | undefined;
	/** What was said first, to be said again where a verdict turns out not to stand. */
	let saved = "";

	const focusStatus = () => {
		status.tabIndex = -1;
		status.focus();
	};
	const update = (change: Partial<State>) => {
		state = { ...state, ...change };
		const { opened, outcome, done, said } = state;
		const verdict = verdictOf(outcome);
		saved ||= status.textContent ?? "";
		status.textContent = verdict ? words[verdict] : done ? (said ?? words.thanks) : saved;
		status.className = verdict ? "bad" : done ? "thanks" : "";
		if (!opened) return;
		const hadFocus = after.contains(root.activeElement);
		render([dismiss, !verdict && (done ? besideThanks() : questions())], after);
		if (hadFocus && !after.contains(root.activeElement)) focusStatus();
	};
	const save = () => {
		if (state.opened) give({ drivers: [...state.drivers], comment: state.comment.trim() });
	};
	const toggle = (id: string) => {
		const { drivers } = state;
		update({ drivers: drivers.includes(id) ? drivers.filter((other) => other !== id) : [...drivers, id] });
		save();
	};
	const write = (comment: string) => {
		update({ comment });
		clearTimeout(pause);
		pause = setTimeout(save, PAUSE_MS);
	};
	const finish = () => {
		question.remove();
		update({ done: true });
		tell = __AFTERWORD__.offers?.(lent, words.offers?.[survey] ?? [], (said) => update({ said }));
		save();
	};

	const dismiss = corner && <button type="button" class="dismiss" aria-label={words.done} onClick={close} />;

	const reasons = () => (
		<fieldset>
			<legend>{words.reasons}</legend>
			<div class="row chips">
				{offered.map(([id, label]) => {
					const chosen = state.drivers.includes(id);
					return (
						<label key={id} class={chosen ? "on" : ""}>
							<input type="checkbox" checked={chosen} onChange={() => toggle(id)} />
							{label}
						</label>
					);
				})}
			</div>
		</fieldset>
	);

	const questions = () => (
		<div class="more">
			{offered.length > 0 && reasons()}
			<label>
				{words.comment}
				<textarea
					rows={2}
					maxLength={COMMENT_CHARS}
					value={state.comment}
					onInput={({ currentTarget }) => write(currentTarget.value)}
					onBlur={save}
				/>
			</label>
			<button type="button" class="done" onClick={finish}>
				{words.done}
			</button>
		</div>
	);

	const besideThanks = () => {
		const { outcome } = state;
		if (outcome === "waiting") return <p>{words.waiting}</p>;
		const score = typeof outcome === "object" && outcome?.score;
		return sentence && score && <p>{scoreSentence(sentence, score, locale)}</p>;
	};

	const hear = (outcome: Outcome) => {
		update({ outcome });
		tell?.(outcome);
	};
	return { open: () => update({ opened: true }), hear, save };
}

/** What the collector found against the answer, by the name of the words for it; undefined where it found nothing. */
function verdictOf(outcome: Outcome | null): "refused" | "answered" | undefined {
	if (outcome === "refused") return "refused";
	return typeof outcome === "object" && outcome?.status === "already_answered" ? "answered" : undefined;
}
